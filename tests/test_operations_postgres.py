"""Moving to PostgreSQL and back, and upgrading there: run by tests/postgres.py."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from sutarta.cli.keeping import copies
from tests.cli.conftest import demo, demo_once, sutarta  # noqa: F401 - fixtures
from tests.cli.test_backup import ask, everything

pytestmark = pytest.mark.postgres

SUBMISSIONS = (
    "SELECT number, body, digest, encode(salt, 'hex'), "
    "to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') "
    "FROM consultations_submission ORDER BY number, digest"
)
ON_SQLITE = (
    "SELECT number, body, digest, lower(hex(salt)), "
    "CASE length(received_at) WHEN 19 THEN received_at || '.000000' ELSE received_at END "
    "FROM consultations_submission ORDER BY number, digest"
)


@pytest.fixture
def empty() -> Iterator[str]:
    """The address of an empty database on the server the tests run on."""
    address = os.environ.get("DATABASE_URL")
    if not address:
        pytest.skip("No PostgreSQL here: tests/postgres.py starts one.")
    name = f"operations_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
    yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    with psycopg.connect(address, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def rows(address: str, question: str) -> list[tuple]:
    with psycopg.connect(address) as database:
        return database.execute(question).fetchall()


def moved(data: Path, address: str) -> Path:
    """Move the demo in `data` to the database; returns the backup it went by."""
    backup(data, "--rows")
    file = copies.made(data.parent / "kept")[-1]
    done = sutarta("restore", file, "--data", data, DATABASE_URL=address)
    assert (done.returncode, done.stderr) == (0, "")
    return file


def backup(data: Path, *more: str, **settings: str) -> None:
    done = sutarta("backup", "--data", data, "--to", data.parent / "kept", *more, **settings)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_submission_moves_with_its_instant_and_fingerprint(demo, empty):  # noqa: F811
    moved(demo, empty)

    assert rows(empty, SUBMISSIONS) == ask(demo, ON_SQLITE)


def test_there_and_back_again_nothing_has_changed(demo, empty):  # noqa: F811
    before = everything(demo)
    moved(demo, empty)
    (demo.parent / "kept").rename(demo.parent / "first")
    backup(demo, DATABASE_URL=empty)
    [back] = copies.made(demo.parent / "kept")
    (demo / "sutarta.sqlite3").unlink()

    done = sutarta("restore", back, "--data", demo)

    left_out = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"}
    after = everything(demo)
    assert (done.returncode, done.stderr) == (0, "")
    for name in before.keys() - left_out:
        assert list(map(meaning, after[name])) == list(map(meaning, before[name]))


def meaning(row: tuple) -> tuple:
    """The row with its JSON read: PostgreSQL keeps objects, not the order of their keys."""
    return tuple(_read(value) if isinstance(value, str) else value for value in row)


def _read(value: str) -> object:
    """Objects and lists; words may begin with a bracket, too."""
    if value[:1] not in {"{", "["}:
        return value
    try:
        return json.loads(value)
    except json.JSONDecodeError:
        return value


def test_a_file_of_sqlite_does_not_go_into_postgresql(demo, empty):  # noqa: F811
    backup(demo)
    [file] = copies.made(demo.parent / "kept")

    done = sutarta("restore", file, "--data", demo, DATABASE_URL=empty)

    sentence = "A copy of an SQLite file cannot go into PostgreSQL: back up with --rows."
    assert (done.returncode, done.stderr) == (2, f"sutarta: {sentence}\n")


def test_an_upgrade_keeps_every_row(demo, empty):  # noqa: F811
    moved(demo, empty)
    before = rows(empty, SUBMISSIONS)

    done = sutarta("upgrade", "--data", demo, DATABASE_URL=empty)

    assert (done.returncode, done.stderr) == (0, "")
    assert rows(empty, SUBMISSIONS) == before


def test_a_failed_upgrade_is_taken_back(demo, empty):  # noqa: F811
    moved(demo, empty)
    with psycopg.connect(empty) as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'publishing'")
    before = rows(empty, SUBMISSIONS)

    done = sutarta("upgrade", "--data", demo, DATABASE_URL=empty)

    assert done.returncode == 1
    assert done.stderr == (
        "sutarta: Not upgraded, everything is as before: "
        'relation "publishing_notice" already exists\n'
    )
    assert rows(empty, SUBMISSIONS) == before
    assert rows(empty, "SELECT COUNT(*) FROM django_migrations WHERE app = 'publishing'") == [(0,)]
