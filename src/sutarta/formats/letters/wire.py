"""A letter as bytes between the worker and the process that started it."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from .letter import Attached, Forwarded, Letter

_INSTANTS = ("sent_at", "received_at")
_TUPLES = ("findings", "references", "recipients", "signed", "signed_to")


def dump(letter: Letter) -> bytes:
    """One line of JSON, then the files one after another."""
    head = {
        **{name: getattr(letter, name) for name in letter.__dataclass_fields__},
        **{name: at.isoformat() for name in _INSTANTS if (at := getattr(letter, name))},
        "forwarded": asdict(letter.forwarded) if letter.forwarded else None,
        "attachments": [
            [file.name, file.media_type, file.is_inline, len(file.data)]
            for file in letter.attachments
        ],
    }
    return json.dumps(head).encode() + b"\n" + b"".join(file.data for file in letter.attachments)


def load(data: bytes) -> Letter:
    """The letter that `dump` wrote; raises ValueError for anything else."""
    line, _newline, rest = data.partition(b"\n")
    head = json.loads(line)
    files, start = [], 0
    for name, media_type, is_inline, length in head.pop("attachments"):
        files.append(Attached(name, media_type, rest[start : start + length], is_inline))
        start += length
    instants: dict[str, Any] = {
        name: datetime.fromisoformat(head[name]) for name in _INSTANTS if head[name]
    }
    several: dict[str, Any] = {name: tuple(head[name]) for name in _TUPLES}
    passed_on = Forwarded(**head["forwarded"]) if head["forwarded"] else None
    return replace(
        Letter(**head), attachments=tuple(files), forwarded=passed_on, **several, **instants
    )
