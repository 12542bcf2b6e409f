"""Reads one file under limits it sets itself: file on standard input, reading on output.

    python -m sutarta.formats.docx.worker CHANGES LANGUAGE SECONDS MEGABYTES

Ends with 0 and the reading, with 3 and the code of a refusal, or is killed by its limits.
"""

from __future__ import annotations

import resource
import sys
from typing import cast

from .changes import Changes
from .reading import read
from .safe import EXIT_REFUSED, MAX_FILE, MEGABYTE, Refused
from .wire import dump

MAX_OUTPUT = 400 * MEGABYTE


def main(arguments: list[str]) -> int:
    changes, language, seconds, megabytes = arguments
    _limit(int(seconds), int(megabytes))
    try:
        data = sys.stdin.buffer.read(MAX_FILE + 1)
        answer = dump(read(data, changes=cast(Changes, changes), language=language))
    except Refused as refused:
        return _refuse(refused.code)
    except MemoryError:
        return _refuse("too_hungry")
    except RecursionError:
        return _refuse("broken")
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
