"""Meetings with residents: which there are, what was noted there, who came."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, QuerySet

from sutarta.apps.consultations.models import (
    Consultation,
    FormerMinutes,
    Meeting,
    MinutesFile,
    Submission,
)
from sutarta.apps.consultations.queries import public
from sutarta.apps.tenants.models import Group

SCHEMA = "sutarta.minutes/1"


def of_group(group: Group) -> QuerySet[Meeting]:
    """All of them, plans too, with the consultation; `.many` tells how many notes were made."""
    rows = Meeting.objects.filter(group=group).select_related("group", "consultation__strategy")
    return rows.annotate(many=Count("noted"))


def announced(group: Group) -> QuerySet[Meeting]:
    """Those everybody may know of, cancelled ones too."""
    return of_group(group).filter(announced_at__isnull=False)


def of_consultation(consultation: Consultation) -> QuerySet[Meeting]:
    """Those about one consultation that everybody may know of, by when they begin."""
    rows = announced(consultation.group).filter(consultation=consultation)
    return rows.order_by("starts_at", "number")


def coming(group: Group, at: datetime) -> QuerySet[Meeting]:
    """Announced, not over and not cancelled: the next one first."""
    rows = announced(group).filter(ends_at__gt=at, cancelled_at=None)
    return rows.order_by("starts_at", "number")


def past(group: Group, at: datetime) -> QuerySet[Meeting]:
    """Announced and over or cancelled: the last one first."""
    rows = announced(group)
    over = rows.filter(ends_at__lte=at) | rows.exclude(cancelled_at=None)
    return over.order_by("-starts_at", "-number")


def noted(meeting: Meeting) -> QuerySet[Submission]:
    """What was noted there, as a page of the register shows it, in the order it was noted."""
    rows = public.submissions(meeting.group).filter(at_meeting__meeting=meeting)
    return rows.select_related("at_meeting").order_by("at_meeting__place")


def files(meeting: Meeting) -> QuerySet[MinutesFile]:
    """Files beside the minutes that are there, oldest first."""
    return meeting.files.filter(removed_at=None).order_by("added_at", "id")


def former(meeting: Meeting) -> QuerySet[FormerMinutes]:
    """What the minutes said before, the last first."""
    return meeting.former_minutes.order_by("-replaced_at", "-id")
