"""Reading the log."""

from __future__ import annotations

import json

from django.db.models import Count, Max, QuerySet

from sutarta.apps.ledger.models import Entry
from sutarta.apps.tenants.models import Group


def state(group: Group) -> str:
    """A short text that changes with every public act: half of a page's cache key."""
    found = Entry.objects.filter(group=group).aggregate(size=Count("id"), last=Max("id"))
    return f"{found['size']}-{found['last'] or ''}"


def acts(group: Group, *events: str) -> QuerySet[Entry]:
    """Acts of the group, newest first; only of the named kinds when any are named."""
    found = Entry.objects.filter(group=group).order_by("-at", "-id")
    return found.filter(event__in=events) if events else found


def facts(entry: Entry) -> dict[str, object]:
    """What the act says of itself."""
    return json.loads(bytes(entry.body))["facts"]
