"""Who may print forms, type in what came back, and put right what was typed in wrongly."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation, Submission, Visibility
from sutarta.apps.consultations.rules import entering
from sutarta.apps.people.access import ALLOWED, Verdict

MOST_PRINTED = 200  # sheets at once: 400 pages
MOST_ON_ONE = 30  # proposals of one sheet; more is a slip


def may_print(actor: Any, consultation: Consultation, at: datetime) -> Verdict:
    """Moderators, once there is something to speak about that people know of."""
    if not (role := entering.may_enter_here(actor, consultation.group, at)):
        return role
    if consultation.announced_at is None:
        return Verdict(False, _("This consultation has not been announced."))
    return ALLOWED


def may_retype(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Moderators, what staff wrote down, while nobody has checked it yet.

    What is covered or hidden is sealed, so it is not laid open here; what the public reads stays.
    Afterwards the words stand: who spoke may still correct them until the deadline.
    """
    role = entering.may_enter_here(actor, submission.group, at)
    return may_be_retyped(submission) if role else role


def may_be_retyped(submission: Submission) -> Verdict:
    """The same, whoever asks."""
    if submission.entered_by_id is None:
        return Verdict(False, _("Its author wrote this, so nobody else corrects it."))
    if submission.withdrawn_at is not None or submission.erased_at is not None:
        return Verdict(False, _("The words were taken back."))
    if submission.visibility != Visibility.CHECKING:
        return Verdict(False, _("It has been checked already, so the words stay as they are."))
    answer = getattr(submission, "answer", None)
    if answer is not None and answer.published_at is not None:
        return Verdict(False, _("It has been answered, so the words stay as they are."))
    return ALLOWED
