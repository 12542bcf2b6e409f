"""Who may speak, correct and withdraw, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import (
    OF_IDEA_CALLS,
    OF_VERSIONS,
    Channel,
    Consultation,
    Kind,
    Submission,
)
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role

LONGEST = 20_000  # characters of one field


def kinds(consultation: Consultation) -> tuple[str, ...]:
    """What can be said there: needs and ideas where there is no text yet; questions always."""
    return (*(OF_IDEA_CALLS if consultation.is_idea_call else OF_VERSIONS), Kind.QUESTION)


def may_submit(consultation: Consultation, at: datetime) -> Verdict:
    """Anybody, from the opening on. What comes after the deadline is taken and marked, too.

    at   the instant the words arrived
    """
    if consultation.announced_at is None:
        return Verdict(False, _("This consultation has not been announced."))
    if consultation.answered_at is None and at < consultation.opens_at:
        return Verdict(False, _("This consultation is not open yet."))
    return ALLOWED


def may_write_down(
    actor: Any, consultation: Consultation, channel: str, recorded_at: datetime
) -> Verdict:
    """Residents write on the website and by e-mail themselves; the rest is entered by staff."""
    if actor is None and channel in {Channel.WEB, Channel.EMAIL}:
        return ALLOWED
    if actor is None:
        return Verdict(False, _("Only staff of this group may enter what came another way."))
    return has_role(actor, consultation.group, recorded_at, Role.MODERATOR)


def may_correct(submission: Submission, at: datetime) -> Verdict:
    """The author, until the deadline. The deadline in force counts, extensions included."""
    if submission.withdrawn_why:
        return Verdict(False, _("The group has taken this back together with a whole survey."))
    if submission.withdrawn_at is not None:
        return Verdict(False, _("You have withdrawn this submission."))
    if submission.erased_at is not None:
        return Verdict(False, _("The words of this submission have been erased."))
    if at >= submission.consultation.deadline.closes_at:
        return Verdict(False, _("The deadline has passed, so the text stays as it is."))
    return ALLOWED


def may_withdraw(submission: Submission, at: datetime) -> Verdict:
    """The author, until the deadline, once."""
    if submission.withdrawn_why:
        return Verdict(False, _("The group has taken this back together with a whole survey."))
    if submission.withdrawn_at is not None:
        return Verdict(False, _("You have withdrawn this submission already."))
    if submission.erased_at is not None:
        return Verdict(False, _("The words of this submission have been erased."))
    if at >= submission.consultation.deadline.closes_at:
        return Verdict(False, _("The deadline has passed, so the submission stays."))
    return ALLOWED
