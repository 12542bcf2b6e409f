"""Reads one file under limits it sets itself: file on standard input, reading on output.

python -m sutarta.formats.reading.worker KIND CHANGES LANGUAGE SECONDS MEGABYTES
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import cast

from sutarta.formats.bounded import working
from sutarta.formats.docx.changes import Changes
from sutarta.formats.docx.findings import Reading
from sutarta.formats.docx.safe import MAX_FILE, MEGABYTE
from sutarta.formats.docx.wire import dump

MAX_OUTPUT = 400 * MEGABYTE
READERS = {
    "docx": "sutarta.formats.docx",
    "odt": "sutarta.formats.odt",
    "html": "sutarta.formats.html",
    "markdown": "sutarta.formats.markdown",
}


def main(arguments: list[str]) -> int:
    kind, changes, language, seconds, megabytes = arguments
    reader = import_module(READERS[kind])  # before the limits: programs take memory too
    working.limit(int(seconds), int(megabytes), output=MAX_OUTPUT)

    def made(data: bytes) -> bytes:
        reading: Reading = reader.read(data, changes=cast(Changes, changes), language=language)
        return dump(reading)

    return working.answer(made, largest=MAX_FILE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
