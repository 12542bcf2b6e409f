"""`sutarta restore`: an installation as it was when a backup was made."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from sutarta.cli import clock, place

HELP = "put back an installation from a backup"


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="the backup's key (default: the data folder's own)"
    )


def run(arguments: Namespace) -> int:
    given = arguments.data.expanduser().resolve()
    is_new = not given.exists()
    data = place.enter(place.make(given))
    from django.core.management import call_command

    from sutarta.cli.keeping import sealed

    key = sealed.read_key(arguments.key or data / "backup.key")
    with place.alone(data, "restore"):
        erased, left = _erased(arguments.file.parent), _left(arguments.file.parent)
        manifest = restore(data, arguments.file, key)
        call_command("migrate", interactive=False, verbosity=0)
        again, removed = _erase_again(erased), _remove_again(left)
    if is_new and arguments.key:
        (data / "backup.key").write_text(key.hex() + "\n")
    print(f"Restored from {arguments.file.name}: the state of {manifest['made_at']} (UTC).")
    if again:
        print(f"{again} erasures made since then were carried out again.")
    if removed:
        print(f"{removed} follows that had ended since then were removed again.")
    print("Run `sutarta check`, then start Sutarta again.")
    return 0


def _erased(beside: Path) -> list[dict[str, Any]]:
    """Erasures noted beside the backup, and those of the database that is about to be replaced."""
    from django.db import DatabaseError

    from sutarta.apps.consultations.queries import erasing
    from sutarta.cli.keeping import erasures

    noted = erasures.noted(beside)
    try:
        return [*noted, *erasing.carried_out()]
    except DatabaseError:  # a new folder, or a database that cannot be read any more
        return noted


def _erase_again(erased: list[dict[str, Any]]) -> int:
    from sutarta.apps.consultations.actions import replaying

    return replaying.replay(erased, clock.now())


def _left(beside: Path) -> set[str]:
    from sutarta.cli.keeping import erasures

    return erasures.left(beside)


def _remove_again(left: set[str]) -> int:
    """Followers who left stay away; from here on the note counts from what was restored."""
    from django.conf import settings

    from sutarta.apps.publishing.actions import following
    from sutarta.cli.keeping import erasures

    removed = following.forget_left(left)
    if (settings.BACKUPS / erasures.NAME).exists():
        erasures.note(settings.BACKUPS, clock.now(), is_restored=True)
    return removed


def restore(data: Path, file: Path, key: bytes) -> dict[str, object]:
    """Put `data` back as it was in the backup, at its own migrations; returns the manifest."""
    from django.db import connections

    from sutarta.cli.keeping import copies

    with tempfile.TemporaryDirectory(dir=data) as folder:
        room = Path(folder)
        manifest = copies.unpack(file, key, room)
        connections.close_all()
        copies.put_back(data, room, manifest)
    return manifest
