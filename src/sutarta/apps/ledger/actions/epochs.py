"""Beginning a new epoch of a group's log, after a restore that lost acts the log had promised."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from sutarta.apps.ledger.actions.founding import found_log, log_of
from sutarta.apps.ledger.actions.recording import record
from sutarta.apps.ledger.actions.sequencing import take_in
from sutarta.apps.ledger.models import Log
from sutarta.apps.ledger.queries import logs, proofs
from sutarta.apps.tenants.models import Group
from sutarta.core import translog

OPENED = "log.epoch_opened"


@transaction.atomic
def open_epoch(
    *, group: Group, at: datetime, lost: Sequence[str], number: int = 0, reason: str = "RESTORED"
) -> Log:
    """End the group's log as it is and begin another, whose first act says what was lost.

    lost     signed checkpoints of what the log had been, as somebody else kept them
    number   of the new epoch, where a lost one had already taken the next
    reason   RESTORED: an older state was put back

    The former epoch stays, to be read and verified. Its key signs for the first of the new one.
    """
    former = Log.objects.select_for_update().get(pk=log_of(group, at).pk)
    former.ended_at = at
    former.save(update_fields=["ended_at"])
    fresh = found_log(group=group, at=at, number=max(number, former.number + 1))
    handover = translog.Handover(former.origin, logs.verifier(fresh))
    note = translog.Note(handover.text).signed(logs.signer(former).sign(handover.text))
    entry = record(
        OPENED,
        group=group,
        at=at,
        former=former.origin,
        size=former.size,
        root=_root(former).hex(),
        lost=[_told(checkpoint) for checkpoint in lost],
        reason=reason,
        key=str(logs.verifier(fresh)),
        handover=str(note),
    )
    return take_in(fresh, [entry], at)


def _root(log: Log) -> bytes:
    return translog.root_of(log.size, proofs.tiles(log, log.size).lookup)


def _told(note: str) -> dict[str, object]:
    """A checkpoint's own words beside the note: anybody may read them without a program."""
    said = translog.Checkpoint.parse(translog.Note.parse(note).text)
    return {"origin": said.origin, "size": said.size, "root": said.root.hex(), "checkpoint": note}
