"""Cleans one file under limits it sets itself: file on standard input, cleaned on output.

    python -m sutarta.formats.uploads.worker [mark] SECONDS MEGABYTES

The answer is a line with the media type, and the file; of a mark, the picture alone.
"""

from __future__ import annotations

import sys

from sutarta.formats.bounded import working

from .cleaning import clean
from .refusals import MAX_FILE, MEGABYTE

MAX_OUTPUT = 100 * MEGABYTE


def main(arguments: list[str]) -> int:
    *wish, seconds, megabytes = arguments
    working.limit(int(seconds), int(megabytes), output=MAX_OUTPUT)
    return working.answer(_mark if wish else _cleaned, largest=MAX_FILE)


def _cleaned(data: bytes) -> bytes:
    media_type, cleaned = clean(data)
    return media_type.encode() + b"\n" + cleaned


def _mark(data: bytes) -> bytes:
    from .marks import square

    return square(data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
