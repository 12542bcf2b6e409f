"""What was erased, noted beside the backups, so that a restore brings nothing of it back.

The file holds keys, kinds and instants: nobody's words, name or address.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

NAME = "erasures.json"
SCHEMA = "sutarta.erasures/1"


def note(folder: Path, at: datetime) -> int:
    """Write down every erasure there was, in place of what was noted before; returns how many."""
    from sutarta.apps.consultations.queries import erasing

    rows = erasing.carried_out()
    if not rows and not (folder / NAME).exists():
        return 0
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f"{NAME}.new"
    fresh.write_text(json.dumps({"schema": SCHEMA, "rows": rows}, cls=_Exact, indent=1))
    fresh.replace(folder / NAME)
    return len(rows)


def noted(folder: Path) -> list[dict[str, Any]]:
    """What is noted beside the backups of a folder; nothing when there is no such file."""
    file = folder / NAME
    if not file.exists():
        return []
    kept = json.loads(file.read_text())
    if kept.get("schema") != SCHEMA:
        raise ValueError(f"{file} is of another kind: {kept.get('schema')!r}")
    return [{**row, **_instants(row)} for row in kept["rows"]]


def _instants(row: dict[str, Any]) -> dict[str, datetime]:
    return {name: datetime.fromisoformat(row[name]) for name in ("asked_at", "decided_at")}


class _Exact(DjangoJSONEncoder):
    """Instants to the microsecond."""

    def default(self, value: object) -> object:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)
