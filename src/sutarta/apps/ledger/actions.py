"""Adding to the log."""

from __future__ import annotations

from datetime import datetime

from sutarta.apps.ledger.models import Entry
from sutarta.apps.tenants.models import Group
from sutarta.core.canonical import canonical_bytes


def record(event: str, *, group: Group, at: datetime, **facts: object) -> Entry:
    """Log a public act within the act's own transaction. `facts` hold no personal text."""
    body = canonical_bytes(
        {"schema": "sutarta.entry/1", "event": event, "at": at.isoformat(), "facts": facts}
    )
    return Entry.objects.create(group=group, event=event, at=at, body=body)
