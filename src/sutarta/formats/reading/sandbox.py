"""Reads a stranger's file of any kind in a process of its own, bounded in time and memory."""

from __future__ import annotations

from sutarta.formats.bounded.asking import ask
from sutarta.formats.docx import Changes, Reading, Refused
from sutarta.formats.docx.safe import MAX_FILE
from sutarta.formats.docx.wire import load

from .kinds import kind_of

WORKER = "sutarta.formats.reading.worker"
WALL = 3  # times the processor time: a busy machine is no fault of the file


def read_safely(
    name: str,
    data: bytes,
    *,
    changes: Changes = "accept",
    language: str = "lt",
    seconds: float = 10,
    megabytes: int = 512,
) -> Reading:
    """Read a file of any kind we know; whatever it does, this returns or raises Refused in time.

    name       as the person named it; only its ending counts, and only where the content is mute
    seconds    processor time allowed, > 0; by the clock three times as much
    megabytes  address space allowed to the worker, about 100 of them its own
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    return read_kind(
        kind_of(name, data), data,
        changes=changes, language=language, seconds=seconds, megabytes=megabytes,
    )  # fmt: skip


def read_kind(
    kind: str,
    data: bytes,
    *,
    changes: Changes = "accept",
    language: str = "lt",
    seconds: float = 10,
    megabytes: int = 512,
) -> Reading:
    """The same for a file that is to be of that kind; one of another is refused by its reader.

    kind   as `kind_of` gives it
    """
    answer = ask(
        WORKER, kind, changes, language, data=data, refused=Refused,
        seconds=seconds, megabytes=megabytes, wall=seconds * WALL,
    )  # fmt: skip
    return load(answer)
