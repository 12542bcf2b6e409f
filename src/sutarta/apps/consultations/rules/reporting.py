"""Who may write and publish the closing report, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation, Report
from sutarta.apps.consultations.rules.desk import OVER
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role


def may_write_report(
    actor: Any, consultation: Consultation, report: Report | None, at: datetime
) -> Verdict:
    """Editors, from the close until the report is published."""
    if not (role := has_role(actor, consultation.group, at, Role.EDITOR)):
        return role
    if consultation.stage(at) not in OVER:
        return Verdict(False, _("The closing report is written after the consultation closes."))
    if report is not None and report.published_at is not None:
        return Verdict(False, _("The report is published and stays as it is."))
    return ALLOWED


def may_publish_report(
    actor: Any,
    consultation: Consultation,
    report: Report | None,
    missing: list[str],
    at: datetime,
) -> Verdict:
    """Whoever may write it, when nothing is missing: no proposal is left without an answer.

    missing   names of what is not there yet
    """
    if not (may := may_write_report(actor, consultation, report, at)):
        return may
    if missing:
        return Verdict(False, gettext("Still missing: %(what)s.") % {"what": "; ".join(missing)})
    return ALLOWED
