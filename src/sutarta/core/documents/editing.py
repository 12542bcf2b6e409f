"""Corrections of a document, block by block: each can be applied, kept and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sutarta.core.documents.blocks import Block, Document, Kind, Span
from sutarta.core.documents.lineage import identify

PROSE = (Kind.PARAGRAPH, Kind.ITEM)
_FORMED = {*PROSE, Kind.HEADING}  # one may become another, and several follow each other


class CannotEdit(ValueError):
    """The document does not allow it. `code` says why:

    "stale"   a block is not what the correction thinks it is
    "only"    the last block of a document, the last row of a table
    "edge"    nothing stands there to move past
    "header"  rows that name the columns stay above the others
    "tall"    a cell of the table covers several rows, so rows stay as they are
    "unlike"  only paragraphs and list items that follow each other become one
    "kind"    a row outside a table, or something else inside one
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Edit:
    """One block put in (`before` is None), taken out (`after` is None) or written anew.

    place   its position from 0, once the edits before it are done
    """

    place: int
    before: Block | None
    after: Block | None


def apply(document: Document, edits: Sequence[Edit]) -> Document:
    """Do the edits one after another. Raises CannotEdit "stale"."""
    blocks = list(document.blocks)
    for edit in edits:
        here = blocks[edit.place : edit.place + 1]
        if edit.before is None:
            if not 0 <= edit.place <= len(blocks):
                raise CannotEdit("stale")
            blocks.insert(edit.place, _block(edit.after))
        elif here != [edit.before]:
            raise CannotEdit("stale")
        else:
            blocks[edit.place : edit.place + 1] = [edit.after] if edit.after else []
    return replace(document, blocks=tuple(blocks))


def inverse(edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits that take these back.

    >>> inverse([Edit(0, None, Block(Kind.PARAGRAPH))])[0].after is None
    True
    """
    return tuple(Edit(edit.place, edit.after, edit.before) for edit in reversed(edits))


def shifted(edits: Sequence[Edit], later: Sequence[Edit]) -> tuple[Edit, ...]:
    """The same edits after `later` ones were done: blocks have other positions now."""
    return tuple(replace(edit, place=_shifted(edit.place, later)) for edit in edits)


def undone(document: Document, made: Sequence[Edit], later: Sequence[Edit]) -> tuple[Edit, ...]:
    """The edits that take `made` back in a document in which `later` ones were made since.

    Raises CannotEdit "stale" when a block is not as `made` left it, or a row's table is gone.
    """
    back: list[Edit] = []
    for edit in shifted(inverse(made), later):
        fitting = _fitted(document, edit)
        document = apply(document, [fitting])
        back.append(fitting)
    return tuple(back)


def place_of(document: Document, block_id: str) -> int | None:
    """Position of a block, None when it is not there."""
    ids = (block.id for block in document.blocks)
    return next((at for at, held in enumerate(ids) if held == block_id), None)


def rewrite(document: Document, place: int, blocks: Sequence[Block], seed: str) -> tuple[Edit, ...]:
    """Write the block anew; further `blocks` follow it and get fresh ids.

    A block that stays as it is gives no edit. Raises CannotEdit "kind" for a table, row, figure
    or footnote that would become something else or several.
    """
    here = document.blocks[place]
    kinds = {here.kind, *(block.kind for block in blocks)}
    if kinds - _FORMED and (len(blocks) > 1 or len(kinds) > 1):
        raise CannotEdit("kind")
    first = [Edit(place, here, blocks[0])] if blocks[0] != here else []
    rest = [Edit(place + step, None, block) for step, block in enumerate(blocks[1:], 1)]
    return _named(document, [*first, *rest], seed)


def insert(
    document: Document, place: int, blocks: Sequence[Block], seed: str, *, after: bool
) -> tuple[Edit, ...]:
    """Put new blocks before or after the one at `place`; after a table: after its rows."""
    here = document.blocks[place]
    if any((here.kind is Kind.ROW) != (block.kind is Kind.ROW) for block in blocks):
        raise CannotEdit("kind")
    if here.kind is Kind.ROW:
        _refuse_tall(document, place)
        if here.header and not after:
            raise CannotEdit("header")
    at = _end(document, place) if after else place
    put = [Edit(at + step, None, block) for step, block in enumerate(blocks)]
    return _named(document, put, seed)


def remove(document: Document, place: int) -> tuple[Edit, ...]:
    """Take a block out; a table goes with its rows, a footnote with what refers to it."""
    here, end = document.blocks[place], _end(document, place)
    if end - place == len(document.blocks):
        raise CannotEdit("only")
    if here.kind is Kind.ROW:
        _refuse_tall(document, place)
        if len(_rows(document, place)) == 1:
            raise CannotEdit("only")
    unreferred = _without(document, here.label) if here.kind is Kind.FOOTNOTE else []
    return (*unreferred, *_taken(document, place, end))


def move(document: Document, place: int, *, down: bool) -> tuple[Edit, ...]:
    """Let a block and its neighbour change places; a row stays in its table."""
    here, end = document.blocks[place], _end(document, place)
    if here.kind is Kind.ROW:
        _refuse_tall(document, place)
    other = end if down else place - 1
    if not 0 <= other < len(document.blocks):
        raise CannotEdit("edge")
    neighbour = document.blocks[other]
    if here.kind is Kind.ROW:
        if neighbour.kind is not Kind.ROW:
            raise CannotEdit("edge")
        if neighbour.header != here.header:
            raise CannotEdit("header")
        target = other
    else:
        target = _end(document, other) - (end - place) if down else _start(document, other)
    put = [
        Edit(target + step, None, block) for step, block in enumerate(document.blocks[place:end])
    ]
    return (*_taken(document, place, end), *put)


def merge(document: Document, place: int) -> tuple[Edit, ...]:
    """Join the paragraph or list item at `place` and the next one."""
    pair = document.blocks[place : place + 2]
    if len(pair) < 2 or any(block.kind not in PROSE for block in pair):
        raise CannotEdit("unlike")
    joined = replace(pair[0], spans=(*pair[0].spans, Span(" "), *pair[1].spans))
    return Edit(place, pair[0], joined), Edit(place + 1, pair[1], None)


def _block(block: Block | None) -> Block:
    if block is None:
        raise CannotEdit("stale")
    return block


def _named(document: Document, edits: Sequence[Edit], seed: str) -> tuple[Edit, ...]:
    """The edits with ids on what they put in. Their places must rise."""
    blocks = identify(apply(document, edits), seed).blocks
    return tuple(replace(edit, after=blocks[edit.place]) for edit in edits)


def _shifted(place: int, later: Sequence[Edit]) -> int:
    for edit in later:
        if edit.before is None and edit.place <= place:
            place += 1
        elif edit.after is None and edit.place < place:
            place -= 1
    return place


def _fitted(document: Document, edit: Edit) -> Edit:
    """The edit at the place where its block stands now, or may stand."""
    if edit.before is not None:
        found = place_of(document, edit.before.id)
        if found is None:
            raise CannotEdit("stale")
        return replace(edit, place=found)
    block, place = _block(edit.after), min(edit.place, len(document.blocks))
    if place_of(document, block.id) is not None:
        raise CannotEdit("stale")
    if block.kind is Kind.ROW:
        table = place_of(document, block.table)
        if table is None:
            raise CannotEdit("stale")
        return replace(edit, place=min(max(place, table + 1), _end(document, table)))
    while place < len(document.blocks) and document.blocks[place].kind is Kind.ROW:
        place += 1
    return replace(edit, place=place)


def _start(document: Document, place: int) -> int:
    """Position of the table that a row stands in; of anything else its own."""
    while document.blocks[place].kind is Kind.ROW and place > 0:
        place -= 1
    return place


def _end(document: Document, place: int) -> int:
    """Position after a block; after a table: after its rows."""
    end = place + 1
    if document.blocks[place].kind is Kind.TABLE:
        while end < len(document.blocks) and document.blocks[end].kind is Kind.ROW:
            end += 1
    return end


def _rows(document: Document, place: int) -> tuple[Block, ...]:
    start = _start(document, place)
    return document.blocks[start + 1 : _end(document, start)]


def _refuse_tall(document: Document, place: int) -> None:
    rows = _rows(document, place)
    if any(cell.rowspan > 1 for row in rows for cell in row.cells):
        raise CannotEdit("tall")


def _taken(document: Document, place: int, end: int) -> list[Edit]:
    """From the last to the first, so that the way back puts the first in first."""
    return [Edit(at, document.blocks[at], None) for at in reversed(range(place, end))]


def _without(document: Document, label: str) -> list[Edit]:
    """Edits that take out every reference to a footnote."""
    changed = ((at, block, _unreferred(block, label)) for at, block in enumerate(document.blocks))
    return [Edit(at, old, new) for at, old, new in changed if old != new]


def _unreferred(block: Block, label: str) -> Block:
    def kept(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(span for span in spans if not span.note or span.note != label)

    cells = tuple(
        replace(cell, paragraphs=tuple(map(kept, cell.paragraphs))) for cell in block.cells
    )
    return replace(block, spans=kept(block.spans), cells=cells)
