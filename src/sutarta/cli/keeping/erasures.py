"""What was erased, noted beside the backups, so that a restore brings nothing of it back.

The file holds keys, kinds and instants: nobody's words, name or address. Of followers, and of
people on the lists of who came to meetings, it holds the keys of those there are, to see who is
gone the next time, and of those who left.

Who can write in that folder must not be able to have anything erased: "mac" is the HMAC-SHA256 of
the rest under a key made from the key of the backups.
"""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.serializers.json import DjangoJSONEncoder

from sutarta.cli.keeping import pieces
from sutarta.cli.stop import Stop

log = logging.getLogger(__name__)

NAME = "erasures.json"
SCHEMA = "sutarta.erasures/1"


def note(folder: Path, key: bytes, at: datetime, *, is_restored: bool = False) -> int:
    """Write down every erasure there was, in place of what was noted before; returns how many.

    key           of the backups
    is_restored   just now: a follower the backup did not know yet has not left
    """
    from sutarta.apps.consultations.queries import erasing

    rows, before, there = erasing.carried_out(), _former(folder, key), _who_is_there()
    if not (rows or any(there.values()) or before):
        return 0
    left = set(before.get("left", ()))
    if not is_restored:
        left |= _gone(before.get("follows", {}), there)
    kept = {"schema": SCHEMA, "rows": rows, "follows": there, "left": sorted(left)}
    said = json.loads(_words(kept))
    if before and said == before:
        return len(rows)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    signed = _words({**said, "mac": _mac(said, key)})
    pieces.write_safely(folder / NAME, signed.encode())
    return len(rows)


def noted(folder: Path, keys: Iterable[bytes]) -> list[dict[str, Any]]:
    """What is noted beside the backups of a folder; nothing when there is no such file.

    keys   of backups, with one of which it was noted

    Raises Stop when somebody else wrote it.
    """
    return [{**row, **_instants(row)} for row in _kept(folder, keys).get("rows", ())]


def left(folder: Path, keys: Iterable[bytes]) -> set[str]:
    """Keys of followers who left or did not answer, noted as above. Raises Stop as above."""
    return set(_kept(folder, keys).get("left", ()))


def _former(folder: Path, key: bytes) -> dict[str, Any]:
    """What was noted before; what somebody else wrote is noted anew."""
    try:
        return _kept(folder, [key])
    except Stop as stop:
        log.warning("%s", stop)
        return {}


def _kept(folder: Path, keys: Iterable[bytes]) -> dict[str, Any]:
    file = folder / NAME
    if not file.exists():
        return {}
    kept: dict[str, Any] = json.loads(file.read_text())
    if kept.get("schema") != SCHEMA:
        raise ValueError(f"{file} is of another kind: {kept.get('schema')!r}")
    mac = str(kept.pop("mac", "")).encode()
    if not any(hmac.compare_digest(mac, _mac(kept, key).encode()) for key in keys):
        raise Stop(
            f"{file} was not written with this key: somebody may want words erased that way. "
            "Look at it, and take it away to go on without it.",
            code=1,
        )
    return kept


def _words(kept: Mapping[str, Any]) -> str:
    return json.dumps(kept, cls=_Exact, indent=1)


def _mac(kept: Mapping[str, Any], key: bytes) -> str:
    own = HKDF(SHA256(), 32, None, b"sutarta erasures 1").derive(key)
    return hmac.new(own, json.dumps(kept, sort_keys=True).encode(), "sha256").hexdigest()


def _who_is_there() -> dict[str, list[str]]:
    """Group -> keys of its followers, and of people on its lists of who came to meetings."""
    from sutarta.apps.consultations.queries import meetings
    from sutarta.apps.publishing.queries import following

    listed = meetings.keys_of_lists()
    return {group: [*keys, *listed.get(group, ())] for group, keys in following.keys().items()}


def _gone(before: Mapping[str, list[str]], there: Mapping[str, list[str]]) -> set[str]:
    """Who was there and is no more; of a group that is not here at all nobody knows."""
    return {key for group in there for key in set(before.get(group, ())) - set(there[group])}


def _instants(row: dict[str, Any]) -> dict[str, datetime]:
    return {name: datetime.fromisoformat(row[name]) for name in ("asked_at", "decided_at")}


class _Exact(DjangoJSONEncoder):
    """Instants to the microsecond."""

    def default(self, value: object) -> object:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)
