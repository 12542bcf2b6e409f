"""Names and addresses in the header lines of a stranger's letter."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import getaddresses

LINE = 20_000  # characters of one line that are looked at
ROOM = 200_000  # of all lines together


def addressed(lines: Iterable[str]) -> list[tuple[str, str]]:
    """Name and address of everybody the lines name, in order; "" for what is not there.

    Never raises: a line nobody can take apart, such as one of a thousand brackets, names nobody.

    >>> addressed(["R M <r@post.example>, s@post.example", "(" * 5_000])
    [('R M', 'r@post.example'), ('', 's@post.example')]
    """
    found: list[tuple[str, str]] = []
    room = ROOM
    for line in lines:
        kept = line[: min(LINE, room)]
        room -= len(kept)
        if not kept:
            continue
        try:
            found += getaddresses([kept])
        except (ValueError, IndexError, TypeError, AttributeError, RecursionError):
            continue
    return found
