"""The log in a dossier: whole, in tiles, and the consultation's own acts with their proofs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from sutarta.apps.consultations.queries import attachments, receipts
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.ledger.models import Checkpoint, Entry, Log
from sutarta.apps.ledger.queries import logs, proofs, served
from sutarta.apps.publishing.dossier.files import Gathered
from sutarta.apps.publishing.queries import acts
from sutarta.apps.tenants.models import Group
from sutarta.core import translog

FOLDER = "log"


def tiles(group: Group) -> Iterator[tuple[str, bytes]]:
    """Every epoch of the log in the layout of c2sp.org/tlog-tiles, with its keys."""
    yield f"{FOLDER}/keys", json.dumps(served.keys(group), ensure_ascii=False, indent=1).encode()
    for log in Log.objects.filter(group=group).order_by("number"):
        folder = FOLDER if log.ended_at is None else f"{FOLDER}/{log.number}"
        yield from _epoch(log, folder)


def _epoch(log: Log, folder: str) -> Iterator[tuple[str, bytes]]:
    newest = logs.newest_checkpoint(log)
    if newest is None:
        return
    yield f"{folder}/checkpoint", logs.cosigned(newest).encode()
    for level, number, width in translog.tiles_of(newest.size):
        hashes = proofs.tile(log, level, number, width)
        yield f"{folder}/{translog.tile_path(level, number, width)}", hashes
        if level == 0:
            path = translog.entries_path(number, width)
            yield f"{folder}/{path}", served.entries(log, number, width) or b""


def data(found: Gathered) -> dict[str, Any]:
    """What a browser checks by itself: the consultation's acts, and what opens their fingerprints.

    log        name, first key, handovers, checkpoint, witnesses
    acts       each as it was recorded and where it stands
    openings   public words and files with the salts that open what the acts name
    """
    group = found.consultation.group
    log = logs.in_force(group)
    newest = logs.newest_checkpoint(log) if log else None
    if log is None or newest is None:
        return {"log": None, "acts": [], "openings": []}
    wanted = acts.Wanted(consultation=str(found.consultation.number))
    entries = list(
        acts.found(group, wanted)
        .filter(log=log, leaf__lt=newest.size)
        .select_related("log")
        .order_by("leaf")
    )
    named = _named(entries)
    return {
        "log": _log(log, newest),
        "acts": list(_acts(log, newest, entries)),
        "openings": [one for one in _openings(found) if one["digest"] in named],
    }


def _log(log: Log, newest: Checkpoint) -> dict[str, Any]:
    cosigned = newest.cosignatures.select_related("witness").order_by("signed_at", "id")
    return {
        "origin": log.origin,
        "key": logs.keys(log)[0].public,
        "handovers": logs.handovers(log),
        "checkpoint": logs.cosigned(newest),
        "witnesses": [{"name": row.witness.name, "key": row.witness.public} for row in cosigned],
    }


def _acts(log: Log, newest: Checkpoint, entries: list[Entry]) -> Iterator[dict[str, Any]]:
    lookup = cache(proofs.tiles(log, newest.size).lookup)  # the upper nodes are those of all
    for entry in entries:
        path = translog.inclusion(entry.leaf, newest.size, lookup)
        yield {"act": ledger.act(entry), "place": proofs.place(entry, path)}


def _named(entries: list[Entry]) -> set[object]:
    """Fingerprints that these acts name."""
    found: set[object] = set()
    for entry in entries:
        facts = ledger.facts(entry)
        found |= {facts.get("digest"), facts.get("shown")}
    return found


def _openings(found: Gathered) -> Iterator[dict[str, Any]]:
    """Of what the public reads alone: salts of anything else stay with us."""
    for row in found.submissions:
        if row.is_read and bytes(row.shown_salt):
            yield {
                "name": f"Nr. {row.number}",
                "digest": row.shown_digest,
                "salt": bytes(row.shown_salt).hex(),
                "content": receipts.shown(row),
            }
    for name, attachment in found.files:
        content, salt = attachments.content(attachment), bytes(attachment.salt)
        yield {
            "name": name,
            "file": name,
            "digest": attachment.commitment,
            "salt": salt.hex(),
            "content": content,
        }
