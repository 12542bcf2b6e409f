"""Reads one letter under limits it sets itself: file on standard input, letter on output.

    python -m sutarta.formats.letters.worker NAME SECONDS MEGABYTES

Ends with 0 and the letter, with 3 and the code of a refusal, or is killed by its limits.
"""

from __future__ import annotations

import resource
import sys

from .letter import EXIT_REFUSED, MAX_FILE, MEGABYTE, Refused
from .reading import read
from .wire import dump

MAX_OUTPUT = 60 * MEGABYTE


def main(arguments: list[str]) -> int:
    name, seconds, megabytes = arguments
    _limit(int(seconds), int(megabytes))
    try:
        answer = dump(read(sys.stdin.buffer.read(MAX_FILE + 1), name))
    except Refused as refused:
        return _refuse(refused.code)
    except MemoryError:
        return _refuse("too_slow")
    sys.stdout.buffer.write(answer)
    sys.stdout.buffer.flush()
    return 0


def _refuse(code: str) -> int:
    sys.stdout.buffer.write(code.encode())
    sys.stdout.buffer.flush()
    return EXIT_REFUSED


def _limit(seconds: int, megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MAX_OUTPUT, MAX_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE,) * 2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
