"""Who may write the notice, and when it may be taken out into the world."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Consultation, Stage
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.publishing.checking import Finding, refusals


def may_write(actor: Any, consultation: Consultation, at: datetime) -> Verdict:
    """Editors, until the deadline: a notice is prepared before the announcement as well."""
    if not (role := has_role(actor, consultation.group, at, Role.EDITOR)):
        return role
    if consultation.stage(at) in {Stage.CLOSED, Stage.ANSWERED}:
        return Verdict(False, _("The deadline has passed, so the notice stays as it was."))
    return ALLOWED


def may_take(findings: Sequence[Finding]) -> Verdict:
    """Texts and files are given out when nothing stops the notice; everybody at the desk may."""
    if reasons := [finding.sentence for finding in refusals(list(findings))]:
        return Verdict(
            False, gettext("The notice is not given out yet. %(why)s") % {"why": " ".join(reasons)}
        )
    return ALLOWED
