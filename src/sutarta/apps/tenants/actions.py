"""What changes groups and the installation's own small facts."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import connection, transaction

from sutarta.apps.tenants import gathering
from sutarta.apps.tenants.models import Counter, Group, Host, Pulse

NEXT_NUMBER = """
    UPDATE tenants_counter SET value = value + 1 WHERE group_id = %s AND name = %s RETURNING value
"""


@transaction.atomic
def found_group(*, hosts: list[str], at: datetime, **facts: object) -> Group:
    """Create a group reached under `hosts`, the first of them primary."""
    group = Group.objects.create(created_at=at, **facts)
    for place, name in enumerate(hosts):
        Host.objects.create(name=name.lower(), group=group, is_primary=place == 0)
    return group


class HostRefused(ValueError):
    """A host name cannot be used so; the text says why."""


@transaction.atomic
def add_host(*, group: Group, name: str) -> Host:
    """Let the group be reached under one more name. One that was retired is used again.

    Raises HostRefused when another group has it.
    """
    name = name.lower()
    if Host.objects.filter(name=name).exclude(group=group).exists():
        raise HostRefused(f"{name} belongs to another group here.")
    host, _is_new = Host.objects.update_or_create(
        name=name, defaults={"group": group, "retired_at": None}
    )
    return host


@transaction.atomic
def make_primary(host: Host) -> Host:
    """Print this name in letters and notices from now on. The former one stays in use."""
    Host.objects.filter(group_id=host.group_id, is_primary=True).update(is_primary=False)
    host.is_primary, host.retired_at = True, None
    host.save(update_fields=["is_primary", "retired_at"])
    return host


@transaction.atomic
def retire_host(host: Host, at: datetime) -> Host:
    """Have the name lead on to the primary one. Raises HostRefused for the primary one itself."""
    host.refresh_from_db()
    if host.is_primary:
        raise HostRefused(f"{host} is the main name: make another one the main one first.")
    host.retired_at = host.retired_at or at
    host.save(update_fields=["retired_at"])
    return host


@transaction.atomic(savepoint=False)
def take_number(group: Group, name: str) -> int:
    """The next number of a series of the group, from 1, without gaps after a rollback.

    Nobody else takes one of the series until the caller's transaction ends. While rows are
    gathered the database is asked for the first number and told the last one.
    """
    if not gathering.are_gathered():
        return _next_number(group, name)
    series = gathering.once(("series", group.pk, name), partial(_Series, group, name))
    return series.take()


class _Series:
    """Numbers taken one after the other by one transaction, which holds the series."""

    def __init__(self, group: Group, name: str) -> None:
        self._group, self._name = group, name
        self._noted = _next_number(group, name)
        self._last = self._noted - 1
        gathering.at_end(self._note)

    def take(self) -> int:
        self._last += 1
        return self._last

    def _note(self) -> None:
        if self._last > self._noted:
            its = Counter.objects.filter(group=self._group, name=self._name)
            its.update(value=self._last)


def _next_number(group: Group, name: str) -> int:
    its = [Group._meta.pk.get_db_prep_value(group.pk, connection), name]
    with connection.cursor() as cursor:  # for every submission: a queryset takes five times as long
        cursor.execute(NEXT_NUMBER, its)
        if not (found := cursor.fetchall()):
            hold_numbers(group, name)
            cursor.execute(NEXT_NUMBER, its)
            found = cursor.fetchall()
        return int(found[0][0])


def hold_numbers(group: Group, name: str) -> Counter:
    """Let nobody else take a number of the series until the caller's transaction ends."""
    Counter.objects.get_or_create(group=group, name=name)
    return Counter.objects.select_for_update().get(group=group, name=name)


def beat(name: str, at: datetime, note: str = "") -> None:
    """Note that a part of the installation is alive."""
    Pulse.objects.update_or_create(name=name, defaults={"at": at, "note": note[:300]})
