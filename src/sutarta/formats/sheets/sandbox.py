"""Reads a stranger's sheet in a process of its own, bounded in time and memory."""

from __future__ import annotations

from sutarta.formats.bounded.asking import ask

from .sheet import MAX_FILE, Book, Refused
from .wire import load

WORKER = "sutarta.formats.sheets.worker"


def read_safely(data: bytes, *, seconds: float = 20, megabytes: int = 768) -> Book:
    """As `read`, but whatever the file does, this returns or raises Refused in time.

    seconds    wall time and processor time allowed, > 0
    megabytes  address space allowed to the worker
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    return load(ask(WORKER, data=data, refused=Refused, seconds=seconds, megabytes=megabytes))
