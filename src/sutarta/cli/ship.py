"""`sutarta ship`: to the second place now, besides the worker's shipping every half minute."""

from __future__ import annotations

import sqlite3
from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sutarta.cli import clock, place
from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.cli.keeping.shipping import Place

HELP = "ship to the second place now, or look at what it holds"


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)
    parser.add_argument(
        "--to", type=Path, metavar="DIR", help="the second place (default: SUTARTA_SHIP_TO)"
    )
    parser.add_argument(
        "--begin", action="store_true", help="make an empty folder a second place, once"
    )
    parser.add_argument(
        "--look", action="store_true", help="say what is there, and open every piece of it"
    )


def run(arguments: Namespace) -> int:
    data = place.enter(arguments.data)
    from django.conf import settings

    from sutarta.cli.keeping import shipping

    folder = arguments.to or settings.SHIP_TO
    if folder is None:
        raise Stop("There is no second place: set SUTARTA_SHIP_TO, or name one with --to DIR.")
    if arguments.begin:
        shipping.begin(folder)
    second = shipping.find(folder, data / "backup.key")
    return _look(second) if arguments.look else _ship(data, second, clock.now())


def _ship(data: Path, second: Place, at: datetime) -> int:
    from django.conf import settings

    from sutarta.apps.tenants import actions as tenants
    from sutarta.cli.keeping import shipping, watch

    try:
        done = shipping.ship(data, second, at, thoroughly=True)
    except (OSError, sqlite3.Error) as error:
        raise Stop(f"Not shipped to {second.folder}: {watch.why(error)}.", code=1) from error
    if second.folder == settings.SHIP_TO:
        tenants.beat(watch.DONE, at, " ".join(done.back))
    if done.is_new:
        size = done.bytes_written / 1e6
        print(f"Shipped: state {done.title.number}, {len(done.written)} pieces ({size:.1f} MB).")
    else:
        print(f"Nothing has changed since state {done.title.number}.")
    for origin in done.back:
        print(f"The log {origin} is behind what was shipped before: run `sutarta check`.")
    return 1 if done.back else 0


def _look(second: Place) -> int:
    """Every piece of every state is opened: what a restore needs is there, or is named."""
    from sutarta.cli.keeping import heads, looking

    found = looking.look(second)
    print(f"{second.folder}: {len(found.whole)} states can be put back, {found.size / 1e6:.1f} MB.")
    if found.whole:
        print(f"The oldest is of {_when(found.whole[0].made_at)}, ", end="")
        print(f"the newest of {_when(found.whole[-1].made_at)}.")
    for head in heads.kept(second.folder):
        print(f"Of the log {head.origin} it knows {head.size} acts.")
    for words in found.damaged:
        print(f"Damaged: {words}.")
    return 1 if found.damaged or not found.whole else 0


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H.%M.%S} UTC"
