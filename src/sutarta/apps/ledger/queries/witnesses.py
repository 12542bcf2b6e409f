"""Who witnesses a group's log, and what each of them saw last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from sutarta.apps.ledger.models import Cosignature, Witness
from sutarta.apps.tenants.models import Group

SILENT_AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Standing:
    """A witness and the last checkpoint it signed.

    size, seen_at   None while it has signed nothing
    is_silent       it has not been heard of for a week
    """

    witness: Witness
    size: int | None
    seen_at: datetime | None
    is_silent: bool


def state(group: Group, at: datetime) -> list[Standing]:
    """The witnesses whose signatures are taken, in the order in which they were named."""
    rows = Witness.objects.filter(group=group, ended_at=None).order_by("added_at", "id")
    return [_standing(row, at) for row in _with_last(rows)]


def former(group: Group) -> list[Witness]:
    """Those who witnessed once, the last one first."""
    return list(Witness.objects.filter(group=group, ended_at__isnull=False).order_by("-ended_at"))


def _with_last(rows: QuerySet[Witness]) -> QuerySet[Witness]:
    """With `.size` and `.seen_at` of what each signed last."""
    last = Cosignature.objects.filter(witness=OuterRef("pk")).order_by("-signed_at", "-id")
    return rows.annotate(
        size=Subquery(last.values("checkpoint__size")[:1]),
        seen_at=Subquery(last.values("signed_at")[:1]),
    )


def _standing(row: Witness, at: datetime) -> Standing:
    heard_of = row.seen_at or row.added_at
    return Standing(row, row.size, row.seen_at, at - heard_of > SILENT_AFTER)
