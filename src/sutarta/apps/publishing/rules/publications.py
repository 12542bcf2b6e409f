"""Who may record where a notice was seen, and which day it may have been seen on."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation, Deadline
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.publishing.models import Publication


def may_record(actor: Any, consultation: Consultation, at: datetime) -> Verdict:
    """Editors, once there is something a notice can lead to; then at any time, for proof turns up
    late.
    """
    if not (role := has_role(actor, consultation.group, at, Role.EDITOR)):
        return role
    if consultation.announced_at is None:
        return Verdict(False, _("Announce the consultation first: notices lead people to it."))
    return ALLOWED


def may_withdraw(actor: Any, publication: Publication, at: datetime) -> Verdict:
    """Editors, once."""
    if not (role := has_role(actor, publication.group, at, Role.EDITOR)):
        return role
    if publication.withdrawn_at is not None:
        return Verdict(False, _("This record has been withdrawn already."))
    return ALLOWED


def may_be_seen(day: date, announced: Deadline, others: int, at: datetime) -> Verdict:
    """Whether a notice of that deadline can have been seen on that day.

    announced   the deadline the notice names
    others      how many deadlines were announced before it: 0 when it is the first
    """
    zone = ZoneInfo(announced.zone)
    if day > at.astimezone(zone).date():
        return Verdict(False, _("That day has not come yet: record what was seen."))
    if others and day < announced.set_at.astimezone(zone).date():
        return Verdict(False, _("On that day this deadline was not set yet. Choose the other one."))
    return ALLOWED
