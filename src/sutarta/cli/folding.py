"""Folding SQLite's write-ahead log into its file, from one connection alone and between writes."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.db import OperationalError, connection

from sutarta.cli import place

LARGE = 64_000_000  # bytes of log at which it is emptied although others are at work
SOME = 16_000_000  # bytes at which it is emptied when nobody writes
IMPATIENT, PATIENT = 200, 20_000  # milliseconds to wait for others; the latter as in config/env.py


class Folder:
    """Keeps the log short: folded whenever something was written, emptied when all is quiet."""

    def __init__(self) -> None:
        self._frames = 0

    def fold(self, at: datetime) -> None:
        """Fold what may be folded. The commits themselves were synced when they were made."""
        if connection.vendor != "sqlite" or not (size := log_size()):
            return
        frames = _checkpoint("PASSIVE")
        is_quiet = frames == self._frames
        self._frames = frames
        if size > LARGE or (size > SOME and is_quiet):
            _empty()


def log_size() -> int:
    """Bytes of the log beside the file."""
    log = Path(f"{place.sqlite_file()}-wal")
    return log.stat().st_size if log.exists() else 0


def _empty() -> None:
    """Cut the log down to nothing, unless somebody reads or writes for long: then next time."""
    _execute(f"PRAGMA busy_timeout = {IMPATIENT}")
    try:
        with suppress(OperationalError):
            _checkpoint("TRUNCATE")
    finally:
        _execute(f"PRAGMA busy_timeout = {PATIENT}")


def _checkpoint(how: str) -> int:
    """Frames in the log when it was folded."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA wal_checkpoint({how})")
        _was_hindered, frames, _folded = cursor.fetchone()
    return int(frames)


def _execute(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(words)
