"""The cells of a sheet that waits to be taken in, with what was corrected at the desk."""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import SurveySheet
from sutarta.apps.people.access import Refused
from sutarta.formats.sheets import Book, Row, Sheet, Table, begin_of, table
from sutarta.formats.sheets.wire import dump, load

FOLDER = "surveys"


@dataclass(frozen=True)
class Draft:
    """fixes: row number -> column, from 0 -> the cell as corrected; left_out: rows not wanted."""

    book: Book
    fixes: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()

    def to_bytes(self) -> bytes:
        """As it is kept."""
        rest = {"fixes": self.fixes, "left_out": sorted(self.left_out)}
        return json.dumps(rest, ensure_ascii=False).encode() + b"\n" + dump(self.book)

    @classmethod
    def of(cls, data: bytes) -> Draft:
        """What `to_bytes` wrote."""
        head, _newline, book = data.partition(b"\n")
        said = json.loads(head)
        fixes = {
            int(row): {int(column): cell for column, cell in cells.items()}
            for row, cells in said["fixes"].items()
        }
        return cls(load(book), fixes, frozenset(said["left_out"]))

    def with_fixes(self, fixes: Mapping[int, Mapping[int, str]]) -> Draft:
        """With these on top of the earlier ones."""
        merged = {row: {**self.fixes.get(row, {}), **cells} for row, cells in fixes.items()}
        return replace(self, fixes={**self.fixes, **merged})

    def without(self, place: int, rows: Container[int]) -> Draft:
        """Without the rows of these numbers in the sheet at that place, and their corrections."""
        sheets = list(self.book.sheets)
        left = tuple(row for row in sheets[place].rows if row.number not in rows)
        sheets[place] = replace(sheets[place], rows=left)
        fixes = {row: cells for row, cells in self.fixes.items() if row not in rows}
        return replace(self, book=replace(self.book, sheets=tuple(sheets)), fixes=fixes)

    def fixed(self, row: Row) -> tuple[str, ...]:
        """Its cells as corrected."""
        fixes = self.fixes.get(row.number, {})
        return tuple(fixes.get(column, cell) for column, cell in enumerate(row.cells))


class Lost(Refused):
    """The cells of a sheet are gone though it still waits for them, as after a broken disk."""

    def __init__(self) -> None:
        super().__init__(_("The file of this sheet is lost. Upload it again."))


def draft_of(sheet: SurveySheet) -> Draft:
    """Raises Lost when it is not kept any more."""
    try:
        with default_storage.open(sheet.path) as file:
            return Draft.of(file.read())
    except (FileNotFoundError, IsADirectoryError):
        raise Lost from None


def is_kept(sheet: SurveySheet) -> bool:
    """Whether its cells are there."""
    return bool(sheet.path) and default_storage.exists(sheet.path)


def first_shown(book: Book) -> int:
    """Place of the sheet that most probably holds the answers: the longest that is not hidden."""
    return max(
        range(len(book.sheets)),
        key=lambda place: (not book.sheets[place].is_hidden, len(book.sheets[place].rows), -place),
    )


def place_in(book: Book, asked: int) -> int:
    """The place asked for, or of the sheet that most probably holds the answers."""
    return asked if asked < len(book.sheets) else first_shown(book)


def table_of(book: Book, place: int, first: int, height: int) -> Table:
    """The chosen sheet under the chosen headings; those that fit when none were chosen."""
    sheet: Sheet = book.sheets[place_in(book, place)]
    begin = (first, height) if first else begin_of(sheet)
    return table(sheet, *begin)
