"""A reading as bytes between the worker and the process that started it."""

from __future__ import annotations

import json

from sutarta.core.documents import store
from sutarta.formats import reviewing

from .findings import Finding, Reading


def dump(reading: Reading) -> bytes:
    """One line of JSON, then the pictures one after another."""
    head = {
        "document": store.dump(reading.document),
        "findings": [[each.code, each.block, dict(each.detail)] for each in reading.findings],
        "remarks": reviewing.dump(reading.revisions, reading.comments),
        "keys": [[block, *keys] for block, keys in reading.keys.items()],
        "pictures": {digest: len(data) for digest, data in reading.pictures.items()},
    }
    return json.dumps(head).encode() + b"\n" + b"".join(reading.pictures.values())


def load(data: bytes) -> Reading:
    """The reading that `dump` wrote; raises ValueError for anything else."""
    line, _newline, rest = data.partition(b"\n")
    head = json.loads(line)
    pictures, start = {}, 0
    for digest, length in head["pictures"].items():
        pictures[digest] = rest[start : start + length]
        start += length
    findings = tuple(Finding(code, block, detail) for code, block, detail in head["findings"])
    remarks = reviewing.load(head["remarks"])
    keys = {block: tuple(said) for block, *said in head["keys"]}
    return Reading(store.load(head["document"]), findings, pictures, *remarks, keys=keys)
