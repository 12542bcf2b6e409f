"""Rows of many acts, stored at the end of their transaction with one statement for each table."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

AT_ONCE = 50  # rows of one statement: databases bound the values in it


@dataclass
class Gathered:
    """What waits: statement without its values -> rows; and answers that hold until the end."""

    rows: dict[str, list[Sequence[Any]]] = field(default_factory=dict)
    known: dict[Hashable, Any] = field(default_factory=dict)


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
    for words, values in gathered.rows.items():
        for some in _some(values):
            _store(words, some)


def are_gathered() -> bool:
    return _held.get() is not None


def insert(words: str, values: Sequence[Any]) -> None:
    """Store a row now, or with the others.

    words   the statement up to its values
    """
    gathered = _held.get()
    if gathered is None:
        _store(words, [values])
    else:
        gathered.rows.setdefault(words, []).append(values)


def once(key: Hashable, ask: Callable[[], Any]) -> Any:
    """What `ask` says; while rows are gathered it is asked once, for what cannot change."""
    gathered = _held.get()
    if gathered is None:
        return ask()
    if key not in gathered.known:
        gathered.known[key] = ask()
    return gathered.known[key]


def _store(words: str, rows: Sequence[Sequence[Any]]) -> None:
    marks = f"({', '.join(['%s'] * len(rows[0]))})"
    with connection.cursor() as cursor:
        cursor.execute(words + ", ".join([marks] * len(rows)), [one for row in rows for one in row])


def _some(values: Sequence[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
