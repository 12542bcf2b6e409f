"""Erasing again after a restore: a backup made before an erasure still holds what was erased."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from sutarta.apps.consultations.actions import erasing
from sutarta.apps.consultations.actions.holding import hold_submission
from sutarta.apps.consultations.models import Erasure, Submission

GROUND = "—"  # the words of the ground are not kept outside the database


def replay(rows: Iterable[Mapping[str, Any]], at: datetime) -> int:
    """Carry out every erasure of `queries.erasing.carried_out` that this database lacks.

    Returns how many. One whose submission is not there has nothing to erase. May be repeated.
    """
    return sum(_again(row, at) for row in rows)


@transaction.atomic
def _again(row: Mapping[str, Any], at: datetime) -> bool:
    if Erasure.objects.filter(pk=row["id"], carried_out=True).exists():
        return False
    submission = Submission.objects.select_related("group").filter(pk=row["submission"]).first()
    if submission is None:
        return False
    facts = {
        "group": submission.group,
        "submission": submission,
        "scope": row["scope"],
        "asker": row["asker"],
        "asked_at": row["asked_at"],
        "decided_at": row["decided_at"],
        "carried_out": True,
    }
    erasure, _is_new = Erasure.objects.update_or_create(
        pk=row["id"], defaults=facts, create_defaults={**facts, "ground": GROUND}
    )
    erasing.erase_as_decided(erasure, hold_submission(submission), at)
    return True
