"""What residents may find: announced consultations, and what was said in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from sutarta.apps.consultations.models import (
    Consultation,
    Meeting,
    Stage,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import languages, receipts, supports
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.queries.versions import HEAVY
from sutarta.apps.tenants import asking
from sutarta.apps.tenants import queries as groups
from sutarta.apps.tenants.models import Group

HEAVY_VERSION = [f"version__{name}" for name in HEAVY]


def announced(group: Group) -> QuerySet[Consultation]:
    """Consultations that everybody may know of, with group, version, strategy and deadlines."""
    return with_deadlines().filter(group=group, announced_at__isnull=False)


# Asked for everything that is sent: a queryset takes three times as long to put together.
BARELY = """
    SELECT id, group_id, version_id, opens_at, announced_at, answered_at
    FROM consultations_consultation
    WHERE group_id = %s AND number = %s AND announced_at IS NOT NULL
"""


def barely(group: Group, number: int) -> Consultation | None:
    """An announced one with no more than it takes to tell whether one may speak there, and of what.

    None for a stranger's or a missing one.
    """
    key = Group._meta.pk.get_db_prep_value(group.pk, connection)
    found = asking.one(Consultation, BARELY, [key, number])
    if found is not None:
        found.group = group
    return found


def with_deadlines() -> QuerySet[Consultation]:
    """Consultations with what a page or a receipt says about them."""
    found = Consultation.objects.select_related("group", "strategy", "version__strategy")
    return found.defer(*HEAVY_VERSION).prefetch_related("deadlines")


def submissions(group: Group) -> QuerySet[Submission]:
    """Everything in the register, with what a page says about it; `.agreed` how many agree."""
    return (
        Submission.objects.filter(group=group)
        .select_related("group", "consultation__strategy", "version__strategy", "answer")
        .select_related("source", "ward")
        .prefetch_related("translations")
        .defer(*HEAVY_VERSION)
        .annotate(agreed=supports.agreed())
    )


def own(group: Group, secret: str) -> QuerySet[Submission]:
    """The one submission whose author knows `secret`."""
    found = submissions(group).filter(secret_digest=receipts.secret_digest(secret))
    return found.prefetch_related("consultation__deadlines", "former_texts")


def current(consultations: Iterable[Consultation], at: datetime) -> Consultation | None:
    """Of these, oldest first, the one to show first: open, else ahead, else the last one."""
    found = list(consultations)
    for stage in (Stage.OPEN, Stage.ANNOUNCED):
        for consultation in found:
            if consultation.stage(at) is stage:
                return consultation
    return found[-1] if found else None


def page_address(consultation: Consultation) -> str:
    """The whole address of its page, as letters and notices print it."""
    path = reverse("consultations:consultation", args=[consultation.number])
    return groups.address(consultation.group) + path


def next_change(consultations: Iterable[Consultation], at: datetime) -> datetime:
    """The next instant after `at` when a page reads differently though nothing was done.

    That is an opening, a closing, or the next midnight of the current time zone, for pages
    tell the days that are left.
    """
    local = timezone.localtime(at)
    midnight = datetime.combine(local.date() + timedelta(days=1), time.min, local.tzinfo)
    instants = [midnight]
    for consultation in consultations:
        instants += [consultation.opens_at, consultation.deadline.closes_at]
    return min(instant for instant in instants if instant > at)


def public_addresses(group: Group) -> list[str]:
    """Paths of every public page of the group that is worth finding, for the sitemap."""
    versions = Version.objects.filter(group=group, published_at__isnull=False)
    pairs = versions.order_by("strategy__number", "number").values_list(
        "strategy__number", "number"
    )
    consultations = announced(group).order_by("number").values_list("number", flat=True)
    reported = consultations.filter(report__published_at__isnull=False)
    held = Meeting.objects.filter(group=group, announced_at__isnull=False).order_by("number")
    met = [
        reverse("consultations:meeting", args=[n]) for n in held.values_list("number", flat=True)
    ]
    numbers = Submission.objects.filter(group=group).order_by("number")
    numbers = numbers.exclude(visibility=Visibility.SET_ASIDE)
    return [
        *(reverse("consultations:version", args=pair) for pair in pairs),
        *(reverse("consultations:consultation", args=[number]) for number in consultations),
        *(reverse("consultations:closing_report", args=[number]) for number in reported),
        *languages.addresses(group),
        *([reverse("consultations:meetings"), *met] if met else []),
        reverse("consultations:register"),
        *(
            reverse("consultations:submission", args=[number])
            for number in numbers.values_list("number", flat=True)
        ),
    ]
