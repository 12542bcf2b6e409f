"""The log read once, from its first act to its last: what it says of every row."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sutarta.apps.ledger.models import Entry, Log
from sutarta.apps.ledger.queries.auditing.findings import Act, Finding
from sutarta.apps.tenants.models import Group
from sutarta.core import translog
from sutarta.core.canonical import canonical_bytes, instant

LONGEST_WAIT = timedelta(minutes=5)  # a promise without a leaf after that is broken
FAR_OFF = timedelta(minutes=5)  # between the time an act states and the log's own
COLUMNS = (
    "id",
    "event",
    "at",
    "about",
    "body",
    "digest",
    "log_id",
    "leaf",
    "sequenced_at",
    "recorded_at",
)


@dataclass
class Book:
    """What the acts of a group say, as its entries hold it now.

    marks    key of a row -> its newest imprint, None once it is gone, and the act that said so
    told     event -> its acts, oldest first
    leaves   key of a log -> index -> hash of the leaf as its entry gives it
    stamps   key of a log -> the times at which leaves were taken in, by index
    first    key of a log -> the act of its first leaf
    """

    marks: dict[str, tuple[str | None, Act]] = field(default_factory=dict)
    told: dict[str, list[Act]] = field(default_factory=lambda: defaultdict(list))
    leaves: dict[UUID, dict[int, bytes]] = field(default_factory=lambda: defaultdict(dict))
    stamps: dict[UUID, dict[int, datetime]] = field(default_factory=lambda: defaultdict(dict))
    first: dict[UUID, Act] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    acts: int = 0


def read(group: Group, at: datetime) -> Book:
    """Read every entry: first those in order, log by log, then those that wait."""
    book = Book()
    for row in _entries(group):
        book.acts += 1
        said = _said(row, book)
        if said is None:
            continue
        act = Act(
            str(said.get("event")), row["at"], row["about"], row["digest"], said.get("facts", {})
        )
        book.told[act.event].append(act)
        for key, imprint in said.get("rows", {}).items():
            book.marks[key] = (imprint, act)
        _compare(row, said, book)
        _place(row, act, book, at)
    return book


def _entries(group: Group) -> Iterator[dict[str, Any]]:
    rows = Entry.objects.filter(group=group).values(*COLUMNS)
    for log in Log.objects.filter(group=group).order_by("number"):
        yield from rows.filter(log=log).order_by("leaf").iterator(2_000)
    yield from rows.filter(log=None).order_by("recorded_at", "id").iterator(2_000)


def _said(row: Mapping[str, Any], book: Book) -> dict[str, Any] | None:
    """The act of the body; None where it can not be read, which is a finding."""
    try:
        said = json.loads(bytes(row["body"]))
        if isinstance(said, dict):
            return said
    except ValueError:
        pass
    book.findings.append(_about(row, "entry.unreadable"))
    return None


def _compare(row: Mapping[str, Any], said: Mapping[str, Any], book: Book) -> None:
    """What stands beside the body must say the same as the body, and that in canonical bytes."""
    body = bytes(row["body"])
    wrong = [
        name
        for name, value in (
            ("id", str(row["id"])),
            ("event", row["event"]),
            ("at", instant(row["at"])),
        )
        if said.get(name) != value
    ]
    if said.get("about", "") != row["about"]:
        wrong.append("about")
    if hashlib.sha256(body).hexdigest() != row["digest"] or canonical_bytes(said) != body:
        wrong.append("digest")
    if wrong:
        book.findings.append(_about(row, "entry.columns", columns=wrong))


def _place(row: Mapping[str, Any], act: Act, book: Book, at: datetime) -> None:
    if row["leaf"] is None:
        if at - row["recorded_at"] > LONGEST_WAIT:
            waits = round((at - row["recorded_at"]).total_seconds() / 60)
            book.findings.append(_about(row, "entry.waits", minutes=waits))
        return
    its, index = row["log_id"], row["leaf"]
    book.leaves[its][index] = _leaf_hash(bytes(row["body"]), row["sequenced_at"])
    book.stamps[its][index] = row["sequenced_at"]
    if index == 0:
        book.first[its] = act
    if abs(row["sequenced_at"] - row["at"]) > FAR_OFF:
        book.notes.append(_about(row, "entry.times", taken_in=row["sequenced_at"]))


def _leaf_hash(body: bytes, stamp: datetime) -> bytes:
    return translog.leaf_hash(translog.leaf_around(body, instant(stamp)))


def _about(row: Mapping[str, Any], code: str, **more: object) -> Finding:
    facts = {"event": row["event"], "at": row["at"], "about": row["about"], "leaf": row["leaf"]}
    return Finding(code, str(row["id"]), facts | more)
