"""The shape of a paper: pieces in reading order, with words that may be marked as changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Mark = Literal["", "gone", "new", "from", "to"]
Look = Literal["", "lead", "meta", "quote"]


@dataclass(frozen=True)
class Run:
    """Characters that look alike.

    marks   as in core.documents.Span
    link    http, https, mailto or tel address, or "#" and the anchor of a piece
    note    label of a footnote in Paper.notes; the text is then the label
    change  "gone": struck out, "new": put in, "from": moved away from here, "to": moved here,
            "": none of these
    """

    text: str
    marks: tuple[str, ...] = ()
    link: str = ""
    note: str = ""
    change: Mark = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Remark:
    """What is said beside a piece, such as why it changed: printed under it, a comment in Word."""

    paragraphs: tuple[Runs, ...]


@dataclass(frozen=True)
class Move:
    """One of the two places of a passage that moved.

    side  "from": where it stood, "to": where it stands now
    name  the same for both places, and for no others of the paper
    said  where the other place is, in words
    """

    side: Literal["from", "to"]
    name: str
    said: str


@dataclass(frozen=True)
class Heading:
    """level: from 1; shown: the short number the passage is cited by, printed in the margin;
    move, end: as of Words.
    """

    runs: Runs
    level: int = 1
    number: str = ""
    anchor: str = ""
    shown: str = ""
    remarks: tuple[Remark, ...] = ()
    move: Move | None = None
    end: Mark | None = None


@dataclass(frozen=True)
class Words:
    """A paragraph, or with `is_item` one of a list at `depth`.

    move  which of its two places this is, when it moved; None when it did not
    end   what became of the paragraph's end: "gone" where it now runs on into the next one, "new"
          where it was parted from it, "" where it stayed; None: what became of all its words
    """

    runs: Runs
    number: str = ""
    is_item: bool = False
    depth: int = 0
    look: Look = ""
    anchor: str = ""
    shown: str = ""
    remarks: tuple[Remark, ...] = ()
    move: Move | None = None
    end: Mark | None = None


@dataclass(frozen=True)
class Cell:
    """ends: what became of the end of each paragraph, as of Words; () where they stayed."""

    paragraphs: tuple[Runs, ...]
    colspan: int = 1
    rowspan: int = 1
    header: bool = False
    ends: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Row:
    """change: the whole row was taken out or put in."""

    cells: tuple[Cell, ...]
    anchor: str = ""
    change: Mark = ""


@dataclass(frozen=True)
class Table:
    """heads: how many rows at the beginning are repeated on every page."""

    rows: tuple[Row, ...]
    heads: int = 0
    caption: Runs = ()
    anchor: str = ""
    shown: str = ""
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class Figure:
    """image: SHA-256 of the picture in Paper.pictures, "" when there is none to show.

    change: the picture was taken out or put in
    """

    image: str
    alt: str
    caption: Runs = ()
    anchor: str = ""
    shown: str = ""
    change: Mark = ""


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page."""


Piece = Heading | Words | Table | Figure | Break


@dataclass(frozen=True)
class Emblem:
    """The line of a group financed by the European Union: emblem, sentence, project number."""

    sentence: str
    project: str
    alt: str


@dataclass(frozen=True)
class Paper:
    """One document to be handed over.

    author    the group; never a person
    running   what stands at the top of every page
    made_at   in the file's properties, so the same content gives the same bytes
    lead      what stands under the title, one line each
    legend    how changes are marked; Word shows that itself where they are tracked
    tracked   whether changes are the paper's own, to be taken or refused in Word, and not quoted
    notes     label -> words of a footnote
    pictures  SHA-256 -> bytes
    title_anchor   anchor of the title, when the text has it as a passage of its own
    bare      whether nothing stands above the first piece: the title is in the properties only
    contents  title of the table of contents, "" for none
    """

    title: str
    language: str
    author: str
    made_at: datetime
    pieces: tuple[Piece, ...]
    running: str = ""
    lead: tuple[str, ...] = ()
    title_anchor: str = ""
    bare: bool = False
    contents: str = ""
    legend: Runs = ()
    tracked: bool = False
    notes: Mapping[str, Runs] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    emblem: Emblem | None = None


def plain(text: str) -> Runs:
    """Words without any mark; () for none."""
    return (Run(text),) if text else ()


def text_of(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def anchors(pieces: Sequence[Piece]) -> Iterator[str]:
    """Every anchor a link may lead to, in order; rows of tables among them."""
    for piece in pieces:
        if isinstance(piece, Break):
            continue
        if piece.anchor:
            yield piece.anchor
        if isinstance(piece, Table):
            yield from (row.anchor for row in piece.rows if row.anchor)


class Levels:
    """Makes levels of headings go down one by one from 1, as a reader by ear expects.

    >>> levels = Levels()
    >>> [levels.of(level) for level in (2, 4, 3, 2)]
    [1, 2, 2, 1]
    """

    def __init__(self) -> None:
        self._above: list[int] = []

    def of(self, level: int) -> int:
        while self._above and self._above[-1] >= level:
            self._above.pop()
        self._above.append(level)
        return len(self._above)
