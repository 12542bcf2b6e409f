"""Erasures: what waits for a second person, what there is to erase, what was erased."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from sutarta.apps.consultations.models import Consultation, Erasure, ErasureScope, Submission
from sutarta.apps.consultations.queries import arrivals
from sutarta.apps.people import queries as people
from sutarta.apps.tenants.models import Group

CONTACT_FIELDS = ("author_name", "email", "phone", "post_address")


def waiting(submission: Submission) -> Erasure | None:
    """The request nobody has decided on; from rows fetched with the submission."""
    return next((row for row in submission.erasures.all() if row.decided_at is None), None)


def waiting_in(group: Group) -> QuerySet[Erasure]:
    """Requests of the group that wait for a second person, oldest first."""
    rows = Erasure.objects.filter(group=group, decided_at=None)
    return rows.select_related("submission", "asked_by").order_by("asked_at", "id")


def done(submission: Submission) -> QuerySet[Erasure]:
    """What was erased of it, oldest first."""
    return Erasure.objects.filter(submission=submission, carried_out=True).order_by("decided_at")


def carried_out() -> list[dict[str, Any]]:
    """Every erasure of the installation, without a word of anybody's: for a later restore."""
    rows = Erasure.objects.filter(carried_out=True).order_by("decided_at", "id")
    return list(rows.values("id", "submission", "scope", "asker", "asked_at", "decided_at"))


def may_decide(group: Group, asked_by: Any, at: datetime) -> int:
    """How many coordinators besides whoever asked (None for the author) could carry it out."""
    found = people.coordinators(group, at)
    return (found.exclude(pk=asked_by.pk) if asked_by else found).count()


def holds(submission: Submission, scope: str) -> bool:
    """Whether there is anything of that scope left to erase."""
    if scope == ErasureScope.CONTACT:
        is_named = any(getattr(submission, field) for field in CONTACT_FIELDS)
        return is_named or arrivals.erasable(submission).exists()
    if scope == ErasureScope.ATTACHMENTS:
        return submission.attachments.filter(removed_at=None).exists()
    return submission.erased_at is None


def tally(consultation: Consultation) -> dict[str, int]:
    """Scope -> how many erasures were carried out in a consultation, for its report."""
    rows = Erasure.objects.filter(submission__consultation=consultation, carried_out=True)
    asked = {scope: Count("id", filter=Q(scope=scope)) for scope in ErasureScope.values}
    return rows.aggregate(**asked)
