"""Cleans one file under limits it sets itself: file on standard input, cleaned on output.

    python -m sutarta.formats.uploads.worker SECONDS MEGABYTES

Ends with 0, a line with the media type and the file; with 3 and the code of a refusal; or is
killed by its limits.
"""

from __future__ import annotations

import resource
import sys

from .cleaning import clean
from .refusals import EXIT_REFUSED, MAX_FILE, MEGABYTE, Refused

MAX_OUTPUT = 100 * MEGABYTE


def main(arguments: list[str]) -> int:
    seconds, megabytes = map(int, arguments)
    _limit(seconds, megabytes)
    try:
        media_type, cleaned = clean(sys.stdin.buffer.read(MAX_FILE + 1))
    except Refused as refused:
        return _refuse(refused.code)
    except MemoryError:
        return _refuse("too_hungry")
    except RecursionError:
        return _refuse("broken")
    sys.stdout.buffer.write(media_type.encode() + b"\n" + cleaned)
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
