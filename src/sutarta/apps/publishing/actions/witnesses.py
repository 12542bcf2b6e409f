"""Naming those whose signatures under the log the site shows, and ending that."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import Witness
from sutarta.apps.people.access import require
from sutarta.apps.publishing.rules import witnesses as rules
from sutarta.apps.tenants.models import Group
from sutarta.core.translog import Verifier


@transaction.atomic
def name(
    *, actor: Any, group: Group, name: str, key: Verifier, address: str, at: datetime
) -> Witness:
    """Take that key's signatures from now on, and show whose they are.

    One that was ended is named again in its own place; one that is named already stays as it is.
    """
    require(rules.may_name(actor, group, at))
    witness, is_new = Witness.objects.select_for_update().get_or_create(
        group=group,
        public=str(key),
        defaults={"name": name, "address": address, "added_at": at},
    )
    if not is_new and witness.ended_at is None:
        return witness
    witness.name, witness.address, witness.ended_at = name, address, None
    witness.save(update_fields=["name", "address", "ended_at"])
    ledger.record(
        "witness.named", group=group, at=at, name=name, key=witness.public, address=address
    )
    return witness


@transaction.atomic
def end(*, actor: Any, witness: Witness, at: datetime) -> None:
    """Take no more signatures of that witness; those there stay."""
    witness = Witness.objects.select_for_update().select_related("group").get(pk=witness.pk)
    require(rules.may_end(actor, witness, at))
    witness.ended_at = at
    witness.save(update_fields=["ended_at"])
    ledger.record(
        "witness.ended", group=witness.group, at=at, name=witness.name, key=witness.public
    )
