"""Sheets in: workbooks and comma-separated files of others, such as the exports of surveys.

read(data)          the sheets of a file, or Refused; for files one trusts
read_safely(data)   the same in a process bounded in time and memory
guess(headings)     which column probably holds what
to_instant(words)   date and hour as survey programs write them

Cells are text as a person reads them: whole numbers without a point, dates as ISO 8601, lines kept,
of a formula what it came to.
"""

from .guessing import ROLES, guess
from .instants import is_ambiguous, to_instant
from .reading import read
from .sandbox import read_safely
from .sheet import (
    MAX_CELL,
    MAX_COLUMNS,
    MAX_FILE,
    MAX_ROWS,
    REASONS,
    Book,
    Refused,
    Row,
    Sheet,
    Table,
    begin_of,
    readable,
    table,
)

__all__ = [
    "MAX_CELL",
    "MAX_COLUMNS",
    "MAX_FILE",
    "MAX_ROWS",
    "REASONS",
    "ROLES",
    "Book",
    "Refused",
    "Row",
    "Sheet",
    "Table",
    "begin_of",
    "guess",
    "is_ambiguous",
    "read",
    "read_safely",
    "readable",
    "table",
    "to_instant",
]
