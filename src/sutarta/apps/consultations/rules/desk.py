"""Who at the desk may do what with consultations and submissions, and when.

Coordinators may do everything. Editors run consultations and versions, moderators moderate and
write answers, auditors read. The role is looked at first: a stranger learns nothing of the rest.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import (
    Consultation,
    Kind,
    Stage,
    Submission,
    Visibility,
)
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.strategies.models import Version

OVER = {Stage.CLOSED, Stage.ANSWERED}
STAYS_DRAFT = _(
    "People are speaking about the published version now. "
    "The new one stays a private draft until the consultation closes."
)


def may_prepare(actor: Any, version: Version, at: datetime) -> Verdict:
    """Editors, on a version that everybody can read."""
    if not (role := has_role(actor, version.group, at, Role.EDITOR)):
        return role
    if not version.is_published:
        return Verdict(False, _("Publish the version first: people speak about published words."))
    return ALLOWED


def may_edit(actor: Any, consultation: Consultation, at: datetime) -> Verdict:
    """Editors, until the deadline; what is announced may be explained better, not moved."""
    if not (role := has_role(actor, consultation.group, at, Role.EDITOR)):
        return role
    if consultation.stage(at) in OVER:
        return Verdict(False, _("This consultation is over, so its words stay as they are."))
    return ALLOWED


def may_set_deadline(actor: Any, consultation: Consultation, at: datetime) -> Verdict:
    """Editors, before the close. Whether it is an extension is for core.deadlines to say."""
    if not (role := has_role(actor, consultation.group, at, Role.EDITOR)):
        return role
    if consultation.stage(at) in OVER:
        return Verdict(
            False, _("The deadline has passed and cannot be moved. Open a new round instead.")
        )
    return ALLOWED


def may_announce(
    actor: Any, consultation: Consultation, missing: list[str], at: datetime
) -> Verdict:
    """Editors, once, when nothing is missing.

    missing   names of what is not there yet
    """
    if not (role := has_role(actor, consultation.group, at, Role.EDITOR)):
        return role
    if consultation.announced_at is not None:
        return Verdict(False, _("This consultation has been announced already."))
    return _nothing(missing)


def may_moderate(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Moderators, at any time: a person's data may have to be covered years later."""
    if not (role := has_role(actor, submission.group, at, Role.MODERATOR)):
        return role
    if submission.erased_at is not None:
        return Verdict(False, _("The words of this submission have been erased."))
    return ALLOWED


def may_explain_late(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Moderators, of what came after the deadline."""
    if not (role := has_role(actor, submission.group, at, Role.MODERATOR)):
        return role
    if not submission.is_late:
        return Verdict(False, _("This submission came in time."))
    return ALLOWED


def may_draft_answer(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Moderators, until the answer is published. Questions are answered at once instead."""
    if not (role := has_role(actor, submission.group, at, Role.MODERATOR)):
        return role
    if submission.kind == Kind.QUESTION:
        return Verdict(False, _("A question is answered and published at once."))
    return _still_answerable(submission)


def may_answer_question(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Moderators, once the public text of the question is settled."""
    if not (role := has_role(actor, submission.group, at, Role.MODERATOR)):
        return role
    if submission.kind != Kind.QUESTION:
        return Verdict(False, _("Only questions are answered one by one."))
    if submission.visibility == Visibility.CHECKING:
        return Verdict(False, _("First decide what the public sees of this question."))
    return _still_answerable(submission)


def may_publish_answers(
    actor: Any, consultation: Consultation, missing: list[str], at: datetime
) -> Verdict:
    """Editors, after the close, when every proposal has its answer.

    missing   names of what is not there yet
    """
    if not (role := has_role(actor, consultation.group, at, Role.EDITOR)):
        return role
    if consultation.stage(at) not in OVER:
        return Verdict(False, _("Answers are published together after the consultation closes."))
    return _nothing(missing)


def may_publish_next(
    actor: Any, version: Version, running: Consultation | None, undecided: int, at: datetime
) -> Verdict:
    """Editors, while no consultation on the strategy runs and every passage is decided.

    running     a consultation announced and not yet closed
    undecided   doubtful passages under which somebody has spoken
    """
    if not (role := has_role(actor, version.group, at, Role.EDITOR)):
        return role
    if version.is_published:
        return Verdict(False, _("This version is published already."))
    if running is not None:
        return Verdict(False, STAYS_DRAFT)
    if undecided:
        return Verdict(
            False, _("People have spoken about passages whose place is not decided yet.")
        )
    return ALLOWED


def _nothing(missing: list[str]) -> Verdict:
    if missing:
        return Verdict(False, gettext("Still missing: %(what)s.") % {"what": "; ".join(missing)})
    return ALLOWED


def _still_answerable(submission: Submission) -> Verdict:
    if submission.withdrawn_at is not None:
        return Verdict(False, _("The author has withdrawn this submission."))
    if submission.erased_at is not None:
        return Verdict(False, _("The words of this submission have been erased."))
    if submission.visibility == Visibility.SET_ASIDE:
        return Verdict(False, _("This submission is set aside. Take it back before you answer."))
    answer = getattr(submission, "answer", None)
    if answer is not None and answer.published_at is not None:
        return Verdict(False, _("The answer is published and stays as it is."))
    return ALLOWED
