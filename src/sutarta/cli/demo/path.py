"""What comes after the discussion of the invented town: who decides, and when."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.people.models import User
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies.actions.stepping import Facts
from sutarta.apps.strategies.models import StepKind
from sutarta.core.deadlines import public_holidays, working_day

# Days after the answers, and the remark beside the day.
AHEAD = {
    StepKind.GENERAL_MEETING: (4, "17.30 val., kultūros namai"),
    StepKind.REGIONAL_COUNCIL: (8, ""),
    StepKind.MINISTRY: (24, ""),
}


def say_what_comes_after(consultation: Consultation, actor: User, at: datetime) -> None:
    """Plan the steps after the day by which everybody is answered."""
    answered: date = consultation.answers_by
    strategies.set_steps(
        actor=actor,
        strategy=consultation.strategy,
        steps={
            kind: Facts(planned_on=_at_work(answered + timedelta(days=days)), note=note)
            for kind, (days, note) in AHEAD.items()
        },
        today=timezone.localdate(at),
        at=at,
    )


def _at_work(day: date) -> date:
    """That day, or the next one on which offices work."""
    while not working_day(day, public_holidays(day.year)):
        day += timedelta(days=1)
    return day
