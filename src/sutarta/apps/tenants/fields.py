"""Stored JSON that says what it is, so that a later release can still read it."""

from __future__ import annotations

from typing import Any

from django.db import models


class UnknownSchema(ValueError):
    """Stored JSON of another kind or of a later edition: not to be guessed at."""


class SchemaJSONField(models.JSONField):
    """JSON kept as {"schema": ..., "value": ...}; the code sees the value alone.

    schema   name and edition, such as "sutarta.findings/1"; another one is not read
    """

    def __init__(self, *args: Any, schema: str, **kwargs: Any) -> None:
        self.schema = schema
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "schema": self.schema}

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return None if value is None else {"schema": self.schema, "value": value}

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        found = super().from_db_value(value, expression, connection)
        if found is None:
            return None
        if found.get("schema") != self.schema:
            raise UnknownSchema(f"{self.model._meta.label}.{self.name}: {found.get('schema')!r}")
        return found["value"]
