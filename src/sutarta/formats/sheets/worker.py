"""Reads one sheet under limits it sets itself: file on standard input, cells on output.

python -m sutarta.formats.sheets.worker SECONDS MEGABYTES
"""

from __future__ import annotations

import sys

from sutarta.formats.bounded import working

from .reading import read
from .sheet import MAX_FILE, MEGABYTE
from .wire import dump

MAX_OUTPUT = 120 * MEGABYTE


def main(arguments: list[str]) -> int:
    seconds, megabytes = arguments
    working.limit(int(seconds), int(megabytes), output=MAX_OUTPUT)
    return working.answer(lambda data: dump(read(data)), largest=MAX_FILE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
