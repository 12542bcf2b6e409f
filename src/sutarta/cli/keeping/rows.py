"""The rows of an installation: counted, written out and read in, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.core.management import call_command
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from sutarta.apps.tenants.moments import one_moment

# Made again by `migrate`, or worth nothing after a move.
LEFT_OUT = {"contenttypes.ContentType", "auth.Permission", "sessions.Session"}


class Exact(DjangoJSONEncoder):
    """Instants to the microsecond: fingerprints are made over them."""

    def default(self, value: object) -> object:
        return value.isoformat() if isinstance(value, datetime) else super().default(value)


def counts() -> dict[str, int]:
    """Rows by table, sessions left out: they come and go by themselves."""
    tables = sorted(set(connection.introspection.table_names()) - {"django_session"})
    with connection.cursor() as cursor:
        return {table: _count(cursor, table) for table in tables}


def _count(cursor: object, table: str) -> int:
    cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
    return cursor.fetchone()[0]


def migrations() -> list[str]:
    """The migrations applied, as "app.name", in order of name."""
    return sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())


def write(file: Path) -> None:
    """All rows as of one moment, one JSON object a line."""
    with one_moment(), file.open("w") as out:
        serializers.serialize("jsonl", _all_rows(), stream=out, cls=Exact)


def _all_rows() -> Iterator[models.Model]:
    for model in kept_models():
        yield from model._base_manager.order_by("pk").iterator()


def kept_models() -> Iterator[type[models.Model]]:
    """Every model whose rows are kept, in an order in which they can be read in."""
    configs = [(config, None) for config in apps.get_app_configs()]
    for model in serializers.sort_dependencies(configs):
        if model._meta.label not in LEFT_OUT and model._meta.managed and not model._meta.proxy:
            yield model


@transaction.atomic
def read(file: Path) -> None:
    """Replace all rows by those of the file, written at the same migrations."""
    call_command("flush", interactive=False, verbosity=0)
    call_command("loaddata", str(file), verbosity=0)
