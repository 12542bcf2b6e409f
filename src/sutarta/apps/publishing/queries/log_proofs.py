"""One act as the log holds it: its bytes, its hash, the rows it binds and the way to the root."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sutarta.apps.ledger import queries as ledger
from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries import logs, proofs
from sutarta.apps.publishing.queries.acts import CONTINUED
from sutarta.core import translog

SCHEMA = "sutarta.proof/1"


def readable(said: Mapping[str, Any]) -> str:
    """What was recorded, apart from the rows it binds: those are told one by one."""
    shown = {name: value for name, value in said.items() if name != "rows"}
    return json.dumps(shown, ensure_ascii=False, indent=2, sort_keys=True)


def leaf_hash(entry: Entry) -> str:
    """In hex."""
    return translog.leaf_hash(proofs.leaf(entry)).hex()


def rows(entry: Entry, said: Mapping[str, Any]) -> dict[str, str | None]:
    """Rows of the database the act binds, with their imprints; those of its continuations too."""
    bound = dict(said.get("rows", {}))
    later = Entry.objects.filter(
        group=entry.group, event=CONTINUED, about=entry.about, at=entry.at
    ).order_by("leaf")
    for row in later:
        more = ledger.act(row)
        if more["facts"].get("of") == entry.digest:
            bound |= more.get("rows", {})
    return bound


def proof(entry: Entry) -> dict[str, Any] | None:
    """All that somebody needs who trusts only the key; None while no checkpoint covers it.

    act, sequenced_at   of which the leaf is made (`translog.leaf_bytes`)
    path                hashes from the leaf to the root, base64
    """
    found = proofs.proof(entry)
    if found is None or entry.log is None:
        return None
    keys = logs.keys(entry.log)
    return {
        "schema": SCHEMA,
        **proofs.place(entry, found.path),
        "epoch": entry.log.number,
        "act": ledger.act(entry),
        "checkpoint": found.checkpoint,
        "first": keys[0].public,
        "handovers": logs.handovers(entry.log),
    }
