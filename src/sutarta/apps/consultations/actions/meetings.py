"""Meetings with residents: planned, announced, changed, cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import inviting
from sutarta.apps.consultations.actions.holding import hold_meeting
from sutarta.apps.consultations.models import Consultation, Meeting
from sutarta.apps.consultations.queries import meetings as queries
from sutarta.apps.consultations.rules import meetings as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants import actions as tenants
from sutarta.core.canonical import digest

SERIES = "meeting"
SAID = ("title", "place", "link", "words", "cancelled_why")  # what the digest in the log covers


@dataclass(frozen=True)
class Facts:
    """What people are told of a meeting. starts_at, ends_at: aware instants."""

    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    link: str = ""
    words: str = ""


@transaction.atomic
def plan(*, actor: Any, consultation: Consultation, facts: Facts, at: datetime) -> Meeting:
    """Plan a meeting about what a consultation asks; nobody outside the desk sees it yet.

    Raises Refused, also for a time before the consultation opens: what is said there could not
    be taken into the register.
    """
    require(rules.may_plan(actor, consultation.group, at))
    require(rules.may_be_held(consultation, facts.starts_at, facts.ends_at))
    return Meeting.objects.create(
        group=consultation.group,
        number=tenants.take_number(consultation.group, SERIES),
        consultation=consultation,
        made_by=actor,
        made_at=at,
        **asdict(facts),
    )


@transaction.atomic
def change(*, actor: Any, meeting: Meeting, facts: Facts, at: datetime) -> list[str]:
    """Change what people are told; returns the names of what changed.

    Of what is announced every change is logged and counted, and those whom we invited are
    written to when time or place changed. Changing nothing leaves no trace.
    """
    meeting = hold_meeting(meeting)
    require(rules.may_change(actor, meeting, at))
    require(rules.may_be_held(meeting.consultation, facts.starts_at, facts.ends_at))
    is_begun = meeting.noted.exists() or meeting.participants.exists()
    require(rules.may_move(meeting, facts.starts_at, is_begun, at))
    new = asdict(facts)
    changed = [name for name, value in new.items() if getattr(meeting, name) != value]
    if not changed:
        return []
    for name in changed:
        setattr(meeting, name, new[name])
    if not meeting.is_announced:
        meeting.save(update_fields=changed)
        return changed
    _require_complete(meeting)
    meeting.sequence += 1
    meeting.save(update_fields=[*changed, "sequence"])
    meeting.participants.update(ends_on=rules.list_ends_on(meeting))
    _record_told("meeting.changed", meeting, at, fields=changed)
    if {"starts_at", "ends_at", "place", "link"} & set(changed) and at < meeting.ends_at:
        inviting.tell(inviting.CHANGED, meeting, at)
    return changed


@transaction.atomic
def announce(*, actor: Any, meeting: Meeting, at: datetime) -> None:
    """Tell everybody of the meeting; who asked to be invited gets a letter while it is ahead.

    Raises Refused with a list of what is missing.
    """
    meeting = hold_meeting(meeting)
    require(rules.may_announce(actor, meeting, queries.lacking(meeting), at))
    require(rules.may_be_held(meeting.consultation, meeting.starts_at, meeting.ends_at))
    meeting.announced_at = at
    meeting.save(update_fields=["announced_at"])
    _record_told("meeting.announced", meeting, at)
    if at < meeting.starts_at:
        inviting.tell(inviting.INVITED, meeting, at)


@transaction.atomic
def cancel(*, actor: Any, meeting: Meeting, why: str, at: datetime) -> None:
    """Say that it will not be held, and why; it stays where people look for it.

    Raises Refused, also without a reason.
    """
    meeting = hold_meeting(meeting)
    require(rules.may_cancel(actor, meeting, meeting.noted.count(), at))
    if not why.strip():
        raise Refused(_("Write why it is cancelled. Everybody will read it."))
    meeting.cancelled_at, meeting.cancelled_why = at, why.strip()
    meeting.sequence += 1
    meeting.save(update_fields=["cancelled_at", "cancelled_why", "sequence"])
    _record_told("meeting.cancelled", meeting, at)
    inviting.tell(inviting.CANCELLED, meeting, at)


@transaction.atomic
def delete(*, actor: Any, meeting: Meeting, at: datetime) -> None:
    """Throw a plan away of which nobody was told. Raises Refused."""
    meeting = hold_meeting(meeting)
    require(rules.may_delete(actor, meeting, at))
    meeting.delete()


def _require_complete(meeting: Meeting) -> None:
    if lacking := queries.lacking(meeting):
        raise Refused(rules.still_missing(lacking))


def _record_told(event: str, meeting: Meeting, at: datetime, **more: object) -> None:
    """An act that names what people are told of the meeting."""
    record(
        event,
        meeting,
        at,
        [meeting],
        starts_at=meeting.starts_at.isoformat(),
        ends_at=meeting.ends_at.isoformat(),
        sequence=meeting.sequence,
        content=digest({name: getattr(meeting, name) for name in SAID}),
        **more,
    )


def record(
    event: str, meeting: Meeting, at: datetime, rows: Sequence[LoggedRow], **facts: object
) -> None:
    """An act about a meeting, for the log."""
    ledger.record(
        event,
        group=meeting.group,
        at=at,
        about=f"m/{meeting.number}",
        rows=rows,
        number=meeting.number,
        consultation=meeting.consultation.number,
        **facts,
    )
