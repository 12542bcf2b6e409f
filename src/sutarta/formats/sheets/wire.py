"""A book as bytes: between the worker and the process that started it, and where it is kept."""

from __future__ import annotations

import json
from dataclasses import asdict

from .sheet import Book, Row, Sheet


def dump(book: Book) -> bytes:
    """JSON in UTF-8."""
    return json.dumps(asdict(book), ensure_ascii=False, separators=(",", ":")).encode()


def load(data: bytes) -> Book:
    """The book that `dump` wrote; raises ValueError for anything else.

    >>> load(dump(Book((Sheet("Ą", (Row(1, ("a", "b")),)),)))).sheets[0].rows[0].cells
    ('a', 'b')
    """
    try:
        found = json.loads(data)
        return Book(**{**found, "sheets": tuple(_sheet(**one) for one in found["sheets"])})
    except (KeyError, TypeError) as error:
        raise ValueError("not a book") from error


def _sheet(
    name: str, rows: list[dict[str, object]], spans: list[list[int]], is_hidden: bool
) -> Sheet:
    read = tuple(Row(one["number"], tuple(one["cells"]), one["is_hidden"]) for one in rows)  # type: ignore[arg-type]
    return Sheet(name, read, tuple((a, b, c) for a, b, c in spans), is_hidden)
