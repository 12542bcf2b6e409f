"""Adding to the log."""

from __future__ import annotations

from datetime import datetime

from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries import STIRRED
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Group
from sutarta.core.canonical import canonical_bytes


def record(event: str, *, group: Group, at: datetime, **facts: object) -> Entry:
    """Log a public act within the act's own transaction. `facts` hold no personal text."""
    body = canonical_bytes(
        {"schema": "sutarta.entry/1", "event": event, "at": at.isoformat(), "facts": facts}
    )
    return Entry.objects.create(group=group, event=event, at=at, body=body)


def stir(group: Group) -> None:
    """Have public pages built anew after a change that is no act, such as a count of support.

    Within the change's own transaction. Costs every kept page of the group, as an act does.
    """
    tenants.take_number(group, STIRRED)
