"""The sheet on which those who come to a meeting sign in, set by a process that is bounded."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sutarta.formats.papers import Emblem
from sutarta.formats.papers.wire import spoken
from sutarta.formats.pdf.setting import typeset

TEMPLATE = Path(__file__).resolve().parent / "signing.typ"
MOST_ROWS = 200


@dataclass(frozen=True)
class SignInSheet:
    """A table to fill in by hand, as long as there are `rows`; its head stands on every page.

    heading    what this is; title: of the meeting
    author     the group; never a person
    made_at    in the file's properties, so that the same content gives the same bytes
    facts      (what, words) of the meeting: when, where
    privacy    what the list is for, until when it is kept, whom to ask
    marks      (letter, what it stands for) of each box to tick for whom one speaks
    marks_say  before the meaning of the letters
    number, name, organisation, contact, signature   heads of the columns
    consents   heads of the columns with one box to tick each
    page       of the page's number, with {page} and {pages}
    rows       1 to MOST_ROWS
    """

    heading: str
    title: str
    language: str
    author: str
    made_at: datetime
    facts: tuple[tuple[str, str], ...]
    privacy: str
    marks_say: str
    marks: tuple[tuple[str, str], ...]
    number: str
    name: str
    organisation: str
    contact: str
    consents: tuple[str, ...]
    signature: str
    page: str
    rows: int
    emblem: Emblem | None = None


def write_sign_in(sheet: SignInSheet, *, seconds: float = 60, megabytes: int = 2_000) -> bytes:
    """The sheet as PDF/UA-1 on A4 across, no letter below 12 points, no row below 11 millimetres.

    Raises ValueError for more rows than there may be, NotWritten.
    """
    if not 1 <= sheet.rows <= MOST_ROWS:
        raise ValueError(f"a sheet has 1 to {MOST_ROWS} rows")
    return typeset(TEMPLATE, _dump(sheet), {}, seconds=seconds, megabytes=megabytes)


def _dump(sheet: SignInSheet) -> dict[str, Any]:
    """Plain JSON values, without letters that cannot be drawn."""
    said = {key: spoken(value) for key, value in asdict(sheet).items()}
    said["made_at"] = [sheet.made_at.year, sheet.made_at.month, sheet.made_at.day]
    return said
