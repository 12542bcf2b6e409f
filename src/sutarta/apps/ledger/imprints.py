"""The imprint of a row: a digest of its public facts, as it stands in the log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.db.models.enums import Choices

from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.tenants.models import Group, Host, Ward
from sutarta.core.canonical import digest, instant

# The floor below the log cannot name it; which of its fields are bound stands here.
BELOW: dict[type[Model], tuple[str, ...]] = {
    Group: tuple(field.name for field in Group._meta.concrete_fields if not field.primary_key),
    Host: ("group", "is_primary", "retired_at"),
    Ward: ("number", "name", "outline", "ended_at"),
}


def key(row: Model) -> str:
    """Names the row in the log: its table and its key."""
    return f"{row._meta.label_lower}/{row.pk}"


def covered(model: type[Model]) -> tuple[str, ...]:
    """Names of what the imprint of such a row covers."""
    return model.LOGGED if issubclass(model, LoggedRow) else BELOW[model]


def imprint(row: Model) -> str:
    """SHA-256 over the canonical bytes of the row's name and logged fields, 64 hex digits.

    Instants are written in UTC with microseconds, other rows by their keys, bytes in hex: a row
    read from any database gives the same imprint as before it was stored.
    """
    named = {field.name: field.attname for field in row._meta.concrete_fields}
    facts = {name: _plain(getattr(row, named.get(name, name))) for name in covered(type(row))}
    return digest({"row": key(row), "facts": facts})


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Choices):
        return value.value
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    return value
