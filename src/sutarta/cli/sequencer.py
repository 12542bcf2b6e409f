"""`sutarta sequencer`: takes in what residents send and orders the log. Part of `sutarta serve`.

One process and one connection do all of it in turn, so that on SQLite none of it waits for
another's lock: submissions first, then the log's order, then folding SQLite's own log.
"""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from sutarta.cli import clock, place

if TYPE_CHECKING:
    from sutarta.cli.chores import Chores

HELP = "take submissions in and order the log, alone; sutarta serve starts one by itself"

TICK = 0.2  # seconds between two looks at what else is due
PATIENCE = 15.0  # seconds in which a former sequencer ends


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)
    parser.add_argument("--once", action="store_true", help="order the log once, then end")


def run(arguments: Namespace) -> int:
    data = place.enter(arguments.data)
    from sutarta.cli.chores import Chores, all_chores

    with place.alone(data, "start a sequencer", "sequencer", PATIENCE):
        chores = Chores(all_chores())
        if arguments.once:
            return 1 if chores.do_due(clock.now()) else 0
        return _go_on(chores)


def _go_on(chores: Chores) -> int:
    """Serve callers and do chores until asked to end. Callers still waiting then find the door
    gone, and store by themselves what they have.
    """
    from django.conf import settings
    from django.urls import reverse

    from sutarta.apps.consultations.intake import taking
    from sutarta.cli import door

    asked_to_end = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked_to_end.set())
    reverse("web:home")  # loads every address: never while a transaction holds everybody up
    with door.opened(settings.RUN) as at_door:
        while not asked_to_end.is_set():
            door.serve(at_door.callers(TICK), taking.take)
            chores.do_due(clock.now())
    return 0
