"""A library that witnesses the town's log, so that a first look shows what that looks like."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.queries import logs
from sutarta.apps.people.models import User
from sutarta.apps.publishing.actions import witnesses
from sutarta.apps.tenants.models import Group
from sutarta.core.translog import Note, Signer
from sutarta.core.translog.notes import COSIGNATURE

NAME = "Alksnių biblioteka"
SEED = hashlib.sha256(b"a demo's witness, whose key is no secret").digest()
LIBRARY = Signer("alksniu-biblioteka", SEED, COSIGNATURE)
NAMED = timedelta(days=12)  # before now


def name(group: Group, coordinator: User, at: datetime) -> None:
    """The coordinator names it; to be done before the log is put in order."""
    witnesses.name(
        actor=coordinator,
        group=group,
        name=NAME,
        key=LIBRARY.verifier,
        address="",
        at=at - NAMED,
    )


def sign(group: Group, at: datetime) -> None:
    """It signs the newest checkpoint."""
    log = logs.in_force(group)
    newest = logs.newest_checkpoint(log) if log else None
    if newest is None:
        return
    note = Note.parse(newest.note)
    signed = note.signed(LIBRARY.sign(note.text, int(at.timestamp())))
    ledger.cosign(group=group, note=str(signed).encode(), at=at)
