"""Connections to PostgreSQL are kept, and looked at without asking: run by tests/postgres.py."""

from __future__ import annotations

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.db import OperationalError, connection

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def request_begins() -> Iterator[None]:
    """What Django does when a request begins, as `sutarta serve` has it done."""
    kept = connection.settings_dict["CONN_HEALTH_CHECKS"]
    connection.health_check_enabled = True
    yield
    connection.health_check_enabled = kept


def begin() -> None:
    connection.close_if_unusable_or_obsolete()


def ask() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def end(backend: int) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def test_a_living_connection_serves_the_next_request_and_is_not_asked(request_begins):
    first = ask()
    begin()
    connection.cursor().close()

    with psycopg.connect(os.environ["DATABASE_URL"]) as server:
        words = "SELECT query FROM pg_stat_activity WHERE pid = %s"
        assert server.execute(words, [first]).fetchone() == ("SELECT pg_backend_pid()",)
    assert ask() == first


def test_a_connection_that_died_is_replaced_before_the_next_request_asks(request_begins):
    first = ask()
    end(first)
    begin()

    assert ask() != first


def test_one_that_dies_within_a_request_is_replaced_for_the_next_one(request_begins):
    first = ask()
    begin()
    ask()
    end(first)

    with pytest.raises(OperationalError):
        ask()
    begin()
    assert ask() != first
