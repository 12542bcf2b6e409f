"""The logs of a group: which is in force, and who signs it."""

from __future__ import annotations

from sutarta.apps.ledger import vault
from sutarta.apps.ledger.models import Checkpoint, Key, Log
from sutarta.apps.tenants.models import Group
from sutarta.core.translog import Note, Signer, Verifier
from sutarta.core.translog.examining import fingerprint_of


def in_force(group: Group) -> Log | None:
    """The log that takes acts in; None before the group's first act is put in order."""
    return Log.objects.filter(group=group, ended_at=None).first()


def keys(log: Log) -> list[Key]:
    """Every key the log had, oldest first."""
    return list(Key.objects.filter(log=log).order_by("number"))


def signer(log: Log) -> Signer:
    """The key in force, with its secret half. Raises vault.LockedKey."""
    key = Key.objects.filter(log=log).order_by("number").last()
    return vault.signer(bytes(key.sealed), log.origin)


def verifier(log: Log) -> Verifier:
    """The key in force."""
    return Verifier.parse(keys(log)[-1].public)


def fingerprint(key: str) -> str:
    """A printed key in four groups of four signs, to be compared by eye or ear."""
    return fingerprint_of(Verifier.parse(key))


def handovers(log: Log) -> list[str]:
    """The notes by which the log's keys were handed on, oldest first."""
    return [key.handover for key in keys(log) if key.handover]


def newest_checkpoint(log: Log) -> Checkpoint | None:
    """The last one signed."""
    return Checkpoint.objects.filter(log=log).order_by("size").last()


def cosigned(checkpoint: Checkpoint) -> str:
    """The checkpoint's note with the signatures of its witnesses under it."""
    lines = checkpoint.cosignatures.order_by("signed_at", "id").values_list("line", flat=True)
    return str(Note.parse(checkpoint.note)) + "".join(lines)
