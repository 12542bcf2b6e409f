"""Taking in what witnesses sign."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction

from sutarta.apps.ledger.models import Checkpoint, Cosignature, Log, Witness
from sutarta.apps.tenants.models import Group
from sutarta.core import translog

CLOCKS_APART = timedelta(minutes=10)  # the most by which a witness's clock may differ from ours


class NotTaken(Exception):
    """A cosignature is not taken.

    code   BAD, UNKNOWN, STALE or NOT_OURS
    size   of our log, where the checkpoint is none of its own
    """

    def __init__(self, code: str, reason: str, size: int = 0) -> None:
        super().__init__(reason)
        self.code, self.size = code, size


@transaction.atomic
def cosign(*, group: Group, note: bytes, at: datetime) -> Cosignature:
    """Keep a witness's signature under a checkpoint of ours; of several the newest.

    note   the checkpoint with the witness's line under it

    The same line sent again changes nothing. Raises NotTaken.
    """
    said, point = _read(note)
    witness, signed_at = _signed(said, group)
    if abs(signed_at - at) > CLOCKS_APART:
        raise NotTaken("STALE", f"signed at {signed_at:%Y-%m-%d %H:%M} UTC: which is not now")
    checkpoint = _ours(said, point, group)
    key = translog.Verifier.parse(witness.public)
    Witness.objects.select_for_update().get(pk=witness.pk)
    found = Cosignature.objects.filter(checkpoint=checkpoint, witness=witness).first()
    if found is None:
        found = Cosignature(group=group, checkpoint=checkpoint, witness=witness)
    elif found.signed_at >= signed_at:
        return found
    found.line, found.signed_at = str(key.find(said)), signed_at
    found.save()
    return found


def _read(note: bytes) -> tuple[translog.Note, translog.Checkpoint]:
    try:
        said = translog.Note.parse(note)
        return said, translog.Checkpoint.parse(said.text)
    except (translog.BadNote, translog.BadCheckpoint) as bad:
        raise NotTaken("BAD", f"no signed checkpoint: {bad}") from bad


def _signed(note: translog.Note, group: Group) -> tuple[Witness, datetime]:
    """The witness of the group that signed it, and when."""
    for witness in Witness.objects.filter(group=group, ended_at=None):
        seconds = translog.Verifier.parse(witness.public).signed_at(note)
        if seconds is not None:
            return witness, _instant(seconds)
    raise NotTaken("UNKNOWN", "no witness named by this group signed it")


def _instant(seconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise NotTaken("STALE", "signed in a year that no calendar has") from error


def _ours(note: translog.Note, point: translog.Checkpoint, group: Group) -> Checkpoint:
    """The checkpoint as we signed it, of the log in force or of a former epoch."""
    log = Log.objects.filter(group=group, origin=point.origin).first()
    found = Checkpoint.objects.filter(log=log, size=point.size).first() if log else None
    if found is None or translog.Note.parse(found.note).text != note.text:
        raise NotTaken("NOT_OURS", "not a checkpoint of this log", log.size if log else 0)
    return found
