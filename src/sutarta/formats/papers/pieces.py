"""A document of blocks as pieces of a paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sutarta.core.documents import Block, Document, Kind, Span
from sutarta.core.documents import Cell as BlockCell

from .paper import Cell, Figure, Heading, Levels, Piece, Row, Run, Runs, Table, Words


def pieces_of(
    document: Document,
    numbers: Mapping[str, str] | None = None,
    no_alt: str = "",
    *,
    keep_levels: bool = False,
) -> tuple[Piece, ...]:
    """Every block but footnotes, in order; rows stand in their tables.

    numbers   block id -> short number printed in the margin; none are when left out
    no_alt    said of a picture that has neither a description nor a caption

    keep_levels   for a file to go on in; else levels of headings are made to go down one by one,
                  as a reader by ear expects
    """
    shown = numbers or {}
    levels = Levels()
    pieces: list[Piece] = []
    rows: list[Block] = []
    table: Block | None = None
    for block in (*document.blocks, None):
        if block is not None and block.kind is Kind.ROW:
            rows.append(block)
            continue
        if table is not None or rows:
            pieces.append(_table(table, rows, shown))
            table, rows = None, []
        if block is None or block.kind is Kind.FOOTNOTE:
            continue
        if block.kind is Kind.TABLE:
            table = block
        else:
            is_heading = block.kind is Kind.HEADING and not keep_levels
            level = levels.of(block.level) if is_heading else block.level
            pieces.append(_piece(block, shown.get(block.id, ""), level, no_alt))
    return tuple(pieces)


def notes_of(document: Document) -> dict[str, Runs]:
    """Label -> words of every footnote."""
    notes = (block for block in document.blocks if block.kind is Kind.FOOTNOTE)
    return {block.label: runs_of(block.spans) for block in notes}


def runs_of(spans: Iterable[Span]) -> Runs:
    return tuple(Run(span.text, span.marks, span.link, span.note) for span in spans)


def _piece(block: Block, shown: str, level: int, no_alt: str) -> Piece:
    runs = runs_of(block.spans)
    match block.kind:
        case Kind.HEADING:
            own = "" if block.number else shown  # a heading that prints its number has one already
            return Heading(runs, level, block.number, block.id, own)
        case Kind.FIGURE:
            alt = block.alt or block.text or no_alt
            return Figure(block.image, alt, runs, block.id, shown)
    is_item = block.kind is Kind.ITEM
    depth = block.level if is_item else 0
    return Words(runs, block.number, is_item, depth, anchor=block.id, shown=shown)


def _table(table: Block | None, rows: Sequence[Block], shown: Mapping[str, str]) -> Table:
    heads = next((at for at, row in enumerate(rows) if not row.header), len(rows))
    id = table.id if table else ""
    return Table(
        rows=tuple(Row(tuple(map(_cell, row.cells)), row.id) for row in rows),
        heads=heads,
        caption=runs_of(table.spans) if table else (),
        anchor=id,
        shown=shown.get(id, ""),
    )


def _cell(cell: BlockCell) -> Cell:
    paragraphs = tuple(map(runs_of, cell.paragraphs))
    return Cell(paragraphs, cell.colspan, cell.rowspan, cell.header)
