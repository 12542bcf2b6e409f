"""Has a poster set by a process that is bounded in time and memory."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sutarta.formats.papers import emblem
from sutarta.formats.papers.wire import spoken
from sutarta.formats.pdf.setting import typeset

from . import qr
from .poster import Poster

WORKER = "sutarta.formats.posters.worker"
PLAIN_ACCENT = "#0b5760"


def write_pdf(poster: Poster, *, seconds: float = 20, megabytes: int = 1_500) -> bytes:
    """The poster as PDF/UA-1 on one page of A4. Raises NotWritten."""
    return _made(poster, "poster.pdf", seconds, megabytes)


def write_picture(poster: Poster, *, seconds: float = 20, megabytes: int = 1_500) -> bytes:
    """Title, deadline and address as a PNG of 1200 by 630 pixels. Raises NotWritten."""
    return _made(poster, "picture.png", seconds, megabytes)


def _made(poster: Poster, name: str, seconds: float, megabytes: int) -> bytes:
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        (folder / "poster.json").write_text(json.dumps(_dump(poster)), encoding="utf-8")
        (folder / "code.svg").write_text(qr.svg(poster.link), encoding="utf-8")
        (folder / "emblem.svg").write_text(emblem.svg(), encoding="utf-8")
        typeset(WORKER, folder, name, seconds=seconds, megabytes=megabytes)
        return (folder / name).read_bytes()


def _dump(poster: Poster) -> dict[str, Any]:
    """Plain JSON values, without letters that cannot be drawn."""
    said = {key: spoken(value) for key, value in asdict(poster).items()}
    said["made_at"] = [poster.made_at.year, poster.made_at.month, poster.made_at.day]
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", poster.accent):
        said["accent"] = PLAIN_ACCENT
    return said
