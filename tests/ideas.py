"""Idea calls for tests: parts of a territory, a running call, needs and ideas told in it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sutarta.apps.consultations.models import Consultation, Kind, Submission, Visibility
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Group, Ward
from tests import make

SQUARE = [[24.0, 55.0], [24.2, 55.0], [24.2, 55.1], [24.0, 55.1]]


def ward(of: Group, name: str = "Senamiestis", **facts: Any) -> Ward:
    number = tenants.take_number(of, "ward")
    east = number / 4
    outline = facts.pop("outline", [[[x + east, y] for x, y in SQUARE]])
    return Ward.objects.create(group=of, number=number, name=name, outline=outline, **facts)


def call(**facts: Any) -> Consultation:
    """An idea call, open right now; `strategy` has no version unless it brings one."""
    now = make.now()
    strategy = facts.pop("strategy", None) or make.strategy(group=facts.pop("group", None))
    defaults = {
        "title": "Ko reikia mūsų miestui?",
        "opens_at": now - timedelta(days=1),
        "announced_at": now - timedelta(days=1),
        "last_day": (now + timedelta(days=8)).date(),
    }
    return make.consultation(strategy=strategy, **{**defaults, **facts})


def idea(its: Consultation, **facts: Any) -> Submission:
    """An idea that everybody reads, unless told otherwise."""
    defaults = {
        "kind": Kind.IDEA,
        "body": "Pastatykite suolelį prie poliklinikos.",
        "visibility": Visibility.PUBLIC,
        "at": make.now(),
    }
    where = facts.pop("ward", None)
    told = {**defaults, **facts, "ward": str(where.pk) if where else ""}
    made = make.submission(consultation=its, **told)
    if made.is_read:
        made.public_place = made.place
        made.save()
    return made
