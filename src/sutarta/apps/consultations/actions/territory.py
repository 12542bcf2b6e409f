"""Parts of the territory: added, renamed, ended, and their outlines taken from a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.rules import ideas as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Group, Ward
from sutarta.apps.tenants.territory import Rings

SERIES = "ward"
MOST = 300  # parts of one group, those that have ended too


@transaction.atomic
def add(*, actor: Any, group: Group, name: str, at: datetime) -> Ward:
    """One more part, without an outline. One that had ended is in use again."""
    require(rules.may_keep_territory(actor, group, at))
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Write the name of the part."))
    ward = Ward.objects.filter(group=group, name__iexact=name).first()
    if ward is not None and ward.ended_at is None:
        raise Refused(_("There is a part of this name already."))
    ward = _put(group, ward, name)
    _record(group, at, [ward])
    return ward


@transaction.atomic
def rename(*, actor: Any, ward: Ward, name: str, at: datetime) -> None:
    """Another name for the same part; what was told of it goes with it."""
    require(rules.may_keep_territory(actor, ward.group, at))
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Write the name of the part."))
    same = Ward.objects.filter(group=ward.group, name__iexact=name).exclude(pk=ward.pk)
    if same.exists():
        raise Refused(_("There is a part of this name already."))
    if name == ward.name:
        return
    ward.name = name
    ward.save(update_fields=["name"])
    _record(ward.group, at, [ward])


@transaction.atomic
def end(*, actor: Any, ward: Ward, ended: bool, at: datetime) -> None:
    """Offer it no more, or again. What was told of it stays, and stays on the map."""
    require(rules.may_keep_territory(actor, ward.group, at))
    if (ward.ended_at is not None) == ended:
        return
    ward.ended_at = at if ended else None
    ward.save(update_fields=["ended_at"])
    _record(ward.group, at, [ward])


@transaction.atomic
def draw(*, actor: Any, group: Group, outlines: Mapping[str, Rings], at: datetime) -> None:
    """Keep the outlines of a file by name: new names are new parts, others stay as they are."""
    require(rules.may_keep_territory(actor, group, at))
    known = {ward.name.lower(): ward for ward in Ward.objects.filter(group=group)}
    drawn = []
    for name, rings in outlines.items():
        ward = _put(group, known.get(name.lower()), name)
        ward.outline = [[list(point) for point in ring] for ring in rings]
        ward.save(update_fields=["outline"])
        drawn.append(ward)
    _record(group, at, drawn)


def _put(group: Group, ward: Ward | None, name: str) -> Ward:
    """A part in use: the one there is, or a new one with the next number."""
    if ward is None:
        if Ward.objects.filter(group=group).count() >= MOST:
            raise Refused(_("There are 300 parts already. Rename one instead."))
        number = tenants.take_number(group, SERIES)
        return Ward.objects.create(group=group, number=number, name=name)
    if ward.ended_at is not None:
        ward.ended_at = None
        ward.save(update_fields=["ended_at"])
    return ward


def _record(group: Group, at: datetime, changed: Sequence[Ward]) -> None:
    """Public pages show the parts, so they are made anew."""
    wards = Ward.objects.filter(group=group, ended_at=None).order_by("number")
    ledger.record(
        "territory.changed",
        group=group,
        at=at,
        rows=Ward.objects.filter(pk__in=[ward.pk for ward in changed]),
        parts=list(wards.values_list("name", flat=True)),
    )
