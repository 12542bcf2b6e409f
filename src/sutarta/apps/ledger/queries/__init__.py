"""Reading the log."""

from __future__ import annotations

import json
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from sutarta.apps.ledger.models import Entry
from sutarta.apps.tenants.models import Group

STIRRED = "pages"  # series of tenants.Counter


def state(group: Group) -> str:
    """A short text that changes with every public act: half of a page's cache key.

    Entries are only ever added, so their number says it all: those the log has taken in, and
    those that wait. What the public sees change without an act is counted beside them
    (`actions.stir`).
    """
    key = Group._meta.pk.get_db_prep_value(group.pk, connection)
    with connection.cursor() as cursor:  # asked for every page: a queryset takes four times as long
        cursor.execute(
            "SELECT (SELECT COALESCE(SUM(size), 0) FROM ledger_log WHERE group_id = %s)"
            " + (SELECT COUNT(*) FROM ledger_entry WHERE group_id = %s AND leaf IS NULL),"
            " (SELECT value FROM tenants_counter WHERE group_id = %s AND name = %s)",
            [key, key, key, STIRRED],
        )
        return "{}.{}".format(*cursor.fetchone())


def acts(group: Group, *events: str) -> QuerySet[Entry]:
    """Acts of the group, newest first; only of the named kinds when any are named."""
    found = Entry.objects.filter(group=group).order_by("-at", "-id")
    return found.filter(event__in=events) if events else found


def act(entry: Entry) -> dict[str, Any]:
    """The act as it was recorded."""
    said: dict[str, Any] = json.loads(bytes(entry.body))
    return said


def facts(entry: Entry) -> dict[str, Any]:
    """What the act says of itself."""
    said: dict[str, Any] = act(entry)["facts"]
    return said
