"""Opening what is sealed: never without a trace."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.models import Opening, Submission
from sutarta.apps.consultations.rules import moderating as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require


@transaction.atomic
def open_original(*, actor: Any, submission: Submission, reason: str, at: datetime) -> Opening:
    """Write down who opens the original, when and what for; then it may be shown, once.

    Raises Refused for what is not sealed, and without a reason.
    """
    require(rules.may_open(actor, submission, at))
    if not reason.strip():
        raise Refused(_("Write why you open it."))
    row = Opening.objects.create(
        group=submission.group,
        submission=submission,
        reason=reason.strip()[:300],
        actor=actor,
        at=at,
    )
    ledger.record(
        "original.opened",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[row],
        number=submission.number,
    )
    return row
