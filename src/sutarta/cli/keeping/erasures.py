"""What was erased, noted beside the backups, so that a restore brings nothing of it back.

The file holds keys, kinds and instants: nobody's words, name or address. Of followers it holds
the keys of those there are, to see who is gone the next time, and of those who left.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

NAME = "erasures.json"
SCHEMA = "sutarta.erasures/1"


def note(folder: Path, at: datetime, *, is_restored: bool = False) -> int:
    """Write down every erasure there was, in place of what was noted before; returns how many.

    is_restored   just now: a follower the backup did not know yet has not left
    """
    from sutarta.apps.consultations.queries import erasing
    from sutarta.apps.publishing.queries import following

    rows, before, there = erasing.carried_out(), _kept(folder), following.keys()
    if not (rows or any(there.values()) or before):
        return 0
    left = set(before.get("left", ()))
    if not is_restored:
        left |= _gone(before.get("follows", {}), there)
    kept = {"schema": SCHEMA, "rows": rows, "follows": there, "left": sorted(left)}
    words = json.dumps(kept, cls=_Exact, indent=1)
    if before and json.loads(words) == before:
        return len(rows)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"{NAME}.new"
    fresh.write_text(words)
    fresh.replace(folder / NAME)
    return len(rows)


def noted(folder: Path) -> list[dict[str, Any]]:
    """What is noted beside the backups of a folder; nothing when there is no such file."""
    return [{**row, **_instants(row)} for row in _kept(folder).get("rows", ())]


def left(folder: Path) -> set[str]:
    """Keys of followers who left or did not answer, as noted beside the backups of a folder."""
    return set(_kept(folder).get("left", ()))


def _kept(folder: Path) -> dict[str, Any]:
    file = folder / NAME
    if not file.exists():
        return {}
    kept: dict[str, Any] = json.loads(file.read_text())
    if kept.get("schema") != SCHEMA:
        raise ValueError(f"{file} is of another kind: {kept.get('schema')!r}")
    return kept


def _gone(before: Mapping[str, list[str]], there: Mapping[str, list[str]]) -> set[str]:
    """Who was there and is no more; of a group that is not here at all nobody knows."""
    return {key for group in there for key in set(before.get(group, ())) - set(there[group])}


def _instants(row: dict[str, Any]) -> dict[str, datetime]:
    return {name: datetime.fromisoformat(row[name]) for name in ("asked_at", "decided_at")}


class _Exact(DjangoJSONEncoder):
    """Instants to the microsecond."""

    def default(self, value: object) -> object:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)
