"""Who says whose signatures under the log count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.ledger.models import Witness
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.tenants.models import Group


def may_name(actor: Any, group: Group, at: datetime) -> Verdict:
    """Coordinators alone."""
    return has_role(actor, group, at)


def may_end(actor: Any, witness: Witness, at: datetime) -> Verdict:
    """Coordinators, once."""
    if not (role := has_role(actor, witness.group, at)):
        return role
    if witness.ended_at is not None:
        return Verdict(False, _("This witness has been ended already."))
    return ALLOWED
