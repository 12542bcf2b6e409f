"""Reads one file under limits it sets itself: file on standard input, reading on output.

python -m sutarta.formats.docx.worker CHANGES LANGUAGE SECONDS MEGABYTES
"""

from __future__ import annotations

import sys
from typing import cast

from sutarta.formats.bounded import working

from .changes import Changes
from .reading import read
from .safe import MAX_FILE, MEGABYTE
from .wire import dump

MAX_OUTPUT = 400 * MEGABYTE


def main(arguments: list[str]) -> int:
    changes, language, seconds, megabytes = arguments
    working.limit(int(seconds), int(megabytes), output=MAX_OUTPUT)
    return working.answer(
        lambda data: dump(read(data, changes=cast(Changes, changes), language=language)),
        largest=MAX_FILE,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
