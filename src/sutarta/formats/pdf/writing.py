"""Has a paper set as PDF by a process that is bounded in time and memory."""

from __future__ import annotations

from pathlib import Path

from sutarta.formats.papers import Paper, wire

from .setting import typeset

TEMPLATE = Path(__file__).resolve().parent / "paper.typ"


def write(paper: Paper, *, seconds: float = 30, megabytes: int = 1_500) -> bytes:
    """The paper as PDF/UA-1: tagged, with title, language, bookmarks and its own fonts.

    seconds, megabytes   what setting it may cost, as in `typeset`

    A letter that none of our fonts has is printed as □. Raises NotWritten.
    """
    said = wire.dump(paper)
    return typeset(TEMPLATE, said, paper.pictures, seconds=seconds, megabytes=megabytes)
