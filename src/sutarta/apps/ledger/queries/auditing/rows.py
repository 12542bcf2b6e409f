"""Whether every row is as the log last said of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from sutarta.apps.ledger import imprints
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.ledger.queries.auditing.book import Book
from sutarta.apps.ledger.queries.auditing.findings import Act, Finding
from sutarta.apps.tenants.models import Group


def kinds() -> list[type[Model]]:
    """Every kind of row of which the log speaks."""
    logged = [model for model in apps.get_models() if issubclass(model, LoggedRow)]
    return [*imprints.BELOW, *logged]


def findings(group: Group, book: Book) -> Iterator[Finding]:
    """Rows that changed, are missing, came back or were put in by hand."""
    waiting = dict(book.marks)
    for model in kinds():
        for row in _rows(model, group):
            key = imprints.key(row)
            said = waiting.pop(key, None)
            if said is None:
                continue
            imprint, act = said
            if imprint is None:
                yield Finding("row.back", key, _since(act))
            elif imprints.imprint(row) != imprint:
                yield Finding("row.changed", key, _since(act))
        yield from _by_hand(model, group, book)
    for key, (imprint, act) in waiting.items():
        if imprint is not None:
            yield Finding("row.missing", key, _since(act))


def _rows(model: type[Model], group: Group) -> Iterator[Model]:
    fields = {field.name for field in model._meta.concrete_fields}
    names = imprints.covered(model)
    rows = _of(model, group)
    light = rows.only(*names) if fields.issuperset(names) else rows
    return light.iterator(2_000)


def _of(model: type[Model], group: Group) -> QuerySet[Any]:
    its = Q(pk=group.pk) if model is Group else Q(group=group)
    return model._default_manager.filter(its)


def _by_hand(model: type[Model], group: Group, book: Book) -> Iterator[Finding]:
    """Rows the log should speak of and has never heard of."""
    due = model.LOGGED_IF if issubclass(model, LoggedRow) else Q()
    named = model._meta.label_lower
    for pk in _of(model, group).filter(due).values_list("pk", flat=True).iterator(2_000):
        if (key := f"{named}/{pk}") not in book.marks:
            yield Finding("row.unknown", key)


def _since(act: Act) -> Mapping[str, Any]:
    return {"event": act.event, "at": act.at, "about": act.about, "digest": act.digest}
