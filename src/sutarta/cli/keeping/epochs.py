"""New epochs of the logs after a restore that lost acts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import Log
from sutarta.cli.keeping.heads import Head

LATER = re.compile("/[1-9][0-9]{0,5}")  # what names an epoch after the first


def open_for(missing: Sequence[Head], known: Sequence[Head], at: datetime) -> list[str]:
    """Begin a new epoch of every log that lacks what these heads speak of; returns sentences.

    known   every head there is, so that no epoch gets the name of a lost one
    """
    said, told = [], set()
    for log in Log.objects.filter(ended_at=None).select_related("group").order_by("origin"):
        first = _first(log)
        lost = [head for head in missing if _is_of(head.origin, first)]
        told |= {head.origin for head in lost}
        if lost:
            numbers = [_number(head.origin, first) for head in known if _is_of(head.origin, first)]
            said.append(_open(log, lost, max(numbers) + 1, at))
    unknown = {head.origin for head in missing} - told
    return said + [
        f"The log {origin} is of a group that this state does not know: its acts are lost."
        for origin in sorted(unknown)
    ]


def open_all(at: datetime) -> list[str]:
    """Begin a new epoch of every log, when nobody knows what was lost; returns sentences."""
    rows = Log.objects.filter(ended_at=None).select_related("group").order_by("origin")
    return [_open(log, [], 0, at) for log in rows]


def _open(log: Log, lost: Sequence[Head], number: int, at: datetime) -> str:
    notes = [head.note for head in lost]
    fresh = ledger.open_epoch(group=log.group, lost=notes, number=number, at=at)
    size = max((head.size for head in lost if head.origin == log.origin), default=None)
    had = f"had {size} acts, of which {log.size} are back" if size else f"is back with {log.size}"
    return (
        f"The log {log.origin} {had}. A new epoch begins, {fresh.origin}; "
        "its first act says so to everybody."
    )


def _first(log: Log) -> str:
    """The origin of the group's first epoch, with which those of all others begin."""
    rows = Log.objects.filter(group=log.group).order_by("number")
    return rows.values_list("origin", flat=True)[0]


def _is_of(origin: str, first: str) -> bool:
    """Whether it names an epoch of that log: others may write beside what was shipped."""
    return origin == first or bool(LATER.fullmatch(origin.removeprefix(first)))


def _number(origin: str, first: str) -> int:
    return int(origin.removeprefix(first).removeprefix("/") or 1)
