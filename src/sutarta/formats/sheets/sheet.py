"""What a sheet is to us, its headings and rows, and why one is not read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sutarta.formats.bounded.refusing import Refusal

MEGABYTE = 2**20
MAX_FILE = 10 * MEGABYTE
MAX_UNPACKED = 200 * MEGABYTE  # of all parts of a workbook together
MAX_SHEETS = 30
MAX_ROWS = 20_000  # of all sheets that hold something
MAX_COLUMNS = 200
MAX_CELL = 32_767  # characters: as many as a spreadsheet's cell holds
MAX_HEADINGS = 3  # rows

# Signs of control but tab and line ends: nobody reads them, and no database keeps the first.
_UNREADABLE = dict.fromkeys({*range(32), 127} - {9, 10, 13})

REASONS = {
    "neither": "This is neither an .xlsx or .ods workbook nor a .csv file.",
    "old": "This is a workbook of the old kind (.xls or .xlsb). Save it as .xlsx.",
    "locked": "The workbook is locked with a password.",
    "too_large": "The file is too large: at most 10 MB.",
    "too_many": "The file has more than 20,000 rows, 200 columns or 30 sheets.",
    "too_long": "A cell holds more than 32,767 characters.",
    "encoding": "The characters of the file cannot be read. Save it as CSV UTF-8.",
    "quotes": "A quotation mark opens a cell and none closes it.",
    "empty": "There is nothing in the file.",
    "broken": "The file is damaged or cut short.",
    "too_slow": "Reading the file took too long or too much memory.",
}


def readable(cell: str) -> str:
    """The cell with plain line ends, without signs of control and space around it.

    >>> readable(" Taip\\x00\\r\\nNe ")
    'Taip\\nNe'
    """
    return cell.translate(_UNREADABLE).replace("\r\n", "\n").strip()


class Refused(Refusal):
    """A file that is not read; `code` is one of REASONS and stable, str() is its sentence."""

    reasons = REASONS


@dataclass(frozen=True)
class Row:
    """A row in which something stands.

    number     as the spreadsheet counts it, from 1
    cells      text; as many as the sheet is wide
    is_hidden  the file says that the row is not to be shown, by a filter or by hand
    """

    number: int
    cells: tuple[str, ...]
    is_hidden: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet.

    spans      (row number, first column, last column), columns from 0, of cells merged over several
    is_hidden  the workbook does not show it
    """

    name: str
    rows: tuple[Row, ...]
    spans: tuple[tuple[int, int, int], ...] = ()
    is_hidden: bool = False

    @property
    def width(self) -> int:
        return max((len(row.cells) for row in self.rows), default=0)


@dataclass(frozen=True)
class Book:
    """The sheets of a file, those without anything left out.

    encoding, separator   how a .csv file was read; "" for workbooks
    """

    sheets: tuple[Sheet, ...]
    encoding: str = ""
    separator: str = ""


@dataclass(frozen=True)
class Table:
    """What stands under the headings, and the headings: of each column one, never empty or twice.

    first   number of the first row of headings
    """

    first: int
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def begin_of(sheet: Sheet) -> tuple[int, int]:
    """Where the headings probably stand: number of their first row, and how many rows they are.

    The first row with as many cells filled as any of the next ones, half of the widest at least;
    where it has cells merged over columns, the next row belongs to it.

    >>> begin_of(Sheet("", (Row(1, ("Apklausa", "")), Row(3, ("Vardas", "Nuomonė")))))
    (3, 1)
    """
    rows = sheet.rows[:20]
    filled = [sum(map(bool, row.cells)) for row in rows]
    spanned = {number for number, _first, _last in sheet.spans}
    enough = max(filled, default=0) / 2
    for place, row in enumerate(rows):
        if row.number in spanned and _is_group(sheet, row) and place + 1 < len(rows):
            return row.number, 2
        if filled[place] > enough or filled[place] == max(filled):
            return row.number, 1
    return 1, 1


def _is_group(sheet: Sheet, row: Row) -> bool:
    """Whether its merged cells head several columns each, and are no title over the whole."""
    spans = [(first, last) for number, first, last in sheet.spans if number == row.number]
    return all(last - first + 1 < sheet.width for first, last in spans)


def table(sheet: Sheet, first: int, height: int = 1) -> Table:
    """The sheet with `height` rows of headings from row number `first` on.

    A heading merged over columns stands over each of them: "group: heading". Empty headings are
    called by the column's letters, and of two that are the same the second gets its letters too.

    Raises ValueError for no row of headings, or more than MAX_HEADINGS.

    >>> table(Sheet("", (Row(1, ("A", "", "A")), Row(2, ("1", "2", "3")))), 1).headings
    ('A', 'B', 'A (C)')
    """
    if first < 1 or not 1 <= height <= MAX_HEADINGS:
        raise ValueError(f"{height} rows of headings from row {first}")
    width = sheet.width
    heads = [row for row in sheet.rows if first <= row.number < first + height]
    parts = [_spread(row, sheet, width) for row in heads]
    found: list[str] = []
    for column in range(width):
        words = dict.fromkeys(part[column] for part in parts if part[column])
        heading = ": ".join(words) or letters(column)
        found.append(f"{heading} ({letters(column)})" if heading in found else heading)
    rest = tuple(row for row in sheet.rows if row.number >= first + height)
    return Table(first, tuple(found), rest)


def _spread(row: Row, sheet: Sheet, width: int) -> Sequence[str]:
    cells = [" ".join(cell.split()) for cell in row.cells]
    cells += [""] * (width - len(cells))
    for number, start, end in sheet.spans:
        if number == row.number:
            cells[start : end + 1] = [cells[start]] * (min(end, width - 1) - start + 1)
    return cells


def letters(column: int) -> str:
    """What a spreadsheet calls the column, counted from 0.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    found = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        found = chr(65 + rest) + found
        column -= 1
    return found
