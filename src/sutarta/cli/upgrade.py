"""`sutarta upgrade`: after a new release is installed, bring the data up to it, or back."""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from sutarta.cli import clock, place
from sutarta.cli.restore import restore
from sutarta.cli.stop import Stop

HELP = "bring the data up to the installed release; on failure put everything back"


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)


def run(arguments: Namespace) -> int:
    data = place.enter(arguments.data)
    with place.alone(data, "upgrade"):
        return _upgrade(data)


def _upgrade(data: Path) -> int:
    from django.conf import settings

    from sutarta import __version__
    from sutarta.cli.keeping import copies, rows, sealed

    before = rows.counts()
    backup = copies.make(data, settings.BACKUPS, clock.now())
    print(f"Backed up to {backup}.")
    if place.sqlite_file() is None:
        problem = _migrate_at_once(before)
    elif problem := _migrate() or _lost(before, rows.counts()):
        restore(data, backup, sealed.read_key(data / "backup.key"))
    if problem:
        raise Stop(f"Not upgraded, everything is as before: {problem}", code=1)
    collect_static(data)
    print(f"Upgraded to release {__version__}. {sum(before.values())} rows are all there.")
    return 0


def _migrate() -> str:
    """Run the migrations in a process of their own, so that any crash of theirs is only a code."""
    command = [sys.executable, "-m", "django", "migrate", "--no-input", "--verbosity", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    return (done.stderr.strip().splitlines() or ["the migrations failed"])[-1]


def _migrate_at_once(before: dict[str, int]) -> str:
    """Migrate PostgreSQL in one transaction, which is taken back when anything goes wrong."""
    from django.core.management import call_command
    from django.db import DatabaseError, transaction

    from sutarta.cli.keeping import rows

    try:
        with transaction.atomic():
            call_command("migrate", interactive=False, verbosity=0)
            problem = _lost(before, rows.counts())
            transaction.set_rollback(bool(problem))
    except DatabaseError as error:
        return str(error).strip()
    return problem


def _lost(before: dict[str, int], after: dict[str, int]) -> str:
    """What is missing afterwards, in words; "" when every table has at least its former rows."""
    for table, rows in before.items():
        if after.get(table, 0) < rows:
            return f"{table} had {rows} rows and then {after.get(table, 0)}."
    return ""


def collect_static(data: Path) -> None:
    """Gather the files browsers fetch, once for each release."""
    from django.conf import settings
    from django.core.management import call_command

    from sutarta import __version__

    stamp = data / "static.release"
    if stamp.is_file() and stamp.read_text() == __version__ and settings.STATIC_ROOT.is_dir():
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(__version__)
