"""Reads one sheet under limits it sets itself: file on standard input, cells on output.

python -m sutarta.formats.sheets.worker SECONDS MEGABYTES
"""

from __future__ import annotations

import sys

from sutarta.formats.bounded import working

from .reading import read
from .sheet import MAX_FILE, MEGABYTE, Refused
from .wire import dump

MAX_CELLS = 40 * MEGABYTE
MAX_OUTPUT = MAX_CELLS + MEGABYTE


def main(arguments: list[str]) -> int:
    seconds, megabytes = arguments
    working.limit(int(seconds), int(megabytes), output=MAX_OUTPUT)
    return working.answer(_cells, largest=MAX_FILE)


def _cells(data: bytes) -> bytes:
    """A small file may hold one long cell a thousand times: whoever asked has to hold all of it."""
    cells = dump(read(data))
    if len(cells) > MAX_CELLS:
        raise Refused("too_many")
    return cells


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
