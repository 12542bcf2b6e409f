"""Has a poster set by a process that is bounded in time and memory."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sutarta.formats.papers.wire import spoken
from sutarta.formats.pdf.setting import typeset

from . import qr
from .poster import Poster

HERE = Path(__file__).resolve().parent
PLAIN_ACCENT = "#0b5760"


def write_pdf(poster: Poster, *, seconds: float = 20, megabytes: int = 1_500) -> bytes:
    """The poster as PDF/UA-1 on one page of A4. Raises NotWritten."""
    return _made(poster, "poster.pdf", seconds, megabytes)


def write_picture(poster: Poster, *, seconds: float = 20, megabytes: int = 1_500) -> bytes:
    """Title, deadline and address as a PNG of 1200 by 630 pixels. Raises NotWritten."""
    return _made(poster, "picture.png", seconds, megabytes)


def _made(poster: Poster, name: str, seconds: float, megabytes: int) -> bytes:
    """`name` says what is wanted; its template is named alike."""
    template = (HERE / name).with_suffix(".typ")
    codes = {"code.svg": qr.svg(poster.link).encode()}
    return typeset(template, _dump(poster), codes, into=name, seconds=seconds, megabytes=megabytes)


def _dump(poster: Poster) -> dict[str, Any]:
    """Plain JSON values, without letters that cannot be drawn."""
    said = {key: spoken(value) for key, value in asdict(poster).items()}
    said["made_at"] = [poster.made_at.year, poster.made_at.month, poster.made_at.day]
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", poster.accent):
        said["accent"] = PLAIN_ACCENT
    return said
