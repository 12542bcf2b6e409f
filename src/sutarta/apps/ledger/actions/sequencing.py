"""Putting acts in order: each gets a leaf of the tree, and the tree a signed checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction

from sutarta.apps.ledger.actions.founding import log_of
from sutarta.apps.ledger.models import Checkpoint, Entry, Log, Tile
from sutarta.apps.ledger.queries import logs
from sutarta.apps.tenants.models import Group
from sutarta.core import translog
from sutarta.core.canonical import instant

AT_ONCE = 2_000  # acts of one transaction
PLACED = "UPDATE ledger_entry SET log_id = %s, sequenced_at = %s, leaf = %s WHERE id = %s"
PLACED_TOGETHER = """
    UPDATE ledger_entry SET log_id = %s, sequenced_at = %s, leaf = placed.leaf
    FROM unnest(%s::uuid[], %s::bigint[]) AS placed (id, leaf) WHERE ledger_entry.id = placed.id
"""


def sequence_all(at: datetime) -> int:
    """Put in order whatever waits, in every group; returns how many acts that were."""
    waiting = Entry.objects.filter(leaf=None).order_by().values("group").distinct()
    return sum(_drain(group, at) for group in Group.objects.filter(pk__in=waiting))


def _drain(group: Group, at: datetime) -> int:
    total = 0
    while done := sequence(log_of(group, at), at):
        total += done
    return total


@transaction.atomic
def sequence(log: Log, at: datetime, *, said_by: datetime | None = None) -> int:
    """Take in the acts that wait, up to AT_ONCE, and sign the tree; returns how many.

    at        by the sequencer's clock; should that step back, the log's own time stands still
    said_by   leave acts waiting that state a later time: a demo, which alone may act in the
              past, is put in order one past moment after the other

    The row of the log is held meanwhile, so there is one order however many try.
    """
    log = Log.objects.select_for_update().select_related("group").get(pk=log.pk)
    waiting = Entry.objects.select_for_update().filter(group=log.group, leaf=None)
    if said_by is not None:
        waiting = waiting.filter(at__lte=said_by)
    entries = list(waiting.order_by("recorded_at", "id")[:AT_ONCE])
    if not entries or log.ended_at is not None:
        return 0
    take_in(log, entries, at)
    return len(entries)


def take_in(log: Log, entries: Sequence[Entry], at: datetime) -> Log:
    """Give these acts the next places of the log, which the caller holds, and sign the tree."""
    stamp = max(at, log.sequenced_at or at)
    edge = translog.Edge(log.size, _unfinished(log))
    for entry in entries:
        leaf = translog.leaf_around(bytes(entry.body), instant(stamp))
        entry.leaf = edge.append(translog.leaf_hash(leaf))
    _place(entries, log, stamp)
    _store(log, edge)
    log.size, log.sequenced_at = edge.size, stamp
    log.save(update_fields=["size", "sequenced_at"])
    _sign(log, edge.root(), stamp)
    return log


def _unfinished(log: Log) -> dict[tuple[int, int], bytes]:
    places = [(level, number) for level, number, _width in translog.last_tiles(log.size)]
    rows = Tile.objects.filter(log=log, number__in={number for _level, number in places})
    found = {(row.level, row.number): bytes(row.hashes) for row in rows}
    return {place: found[place] for place in places if place in found}


def _place(entries: Sequence[Entry], log: Log, stamp: datetime) -> None:
    """A thousand rows in a few milliseconds: in one statement, or in one prepared for all."""
    pk, key = Entry._meta.pk, Log._meta.pk.get_db_prep_value(log.pk, connection)
    when = Entry._meta.get_field("sequenced_at").get_db_prep_value(stamp, connection)
    keys = [pk.get_db_prep_value(entry.pk, connection) for entry in entries]
    leaves = [entry.leaf for entry in entries]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(PLACED_TOGETHER, [key, when, keys, leaves])
        else:
            rows = [(key, when, *placed) for placed in zip(leaves, keys, strict=True)]
            cursor.executemany(PLACED, rows)


def _store(log: Log, edge: translog.Edge) -> None:
    for (level, number), hashes in edge.touched.items():
        Tile.objects.update_or_create(
            log=log, level=level, number=number, defaults={"group": log.group, "hashes": hashes}
        )


def _sign(log: Log, root: bytes, stamp: datetime) -> Checkpoint:
    text = translog.Checkpoint(log.origin, log.size, root).text
    note = translog.Note(text).signed(logs.signer(log).sign(text))
    return Checkpoint.objects.create(
        group=log.group,
        log=log,
        size=log.size,
        root=root.hex(),
        note=str(note),
        signed_at=stamp,
    )
