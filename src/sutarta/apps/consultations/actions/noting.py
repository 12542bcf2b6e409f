"""What people propose at a meeting, noted there and then as rows of the register."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import entering
from sutarta.apps.consultations.actions.attaching import Handed
from sutarta.apps.consultations.actions.holding import hold_meeting
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import AtMeeting, Channel, Meeting, Submission
from sutarta.apps.consultations.rules import meetings as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require


@transaction.atomic
def note(
    *,
    actor: Any,
    meeting: Meeting,
    words: Words,
    at: datetime,
    request_key: str,
    said_at: datetime | None = None,
    language: str = "",
    files: Sequence[Handed] = (),
    publish: bool = False,
) -> Submission:
    """Take a proposal made at the meeting into the register, linked to the meeting.

    said_at   None: now while the meeting is on, afterwards its beginning. This instant counts,
              so what is typed up after the deadline of a meeting before it came in time

    Sent twice, noted once. Raises what `entering.enter` raises.
    """
    meeting = hold_meeting(meeting)
    require(rules.may_note(actor, meeting, at))
    said_at = said_at or rules.spoken_at(meeting, at)
    require(rules.may_have_been_said(meeting, said_at))
    submission = entering.enter(
        actor=actor,
        consultation=meeting.consultation,
        words=words,
        channel=Channel.MEETING,
        received_at=said_at,
        at=at,
        request_key=request_key,
        language=language,
        files=files,
        publish=publish,
    )
    if not AtMeeting.objects.filter(submission=submission).exists():
        _link(meeting, submission, at)
    return submission


def _link(meeting: Meeting, submission: Submission, at: datetime) -> None:
    last = meeting.noted.aggregate(place=Max("place"))["place"] or 0
    if last >= rules.MOST_NOTED:
        raise Refused(_("That many proposals are not made at one meeting. Enter them one by one."))
    row = AtMeeting.objects.create(
        group=meeting.group, meeting=meeting, submission=submission, place=last + 1
    )
    ledger.record(
        "meeting.noted",
        group=meeting.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[row],
        number=submission.number,
        meeting=meeting.number,
        place=row.place,
    )
