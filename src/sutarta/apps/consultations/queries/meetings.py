"""Meetings with residents: which there are, what was noted there, who came."""

from __future__ import annotations

from datetime import date, datetime

from django.core.signing import BadSignature, Signer
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import (
    Consultation,
    FormerMinutes,
    Meeting,
    MinutesFile,
    Participant,
    Submission,
)
from sutarta.apps.consultations.queries import public
from sutarta.apps.tenants import queries as groups
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


def lacking(meeting: Meeting) -> list[str]:
    """Names of what is missing before people can be told of it."""
    missing = []
    if not (meeting.place.strip() or meeting.link):
        missing.append(_("the place, or the link to join"))
    if meeting.consultation.announced_at is None:
        missing.append(_("the consultation, announced"))
    return missing


def lacking_for_minutes(meeting: Meeting) -> list[str]:
    """Names of what is missing before the minutes can be published."""
    missing = []
    if not meeting.attendance:
        missing.append(_("how many people came"))
    if not meeting.minutes.strip() and not files(meeting).exists():
        missing.append(_("the minutes, as text or as a file"))
    return missing


def content(meeting: Meeting, revision: int) -> dict[str, object]:
    """What the fingerprint of published minutes covers, under its own salt.

    schema      "sutarta.minutes/1"
    group       UUID of the group
    number      of the meeting
    minutes     as published
    attendance  codes of Sector -> how many came
    revision    1 for what was first published, one more for every correction
    """
    return {
        "schema": SCHEMA,
        "group": str(meeting.group_id),
        "number": meeting.number,
        "minutes": meeting.minutes,
        "attendance": dict(meeting.attendance),
        "revision": revision,
    }


def page_address(meeting: Meeting) -> str:
    """The whole address of its public page."""
    return groups.address(meeting.group) + reverse("consultations:meeting", args=[meeting.number])


def by_sector(meeting: Meeting) -> dict[str, int]:
    """Code of Sector -> how many are on the list; the counts are offered, never taken by itself."""
    rows = Participant.objects.filter(meeting=meeting).order_by("sector")
    return dict(rows.values_list("sector").annotate(count=Count("pk")))


def participants(meeting: Meeting) -> QuerySet[Participant]:
    """The list, in the order it was typed."""
    return meeting.participants.select_related("group").order_by("id")


def wanting(group: Group, want: str, today: date) -> list[Participant]:
    """People on any list who agreed to be written to about `want`, each address once."""
    rows = Participant.objects.filter(group=group, ends_on__gte=today).exclude(email="")
    return list({one.email: one for one in rows.order_by("id") if want in one.wants}.values())


def keys_of_lists() -> dict[str, list[str]]:
    """Group -> keys of everybody on its lists; for a later restore."""
    found: dict[str, list[str]] = {}
    for group, key in Participant.objects.order_by("id").values_list("group", "id"):
        found.setdefault(str(group), []).append(str(key))
    return found


def to_leave(group: Group, ticket: str) -> Participant | None:
    """Somebody on the lists with the address a letter went to; None once nobody has it.

    The link is of the address and not of one row: a row may end with its own list while
    another still stands on a later one.
    """
    try:
        mark = _signer(group).unsign(ticket)
    except BadSignature:
        return None
    rows = Participant.objects.filter(group=group).exclude(email="").order_by("id")
    found = (row for row in rows if constant_time_compare(_mark(group, row.email), mark))
    return next(found, None)


def leave_path(participant: Participant) -> str:
    """Path of the page on which somebody takes themselves off the lists."""
    ticket = _signer(participant.group).sign(_mark(participant.group, participant.email))
    return reverse("consultations:meeting_leave", args=[ticket])


def _mark(group: Group, email: str) -> str:
    """Stands for an address in a link, so that neither it nor logs of the web hold the address."""
    return salted_hmac(f"participants:{group.pk}", email).hexdigest()


def _signer(group: Group) -> Signer:
    return Signer(salt=f"participants:{group.pk}", sep=".")


def files(meeting: Meeting) -> QuerySet[MinutesFile]:
    """Files beside the minutes that are there, oldest first."""
    return meeting.files.filter(removed_at=None).order_by("added_at", "id")


def former(meeting: Meeting) -> QuerySet[FormerMinutes]:
    """What the minutes said before, the last first."""
    return meeting.former_minutes.order_by("-replaced_at", "-id")
