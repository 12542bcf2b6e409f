"""The rows a new group begins with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people import actions as people
from sutarta.apps.people.models import Role
from sutarta.apps.tenants import queries
from sutarta.cli import link


def found(given: Mapping[str, str], at: datetime) -> str:
    """Found the group, admit its coordinator; returns a one-time sign-in address.

    Safe to repeat: a group that answers at the host already is kept as it is.
    """
    with transaction.atomic():
        group = queries.group_at(given["host"]) or people.found_group(
            hosts=[given["host"]],
            at=at,
            name=given["group"],
            short_name=given["short"],
            municipality=given["municipality"],
            language=given["language"],
            email=given["email"],
        )
        ledger.log_of(group, at)
        person = people.admit(
            group=group, email=given["email"], name=given["name"], role=Role.COORDINATOR, at=at
        )
        return link.address(group, person, at)
