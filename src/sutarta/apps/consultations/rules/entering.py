"""Who may enter what came another way, and tell people who have no e-mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Channel, Consultation, Stage
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording

ENTERED = (
    Channel.PAPER,
    Channel.PHONE,
    Channel.MEETING,
    Channel.EMAIL,
    Channel.WORKGROUP,
    Channel.SURVEY,
    Channel.ELSEWHERE,
)
NOT_ANNOUNCED = {Stage.PREPARING, Stage.ANNOUNCED}


def may_enter_here(actor: Any, group: Group, at: datetime) -> Verdict:
    """Moderators, whatever it is."""
    return has_role(actor, group, at, Role.MODERATOR)


def may_enter(
    actor: Any, consultation: Consultation, channel: str, received_at: datetime, at: datetime
) -> Verdict:
    """Moderators, from the opening on, even long after the close.

    received_at   when it came: this, not the moment of entering, decides what is late
    """
    if not (role := may_enter_here(actor, consultation.group, at)):
        return role
    if channel not in ENTERED:
        return Verdict(False, _("Choose how it came."))
    return may_have_come(consultation, received_at, at)


def may_have_come(consultation: Consultation, received_at: datetime, at: datetime) -> Verdict:
    """Whether something can have come then: since the opening, and not ahead of `at`."""
    if received_at > at:
        return Verdict(False, _("This time is still ahead. Write when it came."))
    if consultation.stage(at) in NOT_ANNOUNCED or received_at < consultation.opens_at:
        opened = {"when": wording.local_date_time(consultation.opens_at)}
        return Verdict(
            False,
            gettext("The consultation opens at %(when)s. Earlier than that nothing can have come.")
            % opened,
        )
    return ALLOWED


def may_tell(actor: Any, consultation: Consultation, at: datetime) -> Verdict:
    """Moderators, who also write the answers; undoing is the same right."""
    return may_enter_here(actor, consultation.group, at)
