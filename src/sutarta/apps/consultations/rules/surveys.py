"""Who may take a sheet of answers into the register, and take all of it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation, SheetState, SurveySheet
from sutarta.apps.consultations.rules import entering
from sutarta.apps.people.access import ALLOWED, Verdict


def may_bring(actor: Any, consultation: Consultation, at: datetime) -> Verdict:
    """Moderators, from the opening on, as what comes another way is entered one by one."""
    if not (role := entering.may_enter_here(actor, consultation.group, at)):
        return role
    return entering.may_have_come(consultation, at, at)


def may_change(actor: Any, sheet: SurveySheet, at: datetime) -> Verdict:
    """The same, while nothing of it is in the register."""
    if not (role := entering.may_enter_here(actor, sheet.group, at)):
        return role
    if sheet.state != SheetState.LOOKED_AT:
        return Verdict(False, _("This sheet has been taken in already."))
    if not sheet.path:
        return Verdict(False, _("The sheet was kept for a week and is gone. Upload it again."))
    return ALLOWED


def may_undo(actor: Any, sheet: SurveySheet, at: datetime) -> Verdict:
    """Moderators, once all of it is in the register."""
    if not (role := entering.may_enter_here(actor, sheet.group, at)):
        return role
    if sheet.state == SheetState.TAKEN:
        return ALLOWED
    if sheet.state in {SheetState.UNDOING, SheetState.UNDONE}:
        return Verdict(False, _("This sheet has been taken back already."))
    return Verdict(False, _("Only a sheet that was taken in can be taken back."))


def may_give_up(actor: Any, sheet: SurveySheet, is_kept: bool, at: datetime) -> Verdict:
    """Moderators, for a sheet that cannot be finished: it waits for cells that are lost."""
    if not (role := entering.may_enter_here(actor, sheet.group, at)):
        return role
    if sheet.state != SheetState.TAKING or is_kept:
        return Verdict(False, _("This sheet goes on by itself."))
    return ALLOWED
