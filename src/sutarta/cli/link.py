"""`sutarta link`: a new one-time sign-in link, for when letters do not arrive yet."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime
from typing import TYPE_CHECKING

from sutarta.cli import clock, place
from sutarta.cli.stop import Stop

if TYPE_CHECKING:
    from sutarta.apps.people.models import User
    from sutarta.apps.tenants.models import Group

HELP = "print a new one-time sign-in link for a member of staff"


def arguments(parser: ArgumentParser) -> None:
    place.data_argument(parser)
    parser.add_argument("email", metavar="EMAIL")
    parser.add_argument("--host", help="the group's host name, where the person serves several")


def run(arguments: Namespace) -> int:
    place.enter(arguments.data)
    group, user = _found(arguments.email, arguments.host, clock.now())
    print(address(group, user, clock.now()))
    return 0


def _found(email: str, host: str | None, at: datetime) -> tuple[Group, User]:
    from sutarta.apps.people.models import Membership

    held = Membership.objects.filter(user__email=email.lower()).exclude(ends_at__lte=at)
    if host:
        held = held.filter(group__hosts__name=host.lower())
    groups = {row.group_id: row for row in held.select_related("group", "user")}
    if not groups:
        raise Stop(f"Nobody with the address {email} serves a group here.")
    if len(groups) > 1:
        raise Stop(f"{email} serves several groups: say which one by --host.")
    row = next(iter(groups.values()))
    return row.group, row.user


def address(group: Group, user: User, at: datetime) -> str:
    """The full address of a new one-time link, good for a day."""
    from django.urls import reverse

    from sutarta.apps.people import actions as people
    from sutarta.apps.tenants import queries as tenants

    secret = people.make_link(group=group, user=user, at=at)
    return tenants.address(group) + reverse("people:link", args=[secret])
