"""The cells of a sheet that waits to be taken in, with what was corrected at the desk."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.core.files.storage import default_storage

from sutarta.apps.consultations.models import SurveySheet
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

    def fixed(self, row: Row) -> tuple[str, ...]:
        """Its cells as corrected."""
        fixes = self.fixes.get(row.number, {})
        return tuple(fixes.get(column, cell) for column, cell in enumerate(row.cells))


def draft_of(sheet: SurveySheet) -> Draft:
    """Raises FileNotFoundError when it is not kept any more."""
    with default_storage.open(sheet.path) as file:
        return Draft.of(file.read())


def first_shown(book: Book) -> int:
    """Place of the sheet that most probably holds the answers: the longest that is not hidden."""
    return max(
        range(len(book.sheets)),
        key=lambda place: (not book.sheets[place].is_hidden, len(book.sheets[place].rows), -place),
    )


def table_of(book: Book, place: int, first: int, height: int) -> Table:
    """The chosen sheet under the chosen headings; those that fit when none were chosen."""
    sheet: Sheet = book.sheets[place if place < len(book.sheets) else first_shown(book)]
    begin = (first, height) if first else begin_of(sheet)
    return table(sheet, *begin)
