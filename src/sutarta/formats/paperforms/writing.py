"""Has a paper form set by a process that is bounded in time and memory."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from sutarta.formats.papers.wire import spoken
from sutarta.formats.pdf.setting import typeset
from sutarta.formats.posters import qr

from .form import PaperForm

TEMPLATE = Path(__file__).resolve().parent / "form.typ"


def write(form: PaperForm, *, seconds: float = 60, megabytes: int = 2_000) -> bytes:
    """The form as PDF/UA-1 on A4, two pages for each sheet, no letter below 14 points.

    Raises NotWritten.
    """
    links = {"code.svg": form.link}
    links |= {f"sheet-{place}.svg": sheet.link for place, sheet in enumerate(form.sheets)}
    codes = {name: qr.svg(link).encode() for name, link in links.items()}
    return typeset(TEMPLATE, _dump(form), codes, seconds=seconds, megabytes=megabytes)


def _dump(form: PaperForm) -> dict[str, Any]:
    """Plain JSON values, without letters that cannot be drawn."""
    said = {key: spoken(value) for key, value in asdict(form).items()}
    said["made_at"] = [form.made_at.year, form.made_at.month, form.made_at.day]
    return said
