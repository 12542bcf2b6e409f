"""Has a paper form set by a process that is bounded in time and memory."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sutarta.formats.papers import emblem
from sutarta.formats.papers.wire import spoken
from sutarta.formats.pdf.setting import typeset
from sutarta.formats.posters import qr

from .form import PaperForm

WORKER = "sutarta.formats.paperforms.worker"


def write(form: PaperForm, *, seconds: float = 60, megabytes: int = 2_000) -> bytes:
    """The form as PDF/UA-1 on A4, two pages for each sheet, no letter below 14 points.

    Raises NotWritten.
    """
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        (folder / "form.json").write_text(json.dumps(_dump(form)), encoding="utf-8")
        (folder / "code.svg").write_text(qr.svg(form.link), encoding="utf-8")
        (folder / "emblem.svg").write_text(emblem.svg(), encoding="utf-8")
        for place, sheet in enumerate(form.sheets):
            (folder / f"sheet-{place}.svg").write_text(qr.svg(sheet.link), encoding="utf-8")
        typeset(WORKER, folder, seconds=seconds, megabytes=megabytes)
        return (folder / "form.pdf").read_bytes()


def _dump(form: PaperForm) -> dict[str, Any]:
    """Plain JSON values, without letters that cannot be drawn."""
    said = {key: spoken(value) for key, value in asdict(form).items()}
    said["made_at"] = [form.made_at.year, form.made_at.month, form.made_at.day]
    return said
