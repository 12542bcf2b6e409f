"""Changing rows as somebody with the database open before them would: past every action."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import BooleanField, Field, ForeignKey, Model
from uuid6 import uuid7

DERIVED = {"page_digest": "rendered"}  # property -> the field it is made of


class _Over(Exception):
    """Ends an attack: everything is as before it."""


@contextmanager
def attack() -> Iterator[None]:
    """What is done within is undone at its end."""
    try:
        with transaction.atomic():
            yield
            raise _Over
    except _Over:
        pass


def change(row: Model, name: str) -> bool:
    """Write another value into one field; False where the database refuses every other one."""
    field = row._meta.get_field(DERIVED.get(name, name))
    for value in _others(row, field):
        try:
            with transaction.atomic():
                found = type(row)._base_manager.filter(pk=row.pk)
                return bool(found.update(**{field.attname: value}))
        except IntegrityError:
            continue
    return False


def delete(row: Model) -> None:
    """Remove the row and nothing else."""
    table, key = row._meta.db_table, row._meta.pk
    with connection.cursor() as cursor:
        value = key.get_db_prep_value(row.pk, connection)
        cursor.execute(f'DELETE FROM "{table}" WHERE "{key.column}" = %s', [value])


def insert_another(row: Model) -> Model | None:
    """A row like it, put in by hand: with another key, and other values where they must differ.

    None where the database has no room for a second one.
    """
    made = type(row)._base_manager.get(pk=row.pk)
    made.pk = uuid7() if isinstance(row.pk, UUID) else f"other-{row.pk}"
    if _is_put_in(made):
        return made
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name == "group":
            continue
        for value in _others(row, field):
            setattr(made, field.attname, value)
            if _is_put_in(made):
                return made
    return None


def _is_put_in(made: Model) -> bool:
    try:
        with transaction.atomic():
            type(made)._base_manager.bulk_create([made])
    except IntegrityError:
        return False
    return True


def _others(row: Model, field: Field[Any, Any]) -> Iterator[Any]:
    now = getattr(row, field.attname)
    if isinstance(field, ForeignKey):
        yield from _other_rows(field, now)
    elif isinstance(field, BooleanField) or isinstance(now, bool):
        yield not now
    elif isinstance(now, str):
        yield from _words(now, field)
    elif now is None:
        yield from _first(field)
    else:
        yield from _near(now)


def _other_rows(field: ForeignKey[Any, Any], now: Any) -> Iterator[Any]:
    rows = field.related_model._base_manager.exclude(pk=now)
    yield from rows.values_list("pk", flat=True)[:3]
    if field.null and now is not None:
        yield None


def _near(now: Any) -> Iterator[Any]:
    for kind, other in (
        (int, lambda: now + 1000),
        (datetime, lambda: now + timedelta(hours=1)),
        (date, lambda: now + timedelta(days=1)),
        (list, lambda: [*now, "x"]),
        (dict, lambda: {**now, "x": "x"}),
        ((bytes, memoryview), lambda: bytes(now) + b"x"),
    ):
        if isinstance(now, kind):
            yield other()
            return


def _words(now: str, field: Field[Any, Any]) -> Iterator[str]:
    if field.choices:
        yield from (code for code, _label in field.choices if code != now)
    else:
        yield (now[1:] if len(now) == field.max_length else now) + "x"


def _first(field: Field[Any, Any]) -> Iterator[Any]:
    """A value where there is none."""
    kind = field.get_internal_type()
    if kind == "DateTimeField":
        yield datetime.fromisoformat("2026-11-22T09:00:00+00:00")
    elif kind == "DateField":
        yield date(2026, 11, 22)
    elif kind.endswith("IntegerField"):
        yield 7
