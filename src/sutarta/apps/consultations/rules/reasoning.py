"""Who may say why passages changed, and when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.strategies.models import Version


def may_explain(actor: Any, version: Version, at: datetime) -> Verdict:
    """Those who make versions and those who write answers, of a draft as of a published version.

    A published version keeps its words; why they changed may be said and corrected later.
    """
    if not (role := has_role(actor, version.group, at, Role.EDITOR, Role.MODERATOR)):
        return role
    if version.number == 1:
        return Verdict(False, _("The first version changed nothing."))
    return ALLOWED
