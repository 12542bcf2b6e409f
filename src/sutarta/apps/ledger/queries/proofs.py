"""Promises and proofs of single acts."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sutarta.apps.ledger.models import Checkpoint, Entry, Log, Tile
from sutarta.apps.ledger.queries import logs
from sutarta.core import translog
from sutarta.core.canonical import instant


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
    digest, at = bytes.fromhex(entry.digest), instant(entry.recorded_at)
    text = translog.Promise(log.origin, digest, at).text
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
    return translog.leaf_around(bytes(entry.body), instant(entry.sequenced_at))


def place(entry: Entry, path: Sequence[bytes]) -> dict[str, Any]:
    """Where the act stands, as receipts, proofs and dossiers write it.

    path   the proof's hashes; base64 in what is written
    """
    return {
        "origin": entry.log.origin,
        "leaf": entry.leaf,
        "sequenced_at": instant(entry.sequenced_at),
        "path": [b64encode(one).decode() for one in path],
    }
