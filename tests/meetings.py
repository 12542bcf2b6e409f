"""Meetings with residents for tests: planned, announced, noted in, minuted, each by its own row."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from sutarta.apps.consultations.models import (
    AtMeeting,
    Consultation,
    FormerMinutes,
    Meeting,
    MinutesFile,
    Participant,
    Submission,
)
from sutarta.apps.people.models import User
from sutarta.core.canonical import fingerprint
from tests import make
from tests.make import NOON

BEGINS = NOON + timedelta(days=3, hours=5)  # 25 November, 17.00 in Vilnius
LASTS = timedelta(hours=2)
_count = itertools.count(101)  # out of the way of those planned by the act itself


def meeting(of: Consultation | None = None, **facts: Any) -> Meeting:
    """Announced, of an announced consultation; begins at BEGINS and lasts two hours.

    announced   False: a plan
    """
    its = of or make.consultation()
    begins = facts.pop("starts_at", BEGINS)
    is_announced = facts.pop("announced", True)
    defaults = {
        "number": next(_count),
        "title": "Susitikimas Alksniuose",
        "starts_at": begins,
        "ends_at": facts.pop("ends_at", begins + LASTS),
        "place": "Bendruomenės namai\nAlksnių g. 1",
        "words": "Ką keičiame ir kodėl.",
        "made_by": facts.pop("made_by", None) or make.user(),
        "made_at": NOON,
        "announced_at": NOON if is_announced else None,
    }
    return Meeting.objects.create(group=its.group, consultation=its, **{**defaults, **facts})


def minuted(row: Meeting, **facts: Any) -> Meeting:
    """With minutes and attendance published after it."""
    row.minutes = facts.pop("minutes", "Kalbėjome apie tiltą.")
    row.attendance = facts.pop("attendance", {"RESIDENTS": 12, "PUBLIC": 6})
    row.minuted_at = facts.pop("at", row.ends_at + timedelta(days=1))
    row.minutes_salt, row.minutes_digest = b"s" * 32, "ab" * 32
    row.save()
    return row


def former(
    row: Meeting, by: User | None = None, attendance: dict[str, int] | None = None
) -> FormerMinutes:
    return FormerMinutes.objects.create(
        group=row.group,
        meeting=row,
        minutes="Kalbėjome apie kelią.",
        attendance=attendance or {"RESIDENTS": 10},
        why="Buvo tiltas",
        salt=b"s" * 32,
        digest="cd" * 32,
        replaced_at=row.ends_at + timedelta(days=2),
        replaced_by=by or make.user(),
    )


def file(row: Meeting, name: str = "protokolas.pdf") -> MinutesFile:
    return MinutesFile.objects.create(
        group=row.group,
        meeting=row,
        name=name,
        media_type="application/pdf",
        size=9,
        path=f"{row.group_id}/minutes/{next(_count)}.pdf",
        digest=f"{next(_count):064x}",
        kept_digest="ef" * 32,
        salt=b"s" * 32,
        commitment=fingerprint(b"s" * 32, {"name": name}),
        added_at=row.ends_at,
    )


def noted(row: Meeting, submission: Submission | None = None, place: int = 1) -> AtMeeting:
    """A proposal noted there, one that only moderators see yet unless `submission` says more."""
    said = submission or make.submission(consultation=row.consultation, channel="MEETING")
    return AtMeeting.objects.create(group=row.group, meeting=row, submission=said, place=place)


def participant(row: Meeting, **facts: Any) -> Participant:
    defaults = {
        "name": "J. B.",
        "sector": "RESIDENTS",
        "email": "j.b@post.example",
        "wants": ["NEWS"],
        "consented_at": row.starts_at,
        "ends_on": (row.ends_at + timedelta(days=365)).date(),
        "made_by": facts.pop("made_by", None) or row.made_by,
    }
    return Participant.objects.create(group=row.group, meeting=row, **{**defaults, **facts})
