"""`sutarta restore`: an installation as it was when it was backed up, or shipped."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sutarta.cli import clock, place
from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.cli.keeping.returning import Asked

HELP = "put back an installation from a backup, or from the second place"


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the backup")
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="the backup's key (default: the data folder's own)"
    )
    parser.add_argument(
        "--shipped", type=Path, metavar="DIR",
        help="the second place: the newest state is put back, unless a FILE is named",
    )  # fmt: skip
    parser.add_argument(
        "--at", type=_moment, metavar="TIME", help="the newest state up to this moment (UTC)"
    )
    parser.add_argument(
        "--new-epoch", action="store_true",
        help="that very state, though the log had more by then: the log begins anew and says so",
    )  # fmt: skip
    parser.add_argument(
        "--seen", type=Path, metavar="FILE", action="append", default=[],
        help="a checkpoint somebody else kept, such as a witness",
    )  # fmt: skip


def _moment(words: str) -> datetime:
    try:
        said = datetime.fromisoformat(words)
    except ValueError as error:
        raise ArgumentTypeError(f"{words!r} is no time: write 2026-11-22T14:00") from error
    return said if said.tzinfo else said.replace(tzinfo=UTC)


def run(arguments: Namespace) -> int:
    if arguments.file is None and arguments.shipped is None:
        raise Stop("Name the backup, or the second place with --shipped DIR.")
    if arguments.file is not None and arguments.at is not None:
        raise Stop("A backup has one moment: --at goes with --shipped alone.")
    given = arguments.data.expanduser().resolve()
    was_there = given.exists()
    data = place.enter(place.make(given))
    database = place.sqlite_file()
    is_new = not was_there or (database is not None and not database.exists())
    from sutarta.cli.keeping import returning, sealed, shipping

    key_file = arguments.key or data / "backup.key"
    asked = _asked(arguments, key_file)
    sequencer = place.alone(data, "restore", "sequencer")
    with place.alone(data, "restore"), sequencer, shipping.alone(data):
        said = returning.give_back(data, asked, clock.now())
    if arguments.key and (is_new or arguments.file is None):
        # What was shipped goes on to be shipped there, under the same key.
        (data / "backup.key").write_text(sealed.read_key(arguments.key).hex() + "\n")
    print("\n".join([*said, "Run `sutarta check`, then start Sutarta again."]))
    return 0


def _asked(arguments: Namespace, key_file: Path) -> Asked:
    from django.conf import settings

    from sutarta.cli.keeping import returning, sealed, shipping
    from sutarta.cli.keeping.heads import Head

    second = None
    if arguments.shipped is not None:
        second = shipping.find(arguments.shipped, key_file)
    elif settings.SHIP_TO is not None and (settings.SHIP_TO / shipping.MARK).is_file():
        second = shipping.find(settings.SHIP_TO, key_file)
    return returning.Asked(
        file=arguments.file,
        key=sealed.read_key(key_file),
        second=second,
        until=arguments.at,
        new_epoch=arguments.new_epoch,
        seen=[Head.parse(_read(file), file) for file in arguments.seen],
    )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Stop(f"{file} cannot be read: {error.strerror}.") from error


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
