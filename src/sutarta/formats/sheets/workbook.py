"""Workbooks: what their cells show, which rows are hidden, which cells are merged."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    XmlError,
    ZipError,
)

from .layout import Layout, ods_layouts, xlsx_layout
from .sheet import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    Book,
    Refused,
    Row,
    Sheet,
    readable,
)

XLSX, ODS = "xlsx", "ods"


def read_workbook(data: bytes, package: ZipFile, kind: str) -> Book:
    """The sheets with something in them. `package` is `data` opened. Raises Refused."""
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
            return Book(tuple(_sheets(book, package, kind)))
    except PasswordError as error:
        raise Refused("locked") from error
    except (CalamineError, XmlError, ZipError, KeyError, OSError) as error:
        raise Refused("broken") from error


def _sheets(book: CalamineWorkbook, package: ZipFile, kind: str) -> list[Sheet]:
    facts = book.sheets_metadata
    if len(facts) > MAX_SHEETS:
        raise Refused("too_many")
    of_ods = ods_layouts(package) if kind == ODS else []
    found, rows_left = [], MAX_ROWS
    for place, fact in enumerate(facts):
        if fact.typ is not SheetTypeEnum.WorkSheet:
            continue  # a chart has no cells
        layout = of_ods[place] if kind == ODS else xlsx_layout(package, place)
        rows = _rows(book.get_sheet_by_index(place), layout, rows_left)
        rows_left -= len(rows)
        if rows:
            is_hidden = fact.visible is not SheetVisibleEnum.Visible
            found.append(Sheet(fact.name, rows, layout.spans, is_hidden))
    return found


def _rows(sheet: CalamineSheet, layout: Layout, most: int) -> tuple[Row, ...]:
    """Those with something in them, cut to the widest."""
    found: list[tuple[int, list[str]]] = []
    width = 0
    indent = [""] * (sheet.start[1] if sheet.start else 0)  # rows begin where something stands
    for number, values in enumerate(sheet.iter_rows(), start=1):
        cells = [*indent, *map(text, values)]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        if len(found) >= most or len(cells) > MAX_COLUMNS:
            raise Refused("too_many")
        if max(map(len, cells)) > MAX_CELL:
            raise Refused("too_long")
        found.append((number, cells))
        width = max(width, len(cells))
    return tuple(
        Row(number, (*cells, *[""] * (width - len(cells))), number in layout.hidden)
        for number, cells in found
    )


def text(value: Any) -> str:
    """The cell as one reads it.

    >>> text(5.0), text(0.1), text(True), text(date(2026, 1, 2)), text(datetime(2026, 1, 2, 9, 5))
    ('5', '0.1', 'TRUE', '2026-01-02', '2026-01-02 09:05:00')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.replace(microsecond=0).isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return readable(str(value).replace("_x000D_", ""))
