"""Who may begin an idea call, and who keeps the list of parts of the territory."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sutarta.apps.people.access import Verdict, has_role
from sutarta.apps.people.models import Role
from sutarta.apps.tenants.models import Group


def may_begin(actor: Any, group: Group, at: datetime) -> Verdict:
    """Editors, at any time: a strategy needs no words yet."""
    return has_role(actor, group, at, Role.EDITOR)


def may_keep_territory(actor: Any, group: Group, at: datetime) -> Verdict:
    """Editors: it is public, and every idea call offers it."""
    return has_role(actor, group, at, Role.EDITOR)
