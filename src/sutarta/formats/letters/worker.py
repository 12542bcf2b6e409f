"""Reads one letter under limits it sets itself: file on standard input, letter on output.

FACTS is JSON: {"keys": {name: record}, "hosts": [name]}, see `read`.

python -m sutarta.formats.letters.worker NAME FACTS SECONDS MEGABYTES
"""

from __future__ import annotations

import json
import sys

from sutarta.formats.bounded import working

from .letter import MAX_FILE, MEGABYTE
from .reading import read
from .wire import dump

MAX_OUTPUT = 60 * MEGABYTE


def main(arguments: list[str]) -> int:
    name, said, seconds, megabytes = arguments
    facts = json.loads(said)
    working.limit(int(seconds), int(megabytes), output=MAX_OUTPUT)
    return working.answer(
        lambda data: dump(read(data, name, facts["keys"], facts["hosts"])), largest=MAX_FILE
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
