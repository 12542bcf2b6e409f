"""What the log hands to programs: tiles, bundles of entries, keys."""

from __future__ import annotations

from typing import Any

from sutarta.apps.ledger.models import Entry, Key, Log
from sutarta.apps.ledger.queries import act, proofs
from sutarta.apps.tenants.models import Group
from sutarta.core.canonical import instant
from sutarta.core.translog import WIDTH, entries_path, pack_entries

SCHEMA = "sutarta.log-keys/1"
HIGHEST = 7  # level of tiles: those above have no tree of 2**63 leaves
BEGAN = "log."  # acts by which a further epoch begins


def placed(number: int, width: int) -> str:
    """How the place of a tile is written in an address."""
    return entries_path(number, width).removeprefix("tile/entries/")


def tile(log: Log, level: int, number: int, width: int) -> bytes | None:
    """Hashes of a tile, as many as asked for; None for what no checkpoint covers yet.

    The log's size is that of its newest checkpoint: both are stored in one transaction.
    """
    if level > HIGHEST or not _covers(log.size >> (8 * level), number, width):
        return None
    return proofs.tile(log, level, number, width)


def entries(log: Log, number: int, width: int) -> bytes | None:
    """A bundle of as many entries; None for what no checkpoint covers yet."""
    if not _covers(log.size, number, width):
        return None
    start = number * WIDTH
    rows = Entry.objects.filter(log=log, leaf__gte=start, leaf__lt=start + width)
    return pack_entries([proofs.leaf(entry) for entry in rows.order_by("leaf")])


def _covers(size: int, number: int, width: int) -> bool:
    return 1 <= width <= WIDTH and number * WIDTH + width <= size


def keys(group: Group) -> dict[str, Any] | None:
    """Keys of the log in force and, under "epochs", of every epoch; None before there is a log.

    origin, epoch   of the log
    first           the key it began with; key: the one in force
    handovers       notes by which keys were handed on, oldest first
    keys            each with the instant since when it signs
    began           the act by which a further epoch tells what the one before lost; null for the
                    first
    """
    rows = list(Log.objects.filter(group=group).order_by("number"))
    signing: dict[object, list[Key]] = {log.pk: [] for log in rows}
    for key in Key.objects.filter(group=group).order_by("log", "number"):
        signing[key.log_id].append(key)
    began = _began(group, rows)
    epochs = [_epoch(log, signing[log.pk], began.get(log.pk)) for log in rows]
    if not epochs:
        return None
    return {"schema": SCHEMA, **epochs[-1], "epochs": epochs}


def _began(group: Group, rows: list[Log]) -> dict[object, object]:
    if len(rows) < 2:
        return {}
    acts = Entry.objects.filter(group=group, leaf=0, log__number__gt=1, event__startswith=BEGAN)
    return {entry.log_id: act(entry) for entry in acts}


def _epoch(log: Log, keys: list[Key], began: object) -> dict[str, Any]:
    return {
        "origin": log.origin,
        "epoch": log.number,
        "size": log.size,
        "started_at": instant(log.started_at),
        "ended_at": instant(log.ended_at) if log.ended_at else None,
        "first": keys[0].public,
        "key": keys[-1].public,
        "handovers": [key.handover for key in keys if key.handover],
        "keys": [{"key": key.public, "since": instant(key.since)} for key in keys],
        "began": began,
    }
