"""Beginning a group's log, and handing its signature on to another key."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from sutarta.apps.ledger import vault
from sutarta.apps.ledger.actions.recording import record
from sutarta.apps.ledger.models import Key, Log
from sutarta.apps.ledger.queries import logs
from sutarta.apps.tenants.models import Group
from sutarta.core.translog import Handover, Note, Signer


def log_of(group: Group, at: datetime) -> Log:
    """The group's log in force; begun now when there was none."""
    found = logs.in_force(group)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return found_log(group=group, at=at)
    except IntegrityError:  # somebody else began it at the same moment
        return Log.objects.get(group=group, ended_at=None)


@transaction.atomic
def found_log(*, group: Group, at: datetime, number: int = 1) -> Log:
    """Begin an epoch of the group's log, with a key of its own."""
    log = Log.objects.create(
        group=group, number=number, origin=_origin(group, number), started_at=at
    )
    _add_key(log, vault.new_seed(), 1, "", at)
    return log


@transaction.atomic
def rotate_key(*, group: Group, reason: str, at: datetime) -> Key:
    """Sign with a fresh key from now on; the one before signs that it is so. An act of the log.

    reason   why, for everybody to read
    """
    log = Log.objects.select_for_update().get(pk=log_of(group, at).pk)
    before, old = logs.keys(log)[-1], logs.signer(log)
    seed = vault.new_seed()
    handover = Handover(log.origin, Signer(log.origin, seed).verifier)
    note = str(Note(handover.text).signed(old.sign(handover.text)))
    key = _add_key(log, seed, before.number + 1, note, at)
    record(
        "log.key_changed",
        group=group,
        at=at,
        former=before.public,
        key=key.public,
        handover=note,
        reason=reason,
    )
    return key


def _add_key(log: Log, seed: bytes, number: int, handover: str, at: datetime) -> Key:
    return Key.objects.create(
        group=log.group,
        log=log,
        number=number,
        public=str(Signer(log.origin, seed).verifier),
        sealed=vault.seal(seed, log.origin),
        handover=handover,
        since=at,
    )


def _origin(group: Group, number: int) -> str:
    """Readable, and drawn once: it stays when the group changes its name or its host."""
    former = Log.objects.filter(group=group).order_by("number").first()
    if former is not None:
        return f"{former.origin}/{number}"
    name = slugify(group.short_name)[:40] or "group"
    return f"sutarta/{name}-{secrets.token_hex(4)}"
