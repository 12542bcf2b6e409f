"""Beginning an idea call: a consultation before there is a text."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from sutarta.apps.consultations.actions import running
from sutarta.apps.consultations.actions.running import Facts
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.rules import ideas as rules
from sutarta.apps.people.access import require
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies.models import Strategy
from sutarta.apps.tenants.models import Group
from sutarta.core import deadlines


@transaction.atomic
def begin(
    *,
    actor: Any,
    group: Group,
    strategy: Strategy | None,
    title: str = "",
    facts: Facts,
    deadline: deadlines.Deadline,
    at: datetime,
) -> Consultation:
    """Prepare an idea call with its first deadline; nobody outside the desk sees it yet.

    strategy   the one the ideas are for; None begins one that has `title` alone so far

    From here on it is announced, extended, answered and reported like every consultation.
    """
    require(rules.may_begin(actor, group, at))
    its = strategy or strategies.start_strategy(
        actor=actor, group=group, title=title, language=group.language, at=at
    )
    made = running.prepare_idea_call(actor=actor, strategy=its, facts=facts, at=at)
    running.set_deadline(actor=actor, consultation=made, deadline=deadline, at=at)
    return made
