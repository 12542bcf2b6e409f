"""Whether the database keeps what it says it has stored, even when the power fails."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from sutarta.cli.stop import Stop

SYNCED = {2, 3}  # SQLite's names for FULL and EXTRA
WANTED = ("fsync", "synchronous_commit", "full_page_writes")  # of PostgreSQL


def weaknesses() -> Iterator[str]:
    """What is set so that a power cut could take back what a receipt promises."""
    yield from _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()


def require_durable() -> None:
    """Raises Stop when a receipt would promise more than the database keeps."""
    for words in weaknesses():
        raise Stop(f"The database could lose what it has confirmed: {words}.", code=1)


def _of_sqlite() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        (level,) = cursor.fetchone()
    if level not in SYNCED:
        yield f"synchronous is {level}"


def _of_postgresql() -> Iterator[str]:
    with connection.cursor() as cursor:
        for name in WANTED:
            cursor.execute("SELECT current_setting(%s)", [name])
            (value,) = cursor.fetchone()
            if value == "off":
                yield f"{name} is off"
