"""`sutarta group`: the groups of one installation, and founding a further one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sutarta.cli import clock, place
from sutarta.cli.stop import Stop

HELP = "list the groups of this installation, or found a further one"


def arguments(parser: ArgumentParser) -> None:
    from sutarta.cli.setup.questions import QUESTIONS

    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    place.data_argument(verbs.add_parser("list", help="each group and its host names"))
    adding = verbs.add_parser("add", help="found a further group; asks what setup asks")
    place.data_argument(adding)
    for question in QUESTIONS:
        adding.add_argument(f"--{question.name}", metavar="TEXT", help=question.words)


def run(arguments: Namespace) -> int:
    data = place.enter(arguments.data)
    if arguments.verb == "list":
        return _list()
    from sutarta.cli.serve import require_migrated
    from sutarta.cli.setup import files
    from sutarta.cli.setup.founding import found
    from sutarta.cli.setup.questions import answers

    require_migrated()
    given = answers(vars(arguments))
    _require_free(given["host"])
    address = found(given, clock.now())
    print("\n".join(files.renew_caddy(data)))
    print(f"\nSign in once, within a day, when the site answers there:\n{address}")
    return 0


def _require_free(host: str) -> None:
    from sutarta.apps.tenants import queries

    if taken := queries.group_at(host):
        raise Stop(f"{host} belongs to {taken.name} already: name another host.")


def _list() -> int:
    from sutarta.apps.tenants import queries
    from sutarta.apps.tenants.models import Group

    for group in Group.objects.order_by("created_at", "id"):
        kind = " (demo)" if group.is_demo else ""
        print(f"{group.name}{kind}: {queries.address(group)}")
    return 0
