"""The audit of every group, once a night; what it found stands until the next one."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from sutarta.apps.ledger.queries import audits
from sutarta.apps.publishing.queries import auditing
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Group
from sutarta.cli.auditing.sentences import say

HOUR = 3  # UTC: after the backup
TOLD = 20  # findings a night that go to the server's own log

log = logging.getLogger(__name__)


def audit_nightly(at: datetime) -> int:
    """Audit every group that was not audited since last night; returns how many that were."""
    due = [group for group in Group.objects.all() if _is_due(group, at)]
    for group in due:
        found = auditing.look_through(group, at).findings
        for finding in found[:TOLD]:
            log.error("audit of %s: %s", group, say(finding))
        tenants.beat(audits.pulse_name(group), at, str(len(found)) if found else "")
    return len(due)


def troubled() -> Iterator[Group]:
    """Groups whose last audit found something."""
    for group in Group.objects.all():
        if (last := audits.last(group)) and last.note:
            yield group


def _is_due(group: Group, at: datetime) -> bool:
    last = audits.last(group)
    tonight = at.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return last is None or last.at < (tonight if tonight <= at else tonight - timedelta(days=1))
