"""What the preview shows: the text as it would become, with what to look at in its places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sutarta.apps.strategies import corrections, remarks, rendering, sentences
from sutarta.apps.strategies.corrections import Correction
from sutarta.apps.strategies.models import Import
from sutarta.apps.strategies.rendering import Piece
from sutarta.core.documents import Block, Document, Kind
from sutarta.core.text import excerpt

CORRECTABLE = ("heading.guessed", "picture.no_alt", "table.no_header")


@dataclass(frozen=True)
class Note:
    """One finding.

    block   id of its block, "" when it concerns the whole file
    level   of the heading the paragraph would be
    """

    code: str
    kind: sentences.Kind
    block: str
    shown: str
    text: str
    level: int
    author: str
    at: datetime | None
    is_corrected: bool


@dataclass(frozen=True)
class Found:
    """All findings of one kind, and how many of them a person may still correct."""

    code: str
    kind: sentences.Kind
    notes: list[Note]

    @property
    def is_correctable(self) -> bool:
        return self.code in CORRECTABLE

    @property
    def left(self) -> int:
        return sum(not note.is_corrected for note in self.notes) if self.is_correctable else 0


@dataclass
class Place:
    """A piece of the text with its findings and, where one may correct it, a form."""

    piece: Piece
    block: Block
    position: int
    notes: list[Note] = field(default_factory=list)
    correction: Correction | None = None
    form: Any = None


@dataclass(frozen=True)
class Preview:
    """The file as a version would show it."""

    document: Document
    places: list[Place]
    found: list[Found]
    corrected: int

    @property
    def headings(self) -> list[Place]:
        return [place for place in self.places if place.block.kind is Kind.HEADING]


def preview(import_: Import, document: Document, picture_address: Callable[[str], str]) -> Preview:
    """The whole preview of `document`, the import as corrected so far."""
    names = corrections.places(import_.document)
    pieces = rendering.grouped(rendering.render(document, picture_address))
    home = _homes(pieces)
    notes = _notes(import_, document, names, pieces, home)
    noted: defaultdict[str, list[Note]] = defaultdict(list)
    for note in notes:
        noted[note.block].append(note)
    places = [_place(piece, document, names, import_.corrections, noted) for piece in pieces]
    return Preview(document, places, _found(notes), len(import_.corrections))


@dataclass(frozen=True)
class Told:
    """What colleagues left in the file, in short.

    left    how many wait for a decision; notes: how many were kept as notes of the staff
    """

    changes: remarks.People
    comments: remarks.People
    left: int
    notes: int


def told(import_: Import) -> Told:
    """Who changed and who commented how much, and what is left to decide."""
    found = remarks.of(import_)
    return Told(
        changes=remarks.people(one for one in found if not one.is_comment),
        comments=remarks.people(one for one in found if one.is_comment),
        left=sum(one.settled is None for one in found),
        notes=sum((one.settled or {}).get("as") == remarks.NOTE for one in found),
    )


def _homes(pieces: list[Piece]) -> dict[str, str]:
    """Block id -> id of the piece it stands in: rows stand in their table."""
    return {
        block["id"]: piece.block["id"]
        for piece in pieces
        for block in (piece.block, *piece.heads, *piece.rows)
    }


def _notes(
    import_: Import,
    document: Document,
    names: list[str],
    pieces: list[Piece],
    home: Mapping[str, str],
) -> list[Note]:
    shown = {piece.block["id"]: piece.block["shown"] for piece in pieces}
    notes = []
    for found in import_.findings:
        position, detail = found["block"], found["detail"]
        block = "" if position is None else home[f"p{position}"]
        own = "" if position is None else _words_at(document, position)
        notes.append(
            Note(
                code=found["code"],
                kind=sentences.FINDINGS[found["code"]],
                block=block,
                shown=shown.get(block, ""),
                text=excerpt(detail.get("text") or detail.get("what") or own, 120),
                level=min(int(detail.get("level", 2)), max(corrections.HEADING_LEVELS)),
                author=detail.get("author", ""),
                at=_instant(detail.get("date", "")),
                is_corrected=position is not None and names[position] in import_.corrections,
            )
        )
    return notes


def _words_at(document: Document, position: int) -> str:
    """The words of a block; of a table without a caption, those of its first row."""
    around = document.blocks[position : position + 2]
    if around[0].kind is Kind.TABLE and not around[0].text:
        around = around[1:]
    return around[0].text.replace("\t", " · ") if around else ""


def _instant(text: str) -> datetime | None:
    """The date Word wrote; other programs write there what they like."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _place(
    piece: Piece,
    document: Document,
    names: list[str],
    made: Mapping[str, Correction],
    noted: Mapping[str, list[Note]],
) -> Place:
    block_id = piece.block["id"]
    position = int(block_id.removeprefix("p"))
    return Place(
        piece,
        document.blocks[position],
        position,
        noted.get(block_id, []),
        made.get(names[position]),
    )


def _found(notes: list[Note]) -> list[Found]:
    """By kind, in the order of `sentences.FINDINGS`."""
    kinds = [
        Found(code, kind, [note for note in notes if note.code == code])
        for code, kind in sentences.FINDINGS.items()
    ]
    return [found for found in kinds if found.notes]
