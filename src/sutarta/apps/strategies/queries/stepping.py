"""What comes after the consultations: who still decides on a strategy, and when."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from sutarta.apps.strategies.models import Step, StepKind, Strategy
from sutarta.apps.tenants.models import Group


def steps_of(strategy: Strategy) -> list[Step]:
    """The steps that staff said are needed, in the order of the path."""
    order = StepKind.values
    return sorted(Step.objects.filter(strategy=strategy), key=lambda step: order.index(step.kind))


def without_steps(group: Group) -> QuerySet[Strategy]:
    """Published strategies of which nobody has said yet who decides on them, oldest first."""
    public = Strategy.objects.filter(group=group, versions__published_at__isnull=False).distinct()
    named = Step.objects.filter(strategy=OuterRef("pk"))
    return public.filter(~Exists(named)).order_by("number")
