"""`sutarta host`: the names under which groups are reached, and where former ones lead."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sutarta.cli import clock, place
from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.apps.tenants.models import Group, Host

HELP = "list, add, choose or retire the host names of a group"
NEW_MAIN_NAME = """\
Letters and notices print {address} from now on. The former name still answers; `sutarta host
retire` has it lead on. Passkeys belong to a host name: at the new one staff sign in by a spare
code, or by a link from `sutarta link`, and add their key anew."""


def arguments(parser: ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    place.data_argument(verbs.add_parser("list", help="every name, its group, where it leads"))
    for verb, words in (
        ("add", "let a group answer at one more name"),
        ("primary", "print this name in letters and notices"),
        ("retire", "have this name lead on to the group's main one"),
    ):
        one = verbs.add_parser(verb, help=words)
        place.data_argument(one)
        one.add_argument("name", metavar="HOST")
        if verb == "add":
            one.add_argument("--group", metavar="HOST", help="a name the group has already")


def run(arguments: Namespace) -> int:
    data = place.enter(arguments.data)
    if arguments.verb == "list":
        return _list()
    from sutarta.apps.tenants import actions

    try:
        _VERBS[arguments.verb](arguments, data)
    except actions.HostRefused as refusal:
        raise Stop(str(refusal)) from refusal
    return 0


def _list() -> int:
    from sutarta.apps.tenants.models import Host

    rows = Host.objects.select_related("group").order_by("group__name", "-is_primary", "name")
    for row in rows:
        leads_on = "leads on" if row.retired_at else "answers"
        print(f"{row.name}  {row.group}  {'main' if row.is_primary else leads_on}")
    return 0


def _add(arguments: Namespace, data: Path) -> None:
    from sutarta.apps.tenants import actions
    from sutarta.cli.setup import files
    from sutarta.cli.setup.questions import HOST

    name = arguments.name.lower()
    if not HOST.fullmatch(name):
        raise Stop(f"“{arguments.name}” is no host name, such as strategija.example.lt.")
    group = group_named(arguments.group)
    _change(group, lambda _at: actions.add_host(group=group, name=name))
    print(f"{group} answers at {name}, too.")
    print("\n".join(files.renew_caddy(data)))


def _primary(arguments: Namespace, data: Path) -> None:
    from sutarta.apps.tenants import actions, queries

    host = _host(arguments.name)
    _change(host.group, lambda _at: actions.make_primary(host))
    print(NEW_MAIN_NAME.format(address=queries.address(host.group)))


def _retire(arguments: Namespace, data: Path) -> None:
    from sutarta.apps.tenants import actions, queries

    host = _host(arguments.name)
    _change(host.group, lambda at: actions.retire_host(host, at))
    print(f"{host} leads on to {queries.address(host.group)}. Keep its name in the DNS.")


def _change(group: Group, act: Callable[[datetime], object]) -> None:
    """Do it and log it together: pages that were kept ready may print the address."""
    from django.db import transaction

    from sutarta.apps.ledger import actions as ledger

    at = clock.now()
    with transaction.atomic():
        act(at)
        ledger.record("group.changed", group=group, at=at, rows=group.hosts.all(), fields=["hosts"])


def group_named(name: str | None) -> Group:
    """The group that has the name; the only one there is when none is named."""
    from sutarta.apps.tenants.models import Group

    if name:
        return _host(name).group
    groups = list(Group.objects.all()[:2])
    if len(groups) != 1:
        raise Stop("Say which group is meant: --group and a name it has already.")
    return groups[0]


def _host(name: str) -> Host:
    from sutarta.apps.tenants.models import Host

    if found := Host.objects.select_related("group").filter(name=name.lower()).first():
        return found
    raise Stop(f"No group here answers at {name}: see `sutarta host list`.")


_VERBS = {"add": _add, "primary": _primary, "retire": _retire}
