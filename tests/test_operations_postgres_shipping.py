"""Shipping rows of PostgreSQL: only of the models that changed. Run by tests/postgres.py."""

from __future__ import annotations

import re
import shutil

import psycopg
import pytest

from tests.cli.conftest import demo, demo_once, sutarta  # noqa: F401 - fixtures
from tests.cli.test_backup import ask
from tests.test_operations_postgres import ON_SQLITE, SUBMISSIONS, empty, moved, rows  # noqa: F401

pytestmark = pytest.mark.postgres
SHIPPED = re.compile(r"Shipped: state (\d+), (\d+) pieces")


def ship(data, address, *more) -> str:
    done = sutarta(
        "ship", "--data", data, "--to", data.parent / "second", *more, DATABASE_URL=address
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def order(address: str, words: str) -> None:
    with psycopg.connect(address) as database:
        database.execute(words)


def test_rows_are_shipped_once_and_come_back(demo, empty):  # noqa: F811
    moved(demo, empty)
    before = rows(empty, SUBMISSIONS)
    assert SHIPPED.match(ship(demo, empty, "--begin"))

    order(empty, "INSERT INTO tenants_pulse VALUES ('some', now(), '')")
    assert ship(demo, empty) == "Nothing has changed since state 1.\n"

    order(empty, "UPDATE tenants_group SET phone = '+370 600 00000'")
    assert SHIPPED.match(ship(demo, empty)).groups() == ("2", "1")

    order(empty, "DELETE FROM consultations_support")
    assert SHIPPED.match(ship(demo, empty))[1] == "3"

    key = shutil.copy(demo / "backup.key", demo.parent / "kept.key")
    new, place = demo.parent / "new", demo.parent / "second"
    done = sutarta("restore", "--shipped", place, "--key", key, "--data", new)  # into SQLite
    assert (done.returncode, done.stderr) == (0, "")
    assert ask(new, ON_SQLITE) == before
    assert ask(new, "SELECT DISTINCT phone FROM tenants_group") == [("+370 600 00000",)]
