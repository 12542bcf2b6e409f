"""`sutarta documents`: look at documents as Sutarta reads them. Needs no installation."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sutarta.cli.documents import anchoring, comparing, importing
from sutarta.cli.stop import Stop, tame

HELP = "look at documents as Sutarta reads them, and at what became of their passages"
VERBS = {"import": importing, "anchors": anchoring, "compare": comparing}


def arguments(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, verb in VERBS.items():
        verb.arguments(verbs.add_parser(name, help=verb.HELP, description=verb.HELP))


def run(arguments: Namespace) -> int:
    try:
        return VERBS[arguments.verb].run(arguments)
    except Stop as stop:  # the name of a file may hold anything
        raise Stop(tame(stop), stop.code) from stop
