"""Rows of many acts, stored at the end of their transaction with one statement for each table."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

AT_ONCE = 50  # rows of one statement: databases bound the values in it


@dataclass(frozen=True)
class Place:
    """Where rows go, in quoted names."""

    table: str
    columns: tuple[str, ...]

    @property
    def words(self) -> str:
        return f"{self.table} ({', '.join(self.columns)})"


@dataclass
class Gathered:
    """What waits.

    rows     table and columns -> their rows
    known    answers that hold until the end
    closing  what is left to do once, before the rows are stored
    """

    rows: dict[Place, list[Sequence[Any]]] = field(default_factory=dict)
    known: dict[Hashable, Any] = field(default_factory=dict)
    closing: list[Callable[[], object]] = field(default_factory=list)


_held: ContextVar[Gathered | None] = ContextVar("gathered", default=None)


@contextmanager
def rows() -> Iterator[None]:
    """Gather what is inserted meanwhile; within the transaction that makes it one.

    An error that one row causes shows at the end, for all of them.
    """
    gathered = Gathered()
    token = _held.set(gathered)
    try:
        yield
    finally:
        _held.reset(token)
    for act in gathered.closing:
        act()
    for place, values in gathered.rows.items():
        _store(place, values)


def are_gathered() -> bool:
    return _held.get() is not None


def insert(place: Place, values: Sequence[Any]) -> None:
    """Store a row now, or with the others."""
    gathered = _held.get()
    if gathered is None:
        _store(place, [values])
    else:
        gathered.rows.setdefault(place, []).append(values)


def at_end(act: Callable[[], object]) -> None:
    """Do it once everything is gathered; now, when nothing is."""
    gathered = _held.get()
    if gathered is None:
        act()
    else:
        gathered.closing.append(act)


def once(key: Hashable, ask: Callable[[], Any]) -> Any:
    """What `ask` says; while rows are gathered it is asked once, for what cannot change."""
    gathered = _held.get()
    if gathered is None:
        return ask()
    if key not in gathered.known:
        gathered.known[key] = ask()
    return gathered.known[key]


def _store(place: Place, rows: Sequence[Sequence[Any]]) -> None:
    if connection.vendor == "postgresql" and len(rows) > 1:
        _copy(place, rows)
        return
    marks = f"({', '.join(['%s'] * len(place.columns))})"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), AT_ONCE):
            some = rows[start : start + AT_ONCE]
            words = f"INSERT INTO {place.words} VALUES {', '.join([marks] * len(some))}"  # noqa: S608
            cursor.execute(words, [value for row in some for value in row])


def _copy(place: Place, rows: Sequence[Sequence[Any]]) -> None:
    """PostgreSQL's own way for many rows: nothing to quote, nothing to parse."""
    words = f"COPY {place.words} FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(words) as copy:
        for row in rows:
            copy.write_row(row)
