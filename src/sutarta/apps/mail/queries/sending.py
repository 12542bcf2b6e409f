"""Letters that need a person's eye."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from sutarta.apps.mail.models import Letter, LetterState
from sutarta.apps.tenants.models import Group

WAITS_FOR_FILE = ~Q(file_name="") & Q(file_text="")


def waiting_for_file(kind: str) -> QuerySet[Letter]:
    """Letters of a kind whose file nobody has put in yet, oldest first."""
    return Letter.objects.filter(WAITS_FOR_FILE, kind=kind).order_by("created_at", "id")


def undelivered(group: Group) -> QuerySet[Letter]:
    """Letters given up after the last try, newest first."""
    return Letter.objects.filter(group=group, state=LetterState.FAILED).order_by("-created_at")


def was_posted(group: Group, key: str) -> bool:
    """Whether there is a letter of that key, sent or not; those long sent are removed."""
    return Letter.objects.filter(group=group, key=key).exists()


def stalled(group: Group, at: datetime) -> QuerySet[Letter]:
    """Letters that should have left more than an hour ago."""
    return Letter.objects.filter(
        group=group, state=LetterState.QUEUED, created_at__lt=at - timedelta(hours=1)
    )


def written_to(address: str, kind: str, since: datetime) -> int:
    """How many letters of a kind were posted to an address since then, by whichever group."""
    rows = Letter.objects.filter(kind=kind, created_at__gt=since, to__iexact=address)
    return rows.count()
