"""Tables of a page."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from sutarta.formats.building import MAX_SPAN
from sutarta.formats.docx.ooxml import number

Element = etree._Element

GROUPS = frozenset({"thead", "tbody", "tfoot"})
CELLS = frozenset({"td", "th"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Children of a table that hold nothing to read.
SILENT = frozenset({"col", "colgroup", "script", "style", "template"})


def give_rows(root: Element) -> None:
    """Put cells that stand in no row into one, as a browser does: neighbours into the same."""
    row: Element | None = None
    for cell in list(root.iter(*CELLS)):
        parent = cell.getparent()
        if parent is None or (parent.tag != "table" and parent.tag not in GROUPS):
            continue
        if row is None or cell.getprevious() is not row:
            row = etree.Element("tr")
            cell.addprevious(row)
        row.append(cell)


def rows(table: Element) -> Iterator[Element]:
    """The table's own rows: those of its head come first and those of its foot last."""
    heads = [each for each in table if each.tag == "thead"]
    feet = [each for each in table if each.tag == "tfoot"]
    between = [each for each in table if each.tag in ("tbody", "tr")]
    for each in (*heads, *between, *feet):
        yield from [each] if each.tag == "tr" else each.iterchildren("tr")


def cells(row: Element) -> list[Element]:
    return [each for each in row if each.tag in CELLS]


def strays(table: Element) -> Iterator[Element]:
    """What stands in a table outside its cells, though it should not."""
    for each in table:
        if each.tag in GROUPS or each.tag == "tr":
            yield from strays(each)
        elif each.tag not in CELLS and each.tag not in SILENT and each.tag != "caption":
            yield each


def stray_words(table: Element) -> str:
    """The words right between its rows and cells."""
    own = [table.text or ""]
    for each in table:
        if each.tag in GROUPS or each.tag == "tr":
            own.append(stray_words(each))
        own.append(each.tail or "")
    return " ".join("".join(own).split())


def is_layout(table: Element) -> bool:
    """Whether the table only arranges the page: told so, of one cell, or with headings inside."""
    if str(table.get("role", "")).lower() in ("presentation", "none"):
        return True
    own = [cell for row in rows(table) for cell in cells(row)]
    if len(own) <= 1:
        return True
    return any(True for _heading in table.iter(*HEADINGS))


def is_header(row: Element) -> bool:
    """Whether the row names the columns: it stands in the head, or all its cells are headers."""
    parent = row.getparent()
    if parent is not None and parent.tag == "thead":
        return True
    own = cells(row)
    return bool(own) and all(cell.tag == "th" for cell in own)


def span(cell: Element, name: str) -> int:
    """Columns or rows a cell covers; 0 rows are all that are left."""
    stated = number(str(cell.get(name, "1")).strip() or "1", 1)
    if stated == 0 and name == "rowspan":
        return MAX_SPAN * MAX_SPAN
    return min(max(stated, 1), MAX_SPAN)
