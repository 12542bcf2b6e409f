"""Rows and cells of a table."""

from __future__ import annotations

from collections.abc import Iterator

from sutarta.formats.building import MAX_SPAN

from .names import Element, count, get, q

TABLE, ROW, CELL = q("table:table"), q("table:table-row"), q("table:table-cell")
COVERED = q("table:covered-table-cell")
HEADS = q("table:table-header-rows")
GROUPS = frozenset({q("table:table-rows"), q("table:table-row-group"), HEADS})
# An empty row or cell may be said to repeat as often as a sheet is large.
MOST_REPEATED = 64


def rows(table: Element, *, header: bool = False) -> Iterator[tuple[Element, bool]]:
    """The table's own rows, and whether each repeats as a header."""
    for each in table:
        if each.tag == ROW:
            for _time in range(_repeated(each, "table:number-rows-repeated")):
                yield each, header
        elif each.tag in GROUPS:
            yield from rows(each, header=header or each.tag == HEADS)


def cells(row: Element) -> Iterator[Element]:
    """The cells that begin in a row."""
    for each in row.iterchildren(CELL):
        for _time in range(_repeated(each, "table:number-columns-repeated")):
            yield each


def covered(row: Element) -> Iterator[Element]:
    """The cells of a row that others cover."""
    return row.iterchildren(COVERED)


def is_hidden(row: Element) -> bool:
    return get(row, "table:visibility") in ("collapse", "filter")


def _repeated(element: Element, name: str) -> int:
    return min(max(count(element, name, 1), 1), MOST_REPEATED)


def span(cell: Element, name: str) -> int:
    """Columns or rows a cell covers."""
    return min(max(count(cell, f"table:number-{name}-spanned", 1), 1), MAX_SPAN)


def caption(table: Element) -> str:
    for name in ("table:title", "table:desc"):
        text = " ".join(str(table.findtext(q(name)) or "").split())
        if text:
            return text
    return ""


def is_inner(table: Element) -> bool:
    return get(table, "table:is-sub-table") == "true"
