"""The address of the door between web and sequencer, and asking there."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "intake.sock"
PAUSE = 0.05  # seconds between two attempts
PIECE = 65536


@contextmanager
def addressed(folder: Path) -> Iterator[str]:
    """A short address of the folder: that of a socket may have 107 bytes, a path has more.

    Raises FileNotFoundError when there is no such folder.
    """
    descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{descriptor}"
    finally:
        os.close(descriptor)


def ask(folder: Path, question: bytes, patience: float) -> bytes:
    """The answer of whoever listens in the folder; asked again while they start anew.

    question, answer   end with a line end, without which they are not whole
    patience           seconds in all

    Raises FileNotFoundError when nobody ever listened there, TimeoutError when the patience ends.
    """
    until = time.monotonic() + patience
    while (left := until - time.monotonic()) > 0:
        try:
            if (answer := _once(folder, question, left)).endswith(b"\n"):
                return answer
        except FileNotFoundError:
            raise
        except OSError:  # refused, reset, timed out: they are starting, or have just died
            pass
        time.sleep(PAUSE)
    raise TimeoutError


def _once(folder: Path, question: bytes, patience: float) -> bytes:
    with addressed(folder) as there, socket.socket(socket.AF_UNIX) as line:
        line.settimeout(patience)
        line.connect(f"{there}/{NAME}")
        line.sendall(question)
        return b"".join(iter(lambda: line.recv(PIECE), b""))
