"""`sutarta backup`: one sealed copy now, besides the nightly ones."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sutarta.cli import clock, place
from sutarta.cli.stop import Stop

HELP = "make an encrypted backup now"


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)
    parser.add_argument("--to", type=Path, metavar="DIR", help="the folder to put it in")
    parser.add_argument(
        "--rows", action="store_true", help="rows instead of the SQLite file: to move to PostgreSQL"
    )


def run(arguments: Namespace) -> int:
    data = place.enter(arguments.data)
    from django.conf import settings

    from sutarta.apps.tenants import actions as tenants
    from sutarta.cli.keeping import copies

    folder, at = arguments.to or settings.BACKUPS, clock.now()
    try:
        file = copies.make(data, folder, at, as_rows=arguments.rows)
    except OSError as error:
        raise Stop(f"No backup was made in {folder}: {error.strerror}.", code=1) from error
    tenants.beat("backup", at, file.name)
    print(f"Backup: {file} ({file.stat().st_size / 1e6:.1f} MB)")
    print(f"It opens only with {data / 'backup.key'}: keep a copy of that file elsewhere.")
    return 0
