"""Who decides what a letter that came by mail is, and what may be done with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Arrival, Consultation, Submission, Tie
from sutarta.apps.consultations.rules import entering
from sutarta.apps.mail.models import RawState
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.tenants.models import Group


def may_sort(actor: Any, group: Group, at: datetime) -> Verdict:
    """Moderators, who also enter what came another way."""
    return has_role(actor, group, at, Role.MODERATOR)


def may_look(actor: Any, group: Group, at: datetime) -> Verdict:
    """Moderators and auditors: among letters that are not sorted yet are private ones."""
    return has_role(actor, group, at, Role.MODERATOR, Role.AUDITOR)


def may_take(actor: Any, arrival: Arrival, consultation: Consultation, at: datetime) -> Verdict:
    """Moderators, once; what came after the deadline is taken and marked like anything else."""
    if not (open_ := may_settle(actor, arrival, at)):
        return open_
    if arrival.letter.removed_at is not None:
        return REMOVED
    received_at = min(arrival.letter.received_at, arrival.letter.fetched_at)
    return entering.may_have_come(consultation, received_at, at)


def may_settle(actor: Any, arrival: Arrival, at: datetime) -> Verdict:
    """Moderators, unless it became a submission: what is in the register stays there."""
    if not (role := may_sort(actor, arrival.group, at)):
        return role
    if arrival.tie == Tie.BECAME:
        return Verdict(False, _("This letter is in the register and stays there."))
    return ALLOWED


def may_put_back(actor: Any, arrival: Arrival, at: datetime) -> Verdict:
    """Moderators, what was set aside, by a person or by the program."""
    if not (open_ := may_settle(actor, arrival, at)):
        return open_
    if arrival.letter.state != RawState.SET_ASIDE:
        return Verdict(False, _("This letter is not set aside."))
    return REMOVED if arrival.letter.removed_at is not None else ALLOWED


def may_open(actor: Any, arrival: Arrival, at: datetime) -> Verdict:
    """Moderators and auditors, while it is kept; that they did is written down."""
    role = has_role(actor, arrival.group, at, Role.MODERATOR, Role.AUDITOR)
    if role and arrival.letter.removed_at is not None:
        return REMOVED
    return role


def may_type_in(
    actor: Any, submission: Submission, arrival: Arrival | None, at: datetime
) -> Verdict:
    """Moderators, the words of a letter that no program could read, until they are answered.

    arrival   the letter it became from, if any
    """
    if not (role := may_sort(actor, submission.group, at)):
        return role
    if arrival is None or not arrival.unread:
        return Verdict(False, _("The words of this submission are its author’s own."))
    if submission.withdrawn_at is not None or submission.erased_at is not None:
        return Verdict(False, _("The words were taken back."))
    answer = getattr(submission, "answer", None)
    if answer is not None and answer.published_at is not None:
        return Verdict(False, _("The answer is published and stays as it is."))
    return ALLOWED


REMOVED = Verdict(False, _("The letter was removed: its time had ended."))
