"""Letters to people who came to a meeting and agreed to be written to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from django.utils import timezone

from sutarta.apps.consultations.actions import letters
from sutarta.apps.consultations.models import (
    AtMeeting,
    Meeting,
    Participant,
    Submission,
    Want,
)
from sutarta.apps.consultations.queries import meetings as queries
from sutarta.apps.tenants import queries as groups

INVITED, CHANGED, CANCELLED = "meeting_invited", "meeting_changed", "meeting_cancelled"
MINUTES, ANSWERED = "meeting_minutes", "meeting_answered"
KINDS = {  # what stops when nobody with that address wants it any more
    Want.INVITE: (INVITED, CHANGED, CANCELLED),
    Want.NEWS: (MINUTES, ANSWERED),
}


def tell(kind: str, meeting: Meeting, at: datetime) -> int:
    """Tell those who asked to be invited; returns how many letters went out.

    kind   INVITED, CHANGED or CANCELLED
    """
    wanting = queries.wanting(meeting.group, Want.INVITE, timezone.localdate(at))
    return _post(kind, meeting, wanting, f"{meeting.pk}:{meeting.sequence}", at)


def tell_of_minutes(meeting: Meeting, people: Iterable[Participant], at: datetime) -> int:
    """Tell those of `people` who asked for news that minutes are out: each address one letter."""
    wanting = _for_news(people)
    return _post(MINUTES, meeting, wanting.values(), str(meeting.pk), at)


def tell_of_answers(answered: Iterable[Submission], reached: Collection[str], at: datetime) -> int:
    """Tell those of a meeting who asked for news that what was proposed there is answered.

    reached   addresses in lower case that get the answers themselves; they get no second letter

    Each address gets one letter for each meeting; returns how many.
    """
    noted = AtMeeting.objects.filter(submission__in=answered).order_by("meeting", "place")
    first = {row.meeting: row for row in reversed(noted.select_related("meeting__group"))}
    count = 0
    for meeting, row in first.items():
        people = queries.participants(meeting).filter(ends_on__gte=timezone.localdate(at))
        others = [one for email, one in _for_news(people).items() if email not in reached]
        count += _post(ANSWERED, meeting, others, str(row.pk), at)
    return count


def _for_news(people: Iterable[Participant]) -> dict[str, Participant]:
    return {one.email: one for one in people if one.email and Want.NEWS in one.wants}


def _post(
    kind: str, meeting: Meeting, people: Iterable[Participant], about: str, at: datetime
) -> int:
    base, count = groups.address(meeting.group), 0
    for one in _still_listed(people):
        letters.post(
            group=meeting.group,
            to=one.email,
            kind=kind,
            about=about,
            language=meeting.group.language,
            at=at,
            leave_url=base + queries.leave_path(one),
            meeting=meeting,
            page=queries.page_address(meeting),
        )
        count += 1
    return count


def _still_listed(people: Iterable[Participant]) -> list[Participant]:
    """Without those who leave at this moment; who leaves a moment later takes the letter along."""
    found = list(people)
    rows = Participant.objects.select_for_update(of=("self",)).order_by("pk")
    held = set(rows.filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
    return [one for one in found if one.pk in held]
