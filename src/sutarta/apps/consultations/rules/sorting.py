"""Who keeps order at the desk: tags, notes, whose work it is, other places, bundles, undo."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Deed, Kind, Submission, Visibility
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.tenants.models import Group


def may_sort(actor: Any, group: Group, at: datetime) -> Verdict:
    """Editors and moderators, at any time: tags, notes and whose work it is bind nobody."""
    return has_role(actor, group, at, Role.EDITOR, Role.MODERATOR)


def may_decide(actor: Any, group: Group, at: datetime) -> Verdict:
    """Moderators: what the public sees, and which ones get one answer."""
    return has_role(actor, group, at, Role.MODERATOR)


def may_file(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Editors and moderators, what has words: the public sees it beside the other passage."""
    return may_sort(actor, submission.group, at) and _has_words(submission)


def may_bundle(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Moderators, who write the answers, until the answer is published; never questions."""
    if not (role := may_decide(actor, submission.group, at)):
        return role
    if submission.kind == Kind.QUESTION:
        return Verdict(False, _("A question gets an answer of its own."))
    return _has_words(submission) and _is_open(submission)


def may_leave_bundle(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Moderators, until the answer is published."""
    if not (role := may_decide(actor, submission.group, at)):
        return role
    if submission.bundle_id is None:
        return Verdict(False, _("It is in no group of similar ones."))
    return _is_open(submission)


def may_undo(actor: Any, deed: Deed, at: datetime) -> Verdict:
    """Whoever did it, once, and only what it changed and nobody has changed since."""
    if not (role := may_sort(actor, deed.group, at)):
        return role
    if deed.actor_id != actor.pk:
        return Verdict(False, _("Only the person who did it can undo it at once."))
    if deed.undone_at is not None:
        return Verdict(False, _("This has been undone already."))
    return ALLOWED


def _has_words(submission: Submission) -> Verdict:
    if submission.withdrawn_at is not None:
        return Verdict(False, _("The author has withdrawn this submission."))
    if submission.erased_at is not None:
        return Verdict(False, _("The words of this submission have been erased."))
    if submission.visibility == Visibility.SET_ASIDE:
        return Verdict(False, _("This submission is set aside as spam or abuse."))
    return ALLOWED


def _is_open(submission: Submission) -> Verdict:
    answer = getattr(submission, "answer", None)
    if answer is not None and answer.published_at is not None:
        return Verdict(False, _("The answer is published and stays as it is."))
    return ALLOWED
