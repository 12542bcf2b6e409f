"""One row asked for in SQL: for the questions that every request asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)


def one(model: type[M], words: str, values: Sequence[Any]) -> M | None:
    """The first row of the answer as a `model`, None without any.

    What the answer names besides the model's columns is set on it as it is; columns it does not
    name are deferred. `Manager.raw` does the same, and finds out anew each time how.
    """
    with connection.cursor() as cursor:
        cursor.execute(words, values)
        row = cursor.fetchone()
        if row is None:
            return None
        columns = tuple(column[0] for column in cursor.description)
    made: M = _reading(model, columns, connection.vendor).made(model, row)
    return made


@dataclass(frozen=True)
class _Reading:
    """How a row becomes a model.

    fields   attribute of each column of the model, in the model's own order, and its place
    more     the other names of the answer, and their places
    turned   places whose values are not yet Python's, and what makes them so
    """

    fields: tuple[tuple[str, int], ...]
    more: tuple[tuple[str, int], ...]
    turned: tuple[tuple[int, Any, tuple[Callable[..., Any], ...]], ...]

    def made(self, model: type[Model], row: Sequence[Any]) -> Any:
        values = list(row)
        for place, column, ways in self.turned:
            for way in ways:
                values[place] = way(values[place], column, connection)
        names = [name for name, _place in self.fields]
        found = model.from_db(connection.alias, names, [values[at] for _name, at in self.fields])
        for name, place in self.more:
            setattr(found, name, values[place])
        return found


@cache
def _reading(model: type[Model], columns: tuple[str, ...], vendor: str) -> _Reading:
    """`vendor` tells apart what each database gives back."""
    ours = {field.column: field for field in model._meta.concrete_fields}
    places = {name: at for at, name in enumerate(columns)}
    turned = []
    for name, place in places.items():
        if name in ours:
            column = ours[name].get_col(model._meta.db_table)
            ways = (
                *connection.ops.get_db_converters(column),
                *column.get_db_converters(connection),
            )
            turned += [(place, column, ways)] if ways else []
    return _Reading(
        tuple((field.attname, places[name]) for name, field in ours.items() if name in places),
        tuple((name, place) for name, place in places.items() if name not in ours),
        tuple(turned),
    )
