"""Where an installation lies: its data folder, secret, own settings file, and Django over it."""

from __future__ import annotations

import fcntl
import os
import secrets
import sqlite3
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sutarta.cli.stop import Stop

DEFAULT = "sutarta-data"
OWN_SETTINGS = "settings.env"


def data_argument(parser: ArgumentParser) -> None:
    """Add --data, which every command that touches an installation takes."""
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=Path(os.environ.get("SUTARTA_DATA") or DEFAULT),
        help="the data folder (default: $SUTARTA_DATA or ./sutarta-data)",
    )


def make(folder: Path) -> Path:
    """Make the data folder and its secrets, private to this user. Safe to repeat."""
    data = folder.expanduser().resolve()
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in ("secret.key", "backup.key"):
            write_once(data / name, secrets.token_hex(32) + "\n")
    except OSError as error:
        raise Stop(f"The folder {data} cannot be written: {error.strerror}.") from error
    if not os.access(data, os.W_OK | os.X_OK):
        raise Stop(f"The folder {data} cannot be written: Permission denied.")
    return data


def write_once(file: Path, text: str) -> None:
    """Write a file only its owner may read, unless it is there already."""
    if not file.exists():
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(text)


def enter(folder: Path, **settings: str) -> Path:
    """Set the environment for the installation in `folder` and start Django over it.

    settings   environment variables that hold for this run alone, such as SUTARTA_PORT

    What the environment says goes before the folder's own `settings.env`.
    Raises Stop when the folder is missing or a setting cannot be used.
    """
    data = folder.expanduser().resolve()
    if not data.is_dir():
        raise Stop(f"There is no installation in {data}: run `sutarta setup` or name its --data.")
    os.umask(0o077)
    os.environ["SUTARTA_DATA"] = str(data)
    os.environ.update(settings)
    for name, value in own_settings(data / OWN_SETTINGS).items():
        os.environ.setdefault(name, value)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sutarta.config.settings")
    _start_django()
    return data


def own_settings(file: Path) -> dict[str, str]:
    """The NAME=value lines of an installation's settings file; # begins a comment."""
    if not file.is_file():
        return {}
    lines = (line.strip() for line in file.read_text().splitlines())
    pairs = (line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, value in pairs}


def _start_django() -> None:
    import django
    from django.conf import settings

    try:
        settings.SECRET_KEY  # noqa: B018 - the first look reads and checks all settings
    except ValueError as error:
        raise Stop(str(error)) from error
    django.setup()


@contextmanager
def alone(data: Path, what: str, part: str = "running", patience: float = 0) -> Iterator[None]:
    """Hold the installation while it serves, or while `what` is done to it.

    part       what is held, when not the whole of it
    patience   seconds to wait for whoever holds it
    """
    with (data / f"{part}.lock").open("w") as lock:
        until = time.monotonic() + patience
        while not _is_held(lock):
            if time.monotonic() >= until:
                raise Stop(f"Sutarta is running on {data}: stop it first, then {what}.")
            time.sleep(0.1)
        yield


def _is_held(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def sqlite_file() -> Path | None:
    """The SQLite file in use, or None on PostgreSQL."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    return Path(database["NAME"]) if database["ENGINE"].endswith("sqlite3") else None


def has_wal_race(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite may, rarely, lose a commit when the log is reset (before 3.51.3)."""
    return version < (3, 51, 3)
