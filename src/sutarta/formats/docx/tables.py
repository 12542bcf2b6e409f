"""Tables: merged cells as spans, and whatever a cell holds as its paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sutarta.core.documents.blocks import Block, Cell, Kind, Span

from .context import Context
from .drawings import Picture
from .findings import Place
from .foreign import FOREIGN, tell_foreign
from .ooxml import W_P, W_TBL, W_TC, W_TR, W_VAL, Element, child, number, switch, value
from .runs import read_inline

MAX_SPAN = 1000
TAB = str.maketrans("\t", " ")


@dataclass
class Flat:
    """The content of a cell or note with its structure pressed flat.

    pictures   with the paragraph each one is anchored in
    """

    paragraphs: list[tuple[Span, ...]] = field(default_factory=list)
    pictures: list[tuple[Picture, Element]] = field(default_factory=list)
    sources: list[Element] = field(default_factory=list)


@dataclass
class Table:
    """A table's blocks, with the paragraphs each came from, and the pictures to follow it."""

    blocks: list[tuple[Block, list[Element]]]
    pictures: list[tuple[Picture, Element]]


def flatten(container: Element, context: Context) -> Flat:
    """Paragraphs, nested tables and text boxes of a cell or note, one after another."""
    flat = Flat()
    _flatten(container, context, flat)
    return flat


def _flatten(container: Element, context: Context, flat: Flat) -> None:
    for element in container:
        if element.tag == W_P:
            _paragraph(element, context, flat)
        elif element.tag == W_TBL:
            _nested(element, context, flat)
        elif element.tag in (W_TR, W_TC):
            _flatten(element, context, flat)
        elif element.tag in FOREIGN:
            tell_foreign(element, context)


def _paragraph(paragraph: Element, context: Context, flat: Flat) -> None:
    """One paragraph; its automatic number becomes its first words."""
    flat.sources.append(paragraph)
    inline = read_inline(paragraph, context)
    shown, _depth = context.printed_number(paragraph, is_empty=inline.is_empty)
    spans = inline.spans
    if shown:
        spans = (Span(f"{shown} " if spans else shown), *spans)
    if spans:
        flat.paragraphs.append(tuple(replace(s, text=s.text.translate(TAB)) for s in spans))
    for drawn in inline.drawn:
        if isinstance(drawn, Picture):
            flat.pictures.append((drawn, paragraph))
        else:
            context.note("textbox.moved", paragraph)
            _flatten(drawn, context.for_text_boxes(), flat)


def _nested(table: Element, context: Context, flat: Flat) -> None:
    first = next(table.iter(W_P), None)
    if first is not None:
        rows = table.findall(W_TR)
        columns = max((len(row.findall(W_TC)) for row in rows), default=0)
        context.note("table.nested", first, rows=str(len(rows)), columns=str(columns))
    _flatten(table, context, flat)


@dataclass
class _Placed:
    """A cell on the grid: `column` from 0; `merge` is "", "restart" or "continue"."""

    column: int
    cell: Cell
    merge: str


def read_table(table: Element, context: Context) -> Table:
    """The TABLE block and its ROW blocks; merged cells are listed once."""
    read = Table([], [])
    rows = table.findall(W_TR)
    heads = _header_rows(rows)
    grid: list[list[_Placed]] = []
    sources: list[list[Element]] = []
    for place, row in enumerate(rows):
        cells, paragraphs = _read_row(row, place < heads, context, read)
        grid.append(cells)
        sources.append(paragraphs)
    _settle_merges(grid)
    _tell(table, heads, grid, context)
    read.blocks.append((_table_block(table, context), []))
    for place, (cells, paragraphs) in enumerate(zip(grid, sources, strict=True)):
        shown = tuple(each.cell for each in cells if each.merge != "continue")
        source = context.source(paragraphs[0]) if paragraphs else None
        block = Block(Kind.ROW, cells=shown, header=place < heads, source=source)
        read.blocks.append((block, paragraphs))
    return read


def _header_rows(rows: list[Element]) -> int:
    """How many rows from the top repeat as headers."""
    heads = 0
    for row in rows:
        if not switch(child(row, "trPr"), "tblHeader"):
            break
        heads += 1
    return heads


def _read_row(
    row: Element, header: bool, context: Context, table: Table
) -> tuple[list[_Placed], list[Element]]:
    cells: list[_Placed] = []
    paragraphs: list[Element] = []
    column = _span(value(child(row, "trPr"), "gridBefore"), 0)
    if column:
        cells.append(_Placed(0, Cell((), colspan=column, header=header), ""))
    for element in row.findall(W_TC):
        properties = child(element, "tcPr")
        width = _span(value(properties, "gridSpan"), 1)
        flat = flatten(element, context)
        paragraphs += flat.sources
        table.pictures += flat.pictures
        cell = Cell(tuple(flat.paragraphs), colspan=width, header=header)
        if _merge(properties, "hMerge") == "continue" and cells:
            _widen(cells[-1], cell)
        else:
            cells.append(_Placed(column, cell, _merge(properties, "vMerge")))
        column += width
    return cells, paragraphs


def _span(text: str, least: int) -> int:
    return min(max(number(text, least), least), MAX_SPAN)


def _merge(properties: Element | None, name: str) -> str:
    """ "restart", "continue", or "" for a cell that is not merged this way."""
    found = child(properties, name)
    return "" if found is None else str(found.get(W_VAL, "continue"))


def _widen(placed: _Placed, cell: Cell) -> None:
    placed.cell = replace(
        placed.cell,
        colspan=placed.cell.colspan + cell.colspan,
        paragraphs=placed.cell.paragraphs + cell.paragraphs,
    )


def _settle_merges(grid: list[list[_Placed]]) -> None:
    """Let each merged cell reach down over those that continue it.

    A continuation with nothing above it to continue is a cell of its own; words left in
    one that is covered go to the cell that covers it.
    """
    open_cells: dict[int, _Placed] = {}
    for row in grid:
        reached = {}
        for placed in row:
            above = open_cells.get(placed.column)
            same = above is not None and above.cell.colspan == placed.cell.colspan
            if placed.merge == "continue" and above is not None and same:
                above.cell = replace(
                    above.cell,
                    rowspan=above.cell.rowspan + 1,
                    paragraphs=above.cell.paragraphs + placed.cell.paragraphs,
                )
                reached[placed.column] = above
            elif placed.merge:
                placed.merge = "restart"
                reached[placed.column] = placed
        open_cells = reached


def _tell(table: Element, heads: int, grid: list[list[_Placed]], context: Context) -> None:
    first = next(table.iter(W_P), None)
    wide = max((len(row) for row in grid), default=0)
    if first is not None and not heads and len(grid) > 1 and wide > 1:
        place = table_place(context.place(first))
        context.notebook.add("table.no_header", place, rows=str(len(grid)))


def table_place(first: Place) -> Place:
    """Where the table itself is noted, apart from the row its first paragraph is in."""
    return replace(first, part=f"{first.part}#tables")


def _table_block(table: Element, context: Context) -> Block:
    properties = child(table, "tblPr")
    named = (value(properties, name).strip() for name in ("tblCaption", "tblDescription"))
    caption = next(filter(None, named), "")
    first = next(table.iter(W_P), None)
    return Block(
        Kind.TABLE,
        spans=(Span(caption),) if caption else (),
        source=None if first is None else context.source(first),
    )
