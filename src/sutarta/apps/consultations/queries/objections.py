"""Reports of public texts and reviews authors ask for: what waits, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from sutarta.apps.consultations.models import (
    Erasure,
    Moderation,
    Objection,
    ObjectionKind,
    Submission,
    Visibility,
)
from sutarta.apps.people import queries as people
from sutarta.apps.people.models import Role
from sutarta.apps.tenants.models import Group

WAITING = Q(settled_at=None)


@dataclass(frozen=True)
class Told:
    """What the public is told of reports on one text. changed: of them, those that led to it."""

    reports: int
    settled: int
    changed: int


def of(group: Group, *, settled: bool) -> QuerySet[Objection]:
    """Those that wait, oldest first, or those settled, newest first; with what a row shows."""
    rows = Objection.objects.filter(group=group).select_related(
        "submission__version", "submission__consultation", "settled_by"
    )
    rows = rows.defer(
        *(f"submission__version__{name}" for name in ("content", "salts", "rendered"))
    )
    if settled:
        return rows.exclude(WAITING).order_by("-settled_at", "-id")
    return rows.filter(WAITING).order_by("at", "id")


def waiting(submission: Submission) -> list[Objection]:
    """Objections to one text that nobody has settled, oldest first; from rows fetched with it."""
    open_ones = [row for row in submission.objections.all() if row.settled_at is None]
    return sorted(open_ones, key=lambda row: (row.at, row.id))


def counts(group: Group) -> tuple[int, int]:
    """How many objections and erasures there ever were, and how many wait; in one query."""
    rows = Objection.objects.filter(group=group).values_list("settled_at")
    asked = Erasure.objects.filter(group=group).values_list("decided_at")
    ended = [at for (at,) in rows.union(asked, all=True)]
    return len(ended), ended.count(None)


def told(submission: Submission) -> Told:
    """Reports of one text in numbers, for its public page."""
    reports = submission.objections.filter(kind=ObjectionKind.REPORT)
    found = reports.aggregate(
        reports=Count("id"),
        settled=Count("id", filter=~WAITING),
        changed=Count("id", filter=Q(upheld=True)),
    )
    return Told(**found)


def last_decision(submission: Submission) -> Moderation | None:
    """The decision in force on what the public sees."""
    return submission.moderations.order_by("at", "id").last()


def last_review(submission: Submission) -> Objection | None:
    """The last review the author asked for."""
    reviews = submission.objections.filter(kind=ObjectionKind.REVIEW)
    return reviews.order_by("at", "id").last()


def decided_by(objection: Objection) -> Any:
    """Who made the decision that the author objects to; None when there was none."""
    rows = Moderation.objects.filter(submission=objection.submission_id, at__lte=objection.at)
    decision = rows.exclude(visibility=Visibility.CHECKING).order_by("at", "id").last()
    return decision.actor if decision else None


def decided_since(objection: Objection) -> bool:
    """Whether it was decided anew what the public sees, after the objection came."""
    return Moderation.objects.filter(
        submission=objection.submission_id, at__gt=objection.at
    ).exists()


def others(group: Group, who: Any, at: datetime) -> int:
    """How many other people of the group may settle an objection."""
    able = people.staff_of(group, at, Role.MODERATOR, Role.COORDINATOR)
    return able.exclude(pk=who.pk).count() if who is not None else able.count()
