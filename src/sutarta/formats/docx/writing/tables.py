"""A table of a paper as w:tbl: grid, merged cells, rows of the head repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sutarta.formats.docx.ooxml import Element
from sutarta.formats.papers import Mark, Row, Run, Table
from sutarta.formats.papers.tables import Placed, place, widths

from . import styles
from .making import w

WIDE = 9_360  # twentieths of a point
Paragraph = Callable[[Sequence[Run], str, str, Mark], Element]
Change = Callable[[str], Element]


def table(piece: Table, paragraph: Paragraph, change: Change | None) -> Iterator[Element]:
    """The table, if it has rows.

    paragraph   makes one of runs, the anchor of its row, that of its table, and its end
    change      makes the mark of a row that came or went; None where changes are only quoted
    """
    grid = place(piece.rows, piece.heads)
    asked = widths(grid)
    columns = [max(int(width * WIDE / sum(asked)), 100) for width in asked]
    if not piece.rows:
        return
    made = w(
        "tbl",
        w("tblPr", w("tblStyle", val=styles.TABLE), w("tblW", w=WIDE, type="dxa"),
          w("tblLook", firstRow=int(piece.heads > 0), noVBand=1)),
        w("tblGrid", *[w("gridCol", w=width) for width in columns]),
    )  # fmt: skip
    covers = {
        (each.row + down, each.column): each
        for row in grid
        for each in row
        for down in range(each.rows)
    }
    for at, row in enumerate(piece.rows):
        made.append(_row(piece, at, columns, covers, paragraph))
        if row.change and change:
            made[-1][0].append(change(row.change))
    yield made


def _row(
    piece: Table,
    at: int,
    columns: list[int],
    covers: dict[tuple[int, int], Placed],
    paragraph: Paragraph,
) -> Element:
    row = piece.rows[at]
    found = (covers.get((at, column)) for column in range(len(columns)))
    ends = (each.column + each.cell.colspan for each in found if each)
    end = max(ends, default=len(columns))
    made = w("tr", _properties(columns, end, is_head=at < piece.heads))
    marks = (row.anchor, piece.anchor if at == 0 else "")
    column = 0
    while column < end:
        held = covers.get((at, column))
        span = min(held.cell.colspan if held else 1, len(columns) - column)
        width = sum(columns[column : column + span])
        made.append(_cell(piece, at, held, (span, width), marks, paragraph))
        marks = ("", "")
        column += span
    return made


def _properties(columns: list[int], end: int, *, is_head: bool) -> Element:
    """Of a row with cells up to the column `end`; a shorter one leaves the grid behind it empty."""
    made = w("trPr", w("cantSplit"), w("tblHeader") if is_head else None)
    if left := columns[end:]:
        made.append(w("gridAfter", val=len(left)))
        made.append(w("wAfter", w=sum(left), type="dxa"))
    return made


def _cell(
    piece: Table,
    at: int,
    held: Placed | None,
    size: tuple[int, int],
    marks: tuple[str, str],
    paragraph: Paragraph,
) -> Element:
    row, (span, width) = piece.rows[at], size
    properties = w(
        "tcPr",
        w("tcW", w=width, type="dxa"),
        w("gridSpan", val=span) if span > 1 else None,
        _merge(held, at),
        w("shd", val="clear", color="auto", fill="EEF2F5") if at < piece.heads else None,
    )
    is_here = held is not None and held.row == at
    paragraphs = (held.cell.paragraphs if held and is_here else ()) or ((),)
    is_head = at >= piece.heads and bool(held and held.cell.header)
    made = w("tc", properties)
    ends = held.cell.ends if held and is_here else ()
    for number, runs in enumerate(paragraphs):
        told = [_told(run, row, is_head) for run in runs]
        end = ends[number] if number < len(ends) else ""
        made.append(paragraph(told, *(marks if number == 0 else ("", "")), end))
    return made


def _merge(held: Placed | None, at: int) -> Element | None:
    if held is None or held.rows == 1:
        return None
    return w("vMerge", val="restart") if held.row == at else w("vMerge")


def _told(run: Run, row: Row, is_head: bool) -> Run:
    """The run with what its row says of it: come or gone with it, bold where it heads the row.

    The head of the table is bold by the style of tables, so that it is no mark on the words.
    """
    marks = tuple(sorted({*run.marks, "bold"})) if is_head else run.marks
    return replace(run, marks=marks, change=row.change or run.change)
