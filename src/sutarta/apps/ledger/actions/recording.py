"""Adding to the log."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Model
from uuid6 import uuid7

from sutarta.apps.ledger.imprints import imprint, key
from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries import STIRRED
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Group
from sutarta.core.canonical import canonical_bytes, instant
from sutarta.core.translog import LONGEST_ENTRY

SCHEMA = "sutarta.entry/1"
CONTINUED = "rows.continued"  # the rest of the rows of an act that has too many for one entry
ROWS_AT_ONCE = 300
ROOM = 400  # bytes a leaf holds besides the act


class TooLong(ValueError):
    """An act says more than an entry of the log can hold."""


def record(
    event: str,
    *,
    group: Group,
    at: datetime,
    about: str = "",
    rows: Iterable[Model] = (),
    gone: Iterable[Model] = (),
    **facts: object,
) -> Entry:
    """Log a public act within the act's own transaction. `facts` hold no personal text.

    about   the public address the act is about, without slashes at its ends, such as "p/65"
    rows    what the act wrote, as stored now: their imprints bind them to the log
    gone    rows the act removed
    """
    marks = iter([*((key(row), imprint(row)) for row in rows), *((key(row), None) for row in gone)])
    first = _add(event, group, at, about, facts, _some(marks))
    while more := _some(marks):
        _add(CONTINUED, group, at, about, {"of": first.digest}, more)
    return first


def stir(group: Group) -> None:
    """Have public pages built anew after a change that is no act, such as a count of support.

    Within the change's own transaction. Costs every kept page of the group, as an act does.
    """
    tenants.take_number(group, STIRRED)


def _some(marks: Iterator[tuple[str, str | None]]) -> Sequence[tuple[str, str | None]]:
    return list(islice(marks, ROWS_AT_ONCE))


def _add(
    event: str,
    group: Group,
    at: datetime,
    about: str,
    facts: dict[str, Any],
    marks: Sequence[tuple[str, str | None]],
) -> Entry:
    name = uuid7()
    said: dict[str, Any] = {
        "schema": SCHEMA,
        "id": str(name),
        "event": event,
        "at": instant(at),
        "facts": facts,
    }
    body = canonical_bytes(
        said | ({"about": about} if about else {}) | ({"rows": dict(marks)} if marks else {})
    )
    if len(body) > LONGEST_ENTRY - ROOM:
        raise TooLong(f"the act {event} has {len(body)} bytes")
    entry = Entry(
        id=name,
        group=group,
        event=event,
        at=at,
        about=about,
        body=body,
        digest=hashlib.sha256(body).hexdigest(),
    )
    entry.insert()
    return entry
