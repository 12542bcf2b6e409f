"""Cleans a stranger's file in a process of its own, bounded in time and memory."""

from __future__ import annotations

from dataclasses import dataclass

from sutarta.formats.bounded.asking import ask

from .kinds import MEDIA_TYPES, family
from .refusals import MAX_FILE, MAX_MARK, Refused

WORKER = "sutarta.formats.uploads.worker"


@dataclass(frozen=True)
class Clean:
    """A file made anew: its media type as its content says, the ending that goes with it."""

    media_type: str
    suffix: str
    data: bytes


def clean_safely(data: bytes, *, seconds: float = 20, megabytes: int = 1024) -> Clean:
    """The file without metadata. Whatever it does, this returns or raises Refused in time.

    seconds    wall time and processor time allowed, > 0
    megabytes  address space allowed to the worker
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    family(data)  # what is plainly no file of ours costs no process
    answer = ask(WORKER, data=data, refused=Refused, seconds=seconds, megabytes=megabytes)
    media_type, _newline, cleaned = answer.partition(b"\n")
    named = media_type.decode("ascii")
    return Clean(named, MEDIA_TYPES[named], cleaned)


def mark_safely(data: bytes, *, seconds: float = 10, megabytes: int = 1024) -> bytes:
    """A picture as a small square PNG, made in a bounded process. Raises Refused."""
    if len(data) > MAX_MARK:
        raise Refused("too_large")
    family(data)
    return ask(WORKER, "mark", data=data, refused=Refused, seconds=seconds, megabytes=megabytes)
