"""The worker's side: limits it sets itself, a file on standard input, an answer on output."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable

from .refusing import EXIT_REFUSED, Refusal

MEGABYTE = 2**20


def limit(seconds: int, megabytes: int, *, output: int) -> None:
    """Bound this process from now on.

    seconds    processor time
    megabytes  address space
    output     bytes of any file it writes
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * MEGABYTE,) * 2)


def answer(make: Callable[[bytes], bytes], *, largest: int) -> int:
    """Answer the file on standard input with what `make` makes of it; returns the exit code.

    largest  bytes a file may have; one more is read, so that `make` sees that there are more

    Ends with 0 and the answer, or with EXIT_REFUSED and the code of a refusal.
    """
    try:
        made = make(sys.stdin.buffer.read(largest + 1))
    except Refusal as refused:
        return _say(refused.code.encode(), EXIT_REFUSED)
    except MemoryError:
        return _say(b"too_hungry", EXIT_REFUSED)
    except RecursionError:
        return _say(b"broken", EXIT_REFUSED)
    return _say(made, 0)


def _say(words: bytes, code: int) -> int:
    sys.stdout.buffer.write(words)
    sys.stdout.buffer.flush()
    return code
