"""Saying what comes after the consultations: which bodies decide, when, and what they decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.strategies import rules
from sutarta.apps.strategies.models import Step, StepKind, Strategy


@dataclass(frozen=True)
class Facts:
    """One step as staff tell it; fields as on models.Step."""

    planned_on: date | None = None
    done_on: date | None = None
    note: str = ""
    link: str = ""


@transaction.atomic
def set_steps(
    *,
    actor: Any,
    strategy: Strategy,
    steps: Mapping[str, Facts | None],
    today: date,
    at: datetime,
) -> list[str]:
    """Say which steps are needed and how they stand; returns the kinds that changed.

    steps   kind -> its facts, None for a step that is not needed; a kind left out stays
    today   the local day: nothing can have been done after it

    The log tells the days; a remark is read on the page alone. Saying the same again leaves no
    trace. Raises Refused when it may not be, or a step is said to be done on a day to come.
    """
    require(rules.may_set_steps(actor, strategy, at))
    if any(facts and facts.done_on and facts.done_on > today for facts in steps.values()):
        raise Refused(_("A step cannot have been made on a day that is still to come."))
    rows = Step.objects.select_for_update().filter(strategy=strategy)
    known = {row.kind: row for row in rows}
    return [
        kind
        for kind in StepKind.values
        if kind in steps and _set(actor, strategy, kind, known.get(kind), steps[kind], at)
    ]


def _set(
    actor: Any, strategy: Strategy, kind: str, row: Step | None, facts: Facts | None, at: datetime
) -> bool:
    """Add, change or take out one step; whether anything changed."""
    if facts == _facts(row):
        return False
    marks: dict[str, Sequence[Step]] = {}
    if facts is not None:
        made, _is_new = Step.objects.update_or_create(
            strategy=strategy,
            kind=kind,
            defaults={**asdict(facts), "group": strategy.group, "set_by": actor, "set_at": at},
        )
        marks["rows"] = [made]
    elif row is not None:
        marks["gone"] = [row]
        Step.objects.filter(pk=row.pk).delete()
    _record(strategy, kind, facts, at, marks)
    return True


def _facts(row: Step | None) -> Facts | None:
    return Facts(row.planned_on, row.done_on, row.note, row.link) if row else None


def _record(
    strategy: Strategy,
    kind: str,
    facts: Facts | None,
    at: datetime,
    marks: Mapping[str, Sequence[Step]],
) -> None:
    ledger.record(
        "strategy.step_set",
        group=strategy.group,
        at=at,
        about=f"s/{strategy.number}",
        strategy=strategy.number,
        kind=kind,
        needed=facts is not None,
        planned_on=facts.planned_on.isoformat() if facts and facts.planned_on else None,
        done_on=facts.done_on.isoformat() if facts and facts.done_on else None,
        **marks,
    )
