"""`sutarta worker`: the background work. `sutarta serve` starts one by itself."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser, Namespace

from sutarta.cli import clock, place

HELP = "run the background work alone: letters, backups, alarms"


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)
    parser.add_argument("--once", action="store_true", help="do everything due once, then end")


def run(arguments: Namespace) -> int:
    data = place.enter(arguments.data)
    from sutarta.cli.jobs import Round, all_jobs
    from sutarta.cli.mailboxes import Readers

    if arguments.once:
        work = Round(all_jobs(data))
        work.start_due(clock.now())
        return 1 if work.finish() else 0
    readers = Readers()
    work = Round(all_jobs(data, readers.tend))
    asked_to_end = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked_to_end.set())
    while not asked_to_end.wait(1):
        work.start_due(clock.now())
    readers.end()
    work.finish()
    return 0
