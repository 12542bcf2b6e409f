"""Who connects mailboxes: a mailbox holds more than letters to a consultation."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sutarta.apps.mail.models import Mailbox
from sutarta.apps.people.access import ALLOWED, Verdict, has_role
from sutarta.apps.tenants.models import Group


def may_keep_mailboxes(actor: Any, group: Group, at: datetime) -> Verdict:
    """Coordinators alone."""
    return has_role(actor, group, at)


def may_change(actor: Any, mailbox: Mailbox, at: datetime) -> Verdict:
    """Coordinators, while it is in use."""
    if not (role := may_keep_mailboxes(actor, mailbox.group, at)):
        return role
    if mailbox.ended_at is not None:
        return Verdict(False, _("This mailbox is not read any more."))
    return ALLOWED
