"""Tables out: CSV and XLSX of the same columns and rows, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter

BOM = "\ufeff"  # by it Excel knows the file for UTF-8
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet would reckon such a cell
LONGEST = 32_767  # characters of one XLSX cell
_SHEET = 31  # characters of a sheet's name
_NOT_IN_A_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_WIDEST = 60
_LONG_AGO = datetime(2000, 1, 1)  # noqa: DTZ001 - the format knows no zone


def safe(value: Any) -> Any:
    """The value as it may stand in a cell: text that would be a formula begins with an apostrophe.

    >>> safe("=1+1"), safe("Nr. 5"), safe(5), safe(" -1"), safe(None)
    ("'=1+1", 'Nr. 5', 5, "' -1", '')
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    dangerous = value.startswith(FORMULAS) or value.lstrip().startswith(FORMULAS)
    return f"'{value}" if dangerous else value


def meant(cell: str) -> str:
    """What a cell of a table that was handed out and comes back says: the inverse of `safe`.

    >>> meant("'+370 600 00000"), meant("'tis"), meant("'")
    ('+370 600 00000', "'tis", "'")
    """
    return cell[1:] if cell.startswith("'") and safe(cell[1:]) == cell else cell


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """CSV line by line: UTF-8 with a mark for Excel, comma, quotes where needed, CRLF.

    rows   as many values each as there are columns: text, numbers, dates, instants, None
           for an empty cell

    Dates and instants are written as ISO 8601. Raises ValueError at a row of another length.

    >>> b"".join(write_csv(["Nr.", "Kas"], [[1, "Ne, ačiū"]])).decode()
    '\\ufeffNr.,Kas\\r\\n1,"Ne, ačiū"\\r\\n'
    """
    yield BOM.encode() + _line(columns)
    for row in rows:
        _require_length(columns, row)
        yield _line([_in_words(safe(value)) for value in row])


def write_xlsx(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    title: str,
    notes: Sequence[tuple[str, str]] = (),
) -> bytes:
    """A workbook of one sheet called `title`: a bold first row that stays, dates as dates.

    rows   as in `write_csv`; an instant keeps its wall clock, for the format knows no zone.
           Text longer than a cell holds is cut.
    notes  what a second sheet tells of the table, such as how it may be used

    The same table is the same file, byte by byte.

    >>> write_xlsx(["Nr."], [[1]], "Pasiūlymai")[:2]
    b'PK'
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "constant_memory": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        forms = {
            date: book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
            str: book.add_format({"text_wrap": True, "valign": "top"}),
        }
        head = book.add_format({"bold": True, "bottom": 1})
        sheet.write_row(0, 0, columns, head)
        sheet.freeze_panes(1, 0)
        widths = [len(column) for column in columns]
        at = 0
        for at, row in enumerate(rows, start=1):
            _require_length(columns, row)
            for place, value in enumerate(row):
                _write(sheet, at, place, value, forms)
                widths[place] = max(widths[place], len(str(value if value is not None else "")))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, min(width, _WIDEST) + 2)
        sheet.autofilter(0, 0, at, max(len(columns) - 1, 0))
        if notes:
            _add_notes(book, notes, forms[str])
        book.set_properties({"created": _LONG_AGO})
    return out.getvalue()


def _write(sheet: Any, at: int, place: int, value: Any, forms: dict[type, Any]) -> None:
    value = safe(value)
    if isinstance(value, datetime):
        sheet.write_datetime(at, place, value, forms[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(at, place, value, forms[date])
    elif isinstance(value, bool):
        sheet.write_boolean(at, place, value)
    elif isinstance(value, int | float):
        sheet.write_number(at, place, value)
    elif value != "":
        sheet.write_string(at, place, str(value)[:LONGEST], forms[str])


def _add_notes(book: Any, notes: Sequence[tuple[str, str]], form: Any) -> None:
    sheet = book.add_worksheet("README")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90)
    for at, (name, words) in enumerate(notes):
        sheet.write_string(at, 0, name, form)
        sheet.write_string(at, 1, words, form)


def _line(values: Sequence[Any]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(values)
    return out.getvalue().encode()


def _in_words(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _require_length(columns: Sequence[str], row: Sequence[Any]) -> None:
    if len(row) != len(columns):
        raise ValueError(f"a row of {len(row)} values under {len(columns)} columns")


def _sheet_name(title: str) -> str:
    """A name a workbook takes.

    >>> _sheet_name("Pasiūlymai: 2026/11"), _sheet_name("")
    ('Pasiūlymai  2026 11', 'Sutarta')
    """
    return title.translate(_NOT_IN_A_NAME)[:_SHEET].strip() or "Sutarta"
