"""The whole audit of a group: its log, its rows, and what all commitments open to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sutarta.apps.consultations.queries import openings as consultations
from sutarta.apps.ledger.queries import auditing
from sutarta.apps.ledger.queries.auditing import Audit
from sutarta.apps.strategies.queries import openings as strategies
from sutarta.apps.tenants.models import Group
from sutarta.apps.tenants.moments import one_moment


def look_through(
    group: Group,
    at: datetime,
    *,
    kept: Sequence[str] = (),
    tell: Callable[[str], object] = lambda step: None,
) -> Audit:
    """Everything `ledger.queries.auditing` looks at, files included. Changes nothing.

    All of it as of one moment: what is written meanwhile neither waits nor shows.

    kept   signed checkpoints that somebody else kept
    tell   hears what is looked at next
    """
    checks = (strategies.findings, consultations.findings)
    with one_moment():
        return auditing.look_through(group, at, openings=checks, kept=kept, tell=tell)
