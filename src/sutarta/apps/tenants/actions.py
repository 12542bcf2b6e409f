"""What changes groups and the installation's own small facts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sutarta.apps.tenants.models import Counter, Group, Host, Pulse


@transaction.atomic
def found_group(*, hosts: list[str], at: datetime, **facts: object) -> Group:
    """Create a group reached under `hosts`, the first of them primary."""
    group = Group.objects.create(created_at=at, **facts)
    for place, name in enumerate(hosts):
        Host.objects.create(name=name.lower(), group=group, is_primary=place == 0)
    return group


@transaction.atomic
def take_number(group: Group, name: str) -> int:
    """The next number of a series of the group, from 1, without gaps after a rollback."""
    counter = hold_numbers(group, name)
    counter.value += 1
    counter.save(update_fields=["value"])
    return counter.value


def hold_numbers(group: Group, name: str) -> Counter:
    """Let nobody else take a number of the series until the caller's transaction ends."""
    Counter.objects.get_or_create(group=group, name=name)
    return Counter.objects.select_for_update().get(group=group, name=name)


def beat(name: str, at: datetime, note: str = "") -> None:
    """Note that a part of the installation is alive."""
    Pulse.objects.update_or_create(name=name, defaults={"at": at, "note": note[:300]})
