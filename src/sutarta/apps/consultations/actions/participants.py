"""The list of those who came: typed in, taken off it, forgotten when its time ends."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import product
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import inviting
from sutarta.apps.consultations.actions.holding import hold_meeting
from sutarta.apps.consultations.models import Meeting, Participant, Sector
from sutarta.apps.consultations.rules import meetings as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.mail import actions as mail
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants.models import Group


@dataclass(frozen=True)
class Person:
    """One line of the list. sector: code of Sector; wants: codes of Want they ticked."""

    name: str = ""
    organisation: str = ""
    sector: str = Sector.RESIDENTS
    email: str = ""
    phone: str = ""
    wants: tuple[str, ...] = ()


@transaction.atomic
def add(*, actor: Any, meeting: Meeting, person: Person, at: datetime) -> Participant:
    """Put somebody on the list until a year after the meeting.

    Who agreed to no letters leaves no address. The same line twice is one. Raises Refused.
    """
    meeting = hold_meeting(meeting)
    require(rules.may_list(actor, meeting, at))
    if meeting.participants.count() >= rules.MOST_LISTED:
        raise Refused(_("The list is full. Check whether it is of one meeting."))
    facts = _kept(person)
    for known in meeting.participants.filter(name=person.name, email=facts["email"]):
        if all(getattr(known, name) == value for name, value in facts.items()):
            return known
    row = Participant.objects.create(
        group=meeting.group,
        meeting=meeting,
        consented_at=rules.spoken_at(meeting, at),
        ends_on=rules.list_ends_on(meeting),
        made_by=actor,
        **facts,
    )
    if meeting.is_minuted:
        inviting.tell_of_minutes(meeting, [row], at)
    return row


def _kept(person: Person) -> dict[str, Any]:
    facts = {**asdict(person), "email": person.email.lower(), "wants": sorted(person.wants)}
    return facts if person.wants else {**facts, "email": "", "phone": ""}


@transaction.atomic
def remove(*, actor: Any, participant: Participant, at: datetime) -> None:
    """Take one person off the list at once, with the letters to them. Raises Refused."""
    require(rules.may_take_off(actor, participant.group, at))
    rows = Participant.objects.filter(pk=participant.pk)
    _forget(rows, participant.group, at, rule="staff")


@transaction.atomic
def leave(*, participant: Participant, at: datetime) -> int:
    """Somebody takes themselves off every list of the group; returns of how many."""
    own = Q(email=participant.email) if participant.email else Q(pk=participant.pk)
    rows = Participant.objects.filter(own, group=participant.group)
    return _forget(rows, participant.group, at, rule="own")


def forget_over(at: datetime) -> int:
    """Remove everybody whose day has passed; returns how many."""
    return _forget_all(Participant.objects.filter(ends_on__lt=timezone.localdate(at)), at)


def forget_left(keys: Container[str], at: datetime) -> int:
    """Remove again who was taken off before a restore brought them back; returns how many."""
    found = [pk for pk in Participant.objects.values_list("pk", flat=True) if str(pk) in keys]
    return _forget_all(Participant.objects.filter(pk__in=found), at)


def _forget_all(over: QuerySet[Participant], at: datetime) -> int:
    groups = Group.objects.filter(pk__in=over.values("group")).order_by("pk")
    return sum(_forget(over.filter(group=group), group, at, rule="retention") for group in groups)


@transaction.atomic
def _forget(rows: QuerySet[Participant], group: Group, at: datetime, *, rule: str) -> int:
    """The letters of an address go with the last row that agreed to such letters.

    The log holds no count: a whole list ends on one day, and where few came the public is not
    told how many.
    """
    emails = set(rows.exclude(email="").values_list("email", flat=True))
    count, _rows = rows.delete()
    if not count:
        return 0
    kept = Participant.objects.filter(group=group, email__in=emails)
    wanted = {
        (email, want) for email, wants in kept.values_list("email", "wants") for want in wants
    }
    for email, want in sorted(set(product(emails, inviting.KINDS)) - wanted):
        mail.forget(group=group, to=email, kinds=inviting.KINDS[want])
    ledger.record("participants.forgotten", group=group, at=at, rule=rule)
    return count
