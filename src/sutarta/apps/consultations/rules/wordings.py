"""Who may take answered proposals along into Word, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.people.access import ALLOWED, Verdict
from sutarta.apps.strategies import rules as strategies
from sutarta.apps.strategies.models import Version


def may_take_along(actor: Any, version: Version, answered: int, at: datetime) -> Verdict:
    """Whoever on the staff reads drafts: the file holds what its author left in the margins.

    answered   proposals with a published answer that would stand in the file
    """
    if not (role := strategies.may_read(actor, version.group, at)):
        return role
    if not answered:
        return Verdict(False, _("No answer about this strategy has been published yet."))
    return ALLOWED
