"""`sutarta log`: the key by which a group's log signs, and handing it on to a fresh one."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from sutarta.cli import clock, place
from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.apps.tenants.models import Group

HELP = "show the keys of a group's log, or sign with a fresh one from now on"
HANDED_ON = """\
{origin} signs with a fresh key from now on:
  {key}
The former key has signed that it is so. Witnesses and receipts find the way by themselves; print
the fresh key wherever the former one stands, on notices for instance."""


def arguments(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    listing = verbs.add_parser("list", help="every log of this installation, and its keys")
    place.data_argument(listing)
    key = verbs.add_parser("key", help="hand the signature of a log on to a fresh key")
    place.data_argument(key)
    key.add_argument("--group", metavar="HOST", help="a name of the group that is meant")
    key.add_argument("--reason", metavar="TEXT", required=True, help="why; everybody can read it")


def run(arguments: Namespace) -> int:
    place.enter(arguments.data)
    if arguments.verb == "list":
        return _list()
    return _hand_on(arguments)


def _list() -> int:
    from sutarta.apps.ledger.models import Log
    from sutarta.apps.ledger.queries import logs

    for log in Log.objects.select_related("group").order_by("group__name", "number"):
        ended = " (ended)" if log.ended_at else ""
        print(f"{log.group}: {log.origin}{ended}, {log.size} acts")
        for key in logs.keys(log):
            print(f"  {key.since:%Y-%m-%d}  {key.public}")
    return 0


def _hand_on(arguments: Namespace) -> int:
    from sutarta.apps.ledger import actions, vault
    from sutarta.cli.hosts import group_named

    if not (reason := arguments.reason.strip()):
        raise Stop("Say why the key is changed: --reason and a sentence that everybody can read.")
    group: Group = group_named(arguments.group)
    try:
        key = actions.rotate_key(group=group, reason=reason, at=clock.now())
    except vault.LockedKey as locked:
        raise Stop(f"{locked} Put back the secret key it was made with.", code=1) from locked
    print(HANDED_ON.format(origin=key.log.origin, key=key.public))
    return 0
