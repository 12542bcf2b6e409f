"""Who may hand over files, take them back and let the public open them, and when."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Attachment, Submission
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.tenants.models import Group

MOST = 5  # files of one submission
TOGETHER = timedelta(minutes=15)  # what comes so soon after the words belongs to them


def may_attach(actor: Any, submission: Submission, held: int, at: datetime) -> Verdict:
    """The author with the words, late ones too, and until the deadline; moderators for them.

    actor   the member of staff; None for the author
    held    how many files the submission has
    """
    if actor is not None and not (role := has_role(actor, submission.group, at, Role.MODERATOR)):
        return role
    if submission.withdrawn_at is not None or submission.erased_at is not None:
        return Verdict(False, _("The words were taken back, so no files are added to them."))
    if actor is None and not _in_time(submission, at):
        return Verdict(False, _("The deadline has passed, so the files stay as they are."))
    if held >= MOST:
        return Verdict(False, _("A submission holds at most five files."))
    return ALLOWED


def may_take_back(submission: Submission, at: datetime) -> Verdict:
    """The author, until the deadline."""
    if at >= submission.consultation.deadline.closes_at:
        return Verdict(False, _("The deadline has passed, so the files stay as they are."))
    return ALLOWED


def may_look_through(actor: Any, group: Group, at: datetime) -> Verdict:
    """Moderators decide which files the public opens; at any time."""
    return has_role(actor, group, at, Role.MODERATOR)


def may_approve(actor: Any, attachment: Attachment, at: datetime) -> Verdict:
    """Moderators, once the file is there and scanned for harm."""
    if not (role := may_look_through(actor, attachment.group, at)):
        return role
    if attachment.removed_at is not None:
        return Verdict(False, _("This file was removed."))
    if attachment.is_unscanned:
        return Verdict(False, _("This file has not been checked for viruses yet."))
    return ALLOWED


def _in_time(submission: Submission, at: datetime) -> bool:
    together = at <= submission.received_at + TOGETHER
    return together or at < submission.consultation.deadline.closes_at
