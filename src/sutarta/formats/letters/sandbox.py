"""Reads a stranger's letter in a process of its own, bounded in time and memory."""

from __future__ import annotations

import json
from collections.abc import Collection

from sutarta.formats.bounded.asking import ask

from .letter import MAX_FILE, Letter, Refused
from .signatures import Keys
from .wire import load

WALL = 6
WORKER = "sutarta.formats.letters.worker"


def read_safely(
    data: bytes,
    name: str,
    keys: Keys | None = None,
    hosts: Collection[str] = (),
    *,
    seconds: float = 5,
    megabytes: int = 512,
) -> Letter:
    """As `read`, but whatever the file does, this returns or raises Refused in time.

    seconds    processor time allowed, > 0; WALL times as much may pass on a busy machine
    megabytes  address space allowed to the worker
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    ending = ".msg" if name.lower().endswith(".msg") else ".eml"
    facts = json.dumps({"keys": dict(keys or {}), "hosts": sorted(hosts)})
    answer = ask(
        WORKER, ending, facts,
        data=data, refused=Refused, seconds=seconds, megabytes=megabytes, wall=seconds * WALL,
    )  # fmt: skip
    return load(answer)
