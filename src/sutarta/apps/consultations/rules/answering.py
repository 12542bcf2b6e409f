"""Who may approve, correct and keep ready what the office answers, and when.

Writing and publishing answers stand in rules.desk. The role is looked at first.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Answer, Consultation, Kind, Submission
from sutarta.apps.consultations.rules.desk import OVER
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.tenants.models import Group

PUBLISHED = _("The answer is published and stays as it is.")


def may_keep_texts(actor: Any, group: Group, at: datetime) -> Verdict:
    """Moderators, who write the answers."""
    return has_role(actor, group, at, Role.MODERATOR)


def may_look_at_approvals(actor: Any, group: Group, at: datetime) -> Verdict:
    """Editors and moderators, where the group wants four eyes."""
    if not (role := has_role(actor, group, at, Role.EDITOR, Role.MODERATOR)):
        return role
    if not group.four_eyes:
        return Verdict(False, _("This group does not ask a second person to approve answers."))
    return ALLOWED


def may_approve(actor: Any, answer: Answer, at: datetime) -> Verdict:
    """Editors and moderators, of a ready answer that somebody else wrote."""
    if not (role := may_look_at_approvals(actor, answer.group, at)):
        return role
    if answer.published_at is not None:
        return Verdict(False, PUBLISHED)
    if not answer.is_ready:
        return Verdict(False, _("This answer is not marked ready yet."))
    if answer.approved_at is not None:
        return Verdict(False, _("This answer is approved already."))
    if answer.written_by_id == actor.pk:
        return Verdict(False, _("You wrote this answer: somebody else approves it."))
    return ALLOWED


def may_take_back_approval(actor: Any, answer: Answer, at: datetime) -> Verdict:
    """Editors and moderators, until the answer is published."""
    if not (role := may_look_at_approvals(actor, answer.group, at)):
        return role
    if answer.published_at is not None:
        return Verdict(False, PUBLISHED)
    if answer.approved_at is None:
        return Verdict(False, _("This answer is not approved."))
    return ALLOWED


def may_record_board(
    actor: Any, consultation: Consultation, proposals: int, ready: int, at: datetime
) -> Verdict:
    """Editors, where the board decides, once every answer is ready.

    proposals, ready   how many need an answer, and how many have one that is ready
    """
    if not (role := has_role(actor, consultation.group, at, Role.EDITOR)):
        return role
    if not consultation.group.board_approves:
        return Verdict(False, _("In this group the board does not approve answers."))
    if consultation.stage(at) not in OVER:
        return Verdict(False, _("Answers are approved after the consultation closes."))
    if not proposals or ready < proposals:
        return Verdict(False, _("The board approves all answers together, once all are ready."))
    return ALLOWED


def was_then(decided_on: date, today: date) -> Verdict:
    """A decision is written down after it was made."""
    if decided_on > today:
        return Verdict(False, _("The day of the meeting is still to come."))
    return ALLOWED


def may_correct_answer(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Editors, of a published answer; moderators, of that to a question.

    Where a second person or the board approves answers, only coordinators correct them.
    """
    group = submission.group
    roles = [Role.MODERATOR] if submission.kind == Kind.QUESTION else []
    if not (group.four_eyes or group.board_approves):
        roles.append(Role.EDITOR)
    if not (role := has_role(actor, group, at, *roles)):
        return role
    answer = getattr(submission, "answer", None)
    if answer is None or answer.published_at is None:
        return Verdict(False, _("This answer is not published yet: rewrite it."))
    return ALLOWED
