"""Noting whom staff told by letter, by telephone or under a comment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from sutarta.apps.consultations.models import Consultation, Submission, Telling
from sutarta.apps.consultations.rules import entering as rules
from sutarta.apps.people.access import require


@transaction.atomic
def tell(
    *,
    actor: Any,
    consultation: Consultation,
    submissions: Sequence[Submission],
    way: str,
    at: datetime,
) -> None:
    """Note that the author of these was told. A second time changes nothing, unless an answer was
    corrected meanwhile.

    Not in the public log: whom we called says who has no e-mail.
    """
    require(rules.may_tell(actor, consultation, at))
    for submission in submissions:
        row, is_new = Telling.objects.get_or_create(
            submission=submission,
            way=way,
            defaults={"group": submission.group, "actor": actor, "at": at},
        )
        if not is_new and submission.answer.corrections.filter(at__gt=row.at).exists():
            row.actor, row.at = actor, at
            row.save(update_fields=["actor", "at"])


@transaction.atomic
def untell(
    *,
    actor: Any,
    consultation: Consultation,
    submissions: Sequence[Submission],
    way: str,
    at: datetime,
) -> None:
    """Take the note back: it was a slip."""
    require(rules.may_tell(actor, consultation, at))
    Telling.objects.filter(submission__in=submissions, way=way).delete()
