"""Promises and proofs of single acts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC

from sutarta.apps.ledger.models import Checkpoint, Entry, Log, Tile
from sutarta.apps.ledger.queries import logs
from sutarta.core import translog


@dataclass(frozen=True)
class Proof:
    """That an act stands in the log.

    path         hashes from its leaf to the checkpoint's root
    checkpoint   the signed note it leads to, cosignatures included
    """

    entry: Entry
    path: Sequence[bytes]
    checkpoint: str


def promise(entry: Entry) -> str | None:
    """The log's signed word that the act will be in it; None where the log has not begun.

    The same act gives the same promise as long as the key is the same (Ed25519 draws nothing).
    """
    log = entry.log or logs.in_force(entry.group)
    if log is None:
        return None
    at = entry.recorded_at.astimezone(UTC).isoformat(timespec="microseconds")
    text = translog.Promise(log.origin, bytes.fromhex(entry.digest), at).text
    return str(translog.Note(text).signed(logs.signer(log).sign(text)))


def proof(entry: Entry, checkpoint: Checkpoint | None = None) -> Proof | None:
    """Proof by that checkpoint, or by the log's newest; None while the act waits."""
    if entry.log is None:
        return None
    checkpoint = checkpoint or logs.newest_checkpoint(entry.log)
    if checkpoint is None or checkpoint.size <= entry.leaf:
        return None
    tree = tiles(entry.log, checkpoint.size)
    path = translog.inclusion(entry.leaf, checkpoint.size, tree.lookup)
    return Proof(entry, path, logs.cosigned(checkpoint))


def tiles(log: Log, size: int) -> translog.Tiles:
    """The tree of the log's first `size` leaves, read tile by tile."""
    return translog.Tiles(size, lambda *place: tile(log, *place))


def tile(log: Log, level: int, number: int, width: int) -> bytes:
    """The first `width` hashes of a tile; fewer when there are fewer."""
    row = Tile.objects.filter(log=log, level=level, number=number).first()
    return bytes(row.hashes)[: width * translog.HASH] if row else b""


def leaf(entry: Entry) -> bytes:
    """The bytes of the act's leaf; it must have its place."""
    at = entry.sequenced_at.astimezone(UTC).isoformat(timespec="microseconds")
    return translog.leaf_bytes(_act(entry), at)


def _act(entry: Entry) -> dict[str, object]:
    return json.loads(bytes(entry.body))
