"""Who decides who works here, and how the group is set up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.people.models import Membership, Role
from sutarta.apps.tenants.models import Group


def may_see_settings(actor: Any, group: Group, at: datetime) -> Verdict:
    """Everybody on the staff sees who works here and how the group is set up."""
    return has_role(actor, group, at, Role.EDITOR, Role.MODERATOR, Role.AUDITOR)


def may_change_settings(actor: Any, group: Group, at: datetime) -> Verdict:
    """Coordinators alone."""
    return has_role(actor, group, at)


def may_end(actor: Any, membership: Membership, is_last: bool, at: datetime) -> Verdict:
    """Coordinators, of a role that counts now; somebody must stay who can let others in.

    is_last   whether nobody else is a coordinator at that moment
    """
    if not (role := may_change_settings(actor, membership.group, at)):
        return role
    if not membership.holds(at):
        return Verdict(False, _("This role has ended already."))
    if membership.role == Role.COORDINATOR and is_last:
        return Verdict(False, _("This is the last coordinator. Add another one first."))
    return ALLOWED
