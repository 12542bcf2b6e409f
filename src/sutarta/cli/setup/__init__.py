"""`sutarta setup`: found a group, let its coordinator in, write what the server needs."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sutarta.cli import clock, place

HELP = "set up a group: asks seven questions, or takes them as flags"


def arguments(parser: ArgumentParser) -> None:
    from sutarta.cli.setup.questions import QUESTIONS

    place.data_argument(parser)
    for question in QUESTIONS:
        parser.add_argument(f"--{question.name}", metavar="TEXT", help=question.words)
    parser.add_argument("--port", type=int, default=8000, help="port of the service behind Caddy")


def run(arguments: Namespace) -> int:
    from sutarta.cli.setup.questions import answers

    given = answers(vars(arguments))
    data = place.make(arguments.data)
    from sutarta.cli.setup import files

    # Own settings come first: the address printed below depends on them.
    files.write_settings(data, given["email"])
    place.enter(data)
    from django.core.management import call_command

    from sutarta.cli.setup.founding import found

    call_command("migrate", interactive=False, verbosity=0)
    address = found(given, clock.now())
    print("\n".join(files.write_service(data, given["email"], arguments.port)))
    print(f"Keep a copy of {data / 'backup.key'} elsewhere: without it no backup opens.")
    print(f"\nSign in once, within a day, when the site is up:\n{address}")
    return 0
