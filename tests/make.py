"""One function per thing a test may need: dull defaults, keywords for what matters."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sutarta.apps.people.models import Membership, Role, User
from sutarta.apps.strategies.models import Strategy
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Group
from sutarta.core.documents import Block, Document, Kind, Span, identify

NOON = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)  # 12.00 in Vilnius
LAST_DAY = date(2026, 11, 30)
_count = itertools.count(1)


def group(**facts: Any) -> Group:
    """A group; its host is `host` or an invented one under .test."""
    n = next(_count)
    host = facts.pop("host", f"group{n}.test")
    defaults = {
        "name": f"Alksnių {n} miesto vietos veiklos grupė",
        "short_name": f"Alksnių {n} VVG",
        "municipality": "Alksnių miesto savivaldybė",
        "email": f"pasiulymai{n}@alksniai.example",
        "phone": "+370 600 00000",
        "address": "Liepų g. 7, Alksniai",
        "office_hours": "I–IV 9–16 val.",
    }
    return tenants.found_group(hosts=[host], at=NOON - timedelta(days=90), **{**defaults, **facts})


def user(**facts: Any) -> User:
    n = next(_count)
    return User.objects.create_user(**{"email": f"r{n}@alksniai.example", "name": "R M", **facts})


def member(*, of: Group, role: str = Role.COORDINATOR, **facts: Any) -> User:
    """A user who holds `role` in the group."""
    who = user(**facts)
    Membership.objects.create(
        group=of, user=who, role=role, starts_at=NOON - timedelta(days=60)
    )
    return who


def strategy(**facts: Any) -> Strategy:
    its_group = facts.pop("group", None) or group()
    defaults = {
        "number": tenants.take_number(its_group, "strategy"),
        "title": "Alksnių miesto 2023–2029 m. vietos plėtros strategija",
        "language": "lt",
        "created_at": NOON - timedelta(days=60),
    }
    return Strategy.objects.create(group=its_group, **{**defaults, **facts})


def block(text: str, kind: Kind = Kind.PARAGRAPH, **facts: Any) -> Block:
    return Block(kind, spans=(Span(text),), **facts)


def document(*texts: str, **facts: Any) -> Document:
    """A document with one heading and the given paragraphs, all with lineage ids."""
    texts = texts or (
        "Pagalba į namus teikiama kasdien, taip pat savaitgaliais.",
        "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę.",
    )
    heading = block("Ko žmonėms trūksta", Kind.HEADING, level=1, number="2.")
    return identify(Document((heading, *map(block, texts)), **facts), seed="test")


def now() -> datetime:
    """The real time, for journeys through middleware, which reads the clock."""
    return datetime.now(UTC)  # noqa: TID251
