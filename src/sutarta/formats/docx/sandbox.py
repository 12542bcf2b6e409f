"""Reads a stranger's file in a process of its own, bounded in time and memory."""

from __future__ import annotations

from sutarta.formats.bounded.asking import ask

from .changes import Changes
from .findings import Reading
from .safe import MAX_FILE, Refused
from .wire import load

WORKER = "sutarta.formats.docx.worker"


def read_safely(
    data: bytes,
    *,
    changes: Changes = "accept",
    language: str = "lt",
    seconds: float = 10,
    megabytes: int = 512,
) -> Reading:
    """As `read`, but whatever the file does, this returns or raises Refused in time.

    seconds    wall time and processor time allowed, > 0
    megabytes  address space allowed to the worker, about 100 of them its own
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    answer = ask(
        WORKER, changes, language, data=data, refused=Refused,
        seconds=seconds, megabytes=megabytes,
    )  # fmt: skip
    return load(answer)
