"""The receipt as a file and on paper: what its author holds, and what the log proves of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import receipts
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.ledger import vault
from sutarta.apps.ledger.models import Checkpoint, Entry, Log
from sutarta.apps.ledger.queries import logs, proofs
from sutarta.apps.tenants import queries as groups
from sutarta.apps.tenants.models import Group
from sutarta.core import translog
from sutarta.core.translog.receipts import SCHEMA

RECEIVED = "submission.received"
ACTS = (
    RECEIVED,
    "submission.corrected",
    "submission.withdrawn",
    "submission.taken_back",
    "submission.erased",
)
ERASED, REMOVED = "erased", "removed"


@dataclass(frozen=True)
class Printed:
    """What a printed receipt says, besides what the submission does.

    code        short code of the act by which it was received
    check_url   where number and code are checked; also what the QR code holds
    origin      name of the log, and fingerprint: of the key in force, as notices print it; "" for
                both before the log has begun
    leaf        its place in the log, null while it waits
    """

    code: str
    check_url: str
    origin: str
    fingerprint: str
    leaf: int | None
    sequenced_at: datetime | None

    @property
    def check_page(self) -> str:
        """The address as one types it from paper."""
        return self.check_url.partition("?")[0]


def acts(group: Group, number: int) -> list[Entry]:
    """What the log says of a submission's words and author, oldest first."""
    found = Entry.objects.filter(group=group, about=f"p/{number}", event__in=ACTS)
    return list(found.select_related("log").order_by("recorded_at", "id"))


def code(entry: Entry) -> str:
    """The short code of an act, as it is printed."""
    return translog.short_code(bytes.fromhex(entry.digest))


def is_waiting(submission: Submission) -> bool:
    """Whether the log has still to take in what it promised about the submission."""
    return any(one.leaf is None for one in acts(submission.group, submission.number))


def fitting(group: Group, number: int, printed_code: str) -> Entry | None:
    """The act about that submission which the code belongs to; None when none has it.

    That there is such a submission, a wrong code does not betray.
    """
    return next((one for one in acts(group, number) if code(one) == printed_code), None)


def check_path(number: int, entry: Entry) -> str:
    """The page on which the printed receipt is checked, number and code filled in."""
    said = urlencode({"number": number, "code": code(entry)})
    return f"{reverse('consultations:check_receipt')}?{said}"


def printed(submission: Submission) -> Printed | None:
    """None for a submission of which the log does not speak."""
    group = submission.group
    said = next(iter(acts(group, submission.number)), None)
    if said is None:
        return None
    log = said.log or logs.in_force(group)
    return Printed(
        code=code(said),
        check_url=groups.address(group) + check_path(submission.number, said),
        origin=log.origin if log else "",
        fingerprint=logs.fingerprint(str(logs.verifier(log))) if log else "",
        leaf=said.leaf,
        sequenced_at=said.sequenced_at,
    )


def file_name(submission: Submission) -> str:
    """As the file is called in the language of the page."""
    stem = pgettext("name of a file", "receipt")
    return f"{stem}-{submission.number}.json"


def written(submission: Submission) -> str:
    """The receipt as the text of its file."""
    return json.dumps(receipt(submission), ensure_ascii=False, indent=1) + "\n"


def receipt(submission: Submission) -> dict[str, Any]:
    """The receipt as core.translog.receipts reads it."""
    group = submission.group
    entries = acts(group, submission.number)
    current = logs.in_force(group)
    its_logs = list({log.pk: log for log in (e.log or current for e in entries) if log}.values())
    points = {log.pk: _checkpoint(log, entries) for log in its_logs}
    return {
        "schema": SCHEMA,
        "help": _help(),
        "group": group.name,
        "number": submission.number,
        "code": code(entries[0]) if entries else "",
        "texts": [_text(said) for said in receipts.fingerprints(submission)],
        "author": _author(submission),
        "contact": _contact(submission),
        "acts": [_act(entry, points) for entry in entries],
        "logs": [_log(log, points[log.pk]) for log in its_logs],
        "address": groups.address(group) + reverse("ledger:keys").removesuffix("/keys"),
    }


def _help() -> str:
    return _(
        "Keep this file. It proves what you handed over and when, even against the group. Check "
        "it with the command “sutarta verify FILE”, or on the page of the group’s public log. It "
        "holds your words and what you told about yourself: give it only to those who may read "
        "them."
    )


def _text(said: Mapping[str, object]) -> dict[str, object]:
    digest = said["fingerprint"]
    if "salt" in said:
        return {"digest": digest, "salt": said["salt"], "content": said["content"]}
    return {"digest": digest, "closed": ERASED if "erased_at" in said else REMOVED}


def _author(submission: Submission) -> dict[str, object] | None:
    salt = (
        b"" if submission.erased_at else bytes(submission.author_salt)
    )  # the organisation is gone
    return _part(submission, submission.author_digest, salt, receipts.author(submission))


def _contact(submission: Submission) -> dict[str, object] | None:
    salt = bytes(submission.contact_salt)
    return _part(submission, submission.contact_digest, salt, receipts.contact(submission))


def _part(
    submission: Submission, digest: str, salt: bytes, content: Mapping[str, object]
) -> dict[str, object] | None:
    if not digest:
        return None
    if salt:
        return {"digest": digest, "salt": salt.hex(), "content": content}
    is_erased = submission.erasures.filter(carried_out=True).exists()
    return {"digest": digest, "closed": ERASED if is_erased else REMOVED}


def _act(entry: Entry, points: Mapping[Any, Checkpoint | None]) -> dict[str, object]:
    return {
        "act": ledger.act(entry),
        "promise": _promise(entry),
        "place": _place(entry, points.get(entry.log_id)),
    }


def _promise(entry: Entry) -> str:
    try:
        return proofs.promise(entry) or ""
    except vault.LockedKey:  # another secret key was put in place: what is signed stays readable
        return ""


def _place(entry: Entry, point: Checkpoint | None) -> dict[str, object] | None:
    proof = proofs.proof(entry, point) if point else None
    if proof is None:
        return None
    return proofs.place(entry, proof.path)


def _checkpoint(log: Log, entries: Iterable[Entry]) -> Checkpoint | None:
    """The newest one that somebody witnessed, if it covers all acts; else the newest."""
    needed = max((entry.leaf for entry in entries if entry.log_id == log.pk), default=-1)
    seen = Q(log=log, cosignatures__isnull=False, size__gt=needed)
    witnessed = Checkpoint.objects.filter(seen).order_by("size").last()
    return witnessed or logs.newest_checkpoint(log)


def _log(log: Log, point: Checkpoint | None) -> dict[str, object]:
    return {
        "origin": log.origin,
        "key": logs.keys(log)[0].public,
        "handovers": logs.handovers(log),
        "checkpoint": logs.cosigned(point) if point else "",
        "witnesses": _witnesses(point),
    }


def _witnesses(point: Checkpoint | None) -> Sequence[Mapping[str, str]]:
    if point is None:
        return []
    rows = point.cosignatures.select_related("witness").order_by("signed_at", "id")
    return [{"name": row.witness.name, "key": row.witness.public} for row in rows]
