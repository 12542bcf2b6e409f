"""`sutarta check`: what is misconfigured, in words."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sutarta.cli import clock, place

HELP = "say what is misconfigured; ends with 1 when something must be mended"


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)


def run(arguments: Namespace) -> int:
    data = place.enter(arguments.data)
    from sutarta.cli.checks import Level, all_checks

    lines = [line for check in all_checks(data, clock.now()) for line in check]
    for line in lines:
        print(f"{line.level:<5} {line.subject}: {line.words}")
    return 1 if any(line.level is Level.ERROR for line in lines) else 0
