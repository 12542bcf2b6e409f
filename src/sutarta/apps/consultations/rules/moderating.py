"""Who may open what is sealed, report a text, ask for a review, settle it, and erase."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import (
    Erasure,
    Moderation,
    Objection,
    ObjectionKind,
    Submission,
    Visibility,
)
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role

SEALED = {Visibility.REDACTED, Visibility.HIDDEN, Visibility.SET_ASIDE}
ERASED = Verdict(False, _("The words of this submission have been erased."))


def may_open(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Moderators and auditors, what is sealed; that they did is written down."""
    if not (role := has_role(actor, submission.group, at, Role.MODERATOR, Role.AUDITOR)):
        return role
    if submission.erased_at is not None:
        return ERASED
    if not submission.has_original:
        return Verdict(False, _("The original was removed a year after the answers."))
    if submission.visibility not in SEALED:
        return Verdict(False, _("This text is not sealed: the page shows it."))
    return ALLOWED


def may_report(submission: Submission) -> Verdict:
    """Anybody, what they can read: the text, or its official answer."""
    answer = getattr(submission, "answer", None)
    if submission.is_read or (answer is not None and answer.published_at is not None):
        return ALLOWED
    return Verdict(False, _("The public reads no text here, so there is nothing to report."))


def may_ask_review(
    submission: Submission, decision: Moderation | None, asked: Objection | None
) -> Verdict:
    """The author, once for each decision to cover, to hide or to set aside.

    decision   the last one on what the public sees
    asked      the last review they asked for
    """
    if submission.erased_at is not None:
        return ERASED
    if submission.withdrawn_at is not None:
        return Verdict(False, _("You have withdrawn this submission."))
    if not submission.has_original:
        return Verdict(False, _("The original was removed a year after the answers."))
    if submission.visibility not in SEALED or decision is None:
        return Verdict(False, _("Nothing of your text is covered or hidden now."))
    if asked is not None and asked.at >= decision.at:
        return Verdict(False, _("You have asked for a review of this decision already."))
    return ALLOWED


def may_settle(
    actor: Any, objection: Objection, decided_by: Any, others: int, at: datetime
) -> Verdict:
    """Moderators; a review is settled by somebody other than whoever decided.

    decided_by   who made the decision the author objects to
    others       how many other people of the group could settle it
    """
    if not (role := has_role(actor, objection.group, at, Role.MODERATOR)):
        return role
    if objection.settled_at is not None:
        return Verdict(False, _("This has been settled already."))
    if objection.kind == ObjectionKind.REVIEW and decided_by == actor and others:
        return Verdict(
            False, _("You made the decision the author objects to. Somebody else looks at it.")
        )
    return ALLOWED


def may_ask_erasure(
    actor: Any, submission: Submission, waiting: Erasure | None, at: datetime
) -> Verdict:
    """Moderators, one request at a time.

    waiting   a request nobody has decided on yet
    """
    if not (role := has_role(actor, submission.group, at, Role.MODERATOR)):
        return role
    if submission.erased_at is not None:
        return ERASED
    if waiting is not None:
        return Verdict(False, _("An erasure of this submission is waiting for a second person."))
    return ALLOWED


def may_ask_own_erasure(submission: Submission, waiting: Erasure | None) -> Verdict:
    """The author, at any time, one request at a time."""
    if submission.erased_at is not None:
        return ERASED
    if waiting is not None:
        return Verdict(False, _("A request to erase waits for a coordinator already."))
    return ALLOWED


def may_decide_erasure(actor: Any, erasure: Erasure, at: datetime) -> Verdict:
    """A coordinator who is not the one who asked: nobody erases alone."""
    if not (role := has_role(actor, erasure.group, at, Role.COORDINATOR)):
        return role
    if erasure.decided_at is not None:
        return Verdict(False, _("This erasure has been decided already."))
    if erasure.asked_by_id == actor.pk:
        return Verdict(False, _("You asked for it yourself. Another coordinator decides."))
    return ALLOWED


def may_decide_nothing(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Coordinators, where nothing waits any more: others learn that it is not their step."""
    return has_role(actor, submission.group, at, Role.COORDINATOR)
