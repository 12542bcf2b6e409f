"""Mailboxes and how reading them goes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from sutarta.apps.mail.models import Door, Mailbox
from sutarta.apps.mail.queries.receiving import mailboxes
from sutarta.apps.tenants.models import Group

SILENCE = timedelta(hours=6)  # a mailbox not read for so long needs a hand


def read_by_us() -> QuerySet[Mailbox]:
    """Mailboxes in use that we have to ask, of every group."""
    rows = Mailbox.objects.filter(door=Door.IMAP, ended_at=None)
    return rows.select_related("group").order_by("pk")


def listed(group: Group) -> QuerySet[Mailbox]:
    """Those of the group that are in use, with `.waiting`, letters nobody has settled."""
    unsettled = Q(letters__settled_at=None, letters__removed_at=None, letters__isnull=False)
    return mailboxes(group).annotate(waiting=Count("letters", filter=unsettled))


def silent(group: Group, at: datetime) -> QuerySet[Mailbox]:
    """Mailboxes of the group that could not be read for SILENCE."""
    rows = read_by_us().filter(group=group)
    return rows.annotate(known=Coalesce("read_at", "added_at")).filter(known__lte=at - SILENCE)
