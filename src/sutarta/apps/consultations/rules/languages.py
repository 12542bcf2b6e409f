"""Who may say things in other words: renditions, words of the form, translations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation, Submission
from sutarta.apps.consultations.rules.moderating import ERASED
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.tenants.models import Group


def may_render(actor: Any, consultation: Consultation, at: datetime) -> Verdict:
    """Editors, at any time: saying the same more plainly moves nothing."""
    return has_role(actor, consultation.group, at, Role.EDITOR)


def may_word_form(actor: Any, group: Group, at: datetime) -> Verdict:
    """Coordinators: these words stand for the group on every form."""
    return has_role(actor, group, at)


def may_translate(actor: Any, submission: Submission, at: datetime) -> Verdict:
    """Editors and moderators, what the public reads: nothing else is translated."""
    if not (role := has_role(actor, submission.group, at, Role.EDITOR, Role.MODERATOR)):
        return role
    if submission.erased_at is not None:
        return ERASED
    if submission.withdrawn_at is not None:
        return Verdict(False, _("The author has withdrawn this submission."))
    if not submission.is_read:
        return Verdict(
            False, _("The public text is what gets translated: decide first what the public sees.")
        )
    return ALLOWED
