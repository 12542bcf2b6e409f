"""Files: taken in clean, opened to the public by a person, taken back, removed by rule."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import QuerySet

from sutarta.apps.consultations.actions import shelving
from sutarta.apps.consultations.actions.holding import hold_submission
from sutarta.apps.consultations.models import Attachment, Submission
from sutarta.apps.consultations.queries import attachments as queries
from sutarta.apps.consultations.refusals import BadFile
from sutarta.apps.consultations.rules import attaching as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import require
from sutarta.apps.tenants import storing
from sutarta.core.canonical import SALT_LENGTH, fingerprint
from sutarta.formats import uploads

__all__ = [
    "BadFile",
    "Handed",
    "approve",
    "attach",
    "hide",
    "keep",
    "read",
    "scan_again",
    "take_back",
]


@dataclass(frozen=True)
class Handed:
    """A file that was looked through and made anew, not stored yet.

    digest         SHA-256 of what was received
    is_unscanned   the virus scanner gave no answer
    """

    name: str
    clean: uploads.Clean
    digest: str
    is_unscanned: bool


def attach(
    *, submission: Submission, name: str, data: bytes, at: datetime, actor: Any = None
) -> Attachment:
    """Take one file in and keep it with the submission; nobody but staff opens it yet.

    actor   the member of staff who enters it; None when the author hands it over

    The same file handed over twice is kept once. Raises BadFile, or Refused when it may not be.
    """
    require(rules.may_attach(actor, submission, 0, at))
    return keep(submission=submission, handed=read(name, data), at=at, actor=actor)


def read(name: str, data: bytes) -> Handed:
    """Look through a file: takes a second, so it goes before any transaction. Raises BadFile."""
    try:
        clean = uploads.clean_safely(data)
    except uploads.Refused as refused:
        raise BadFile(refused.code) from refused
    digest = hashlib.sha256(data).hexdigest()
    return Handed(uploads.tidy_name(name, clean.suffix), clean, digest, not _is_scanned(data))


@transaction.atomic
def keep(
    *,
    submission: Submission,
    handed: Handed,
    at: datetime,
    actor: Any = None,
    came_at: datetime | None = None,
) -> Attachment:
    """Store a file that was looked through. Raises Refused.

    came_at   when it arrived, if that was before `at`: this decides whether it came in time
    """
    submission = hold_submission(submission)
    held = queries.of(submission)
    if found := held.filter(digest=handed.digest).first():
        return found
    require(rules.may_attach(actor, submission, held.count(), came_at or at))
    made = Attachment(
        group=submission.group,
        submission=submission,
        name=handed.name,
        media_type=handed.clean.media_type,
        size=len(handed.clean.data),
        digest=handed.digest,
        kept_digest=hashlib.sha256(handed.clean.data).hexdigest(),
        salt=secrets.token_bytes(SALT_LENGTH),
        added_at=at,
        is_unscanned=handed.is_unscanned,
    )
    made.commitment = fingerprint(made.salt, queries.content(made))
    path = f"{submission.group_id}/{shelving.FOLDER}/{made.pk}{handed.clean.suffix}"
    made.path = storing.put(path, handed.clean.data)
    made.save(force_insert=True)
    _record("attachment.added", made, at)
    return made


@transaction.atomic
def approve(*, actor: Any, attachment: Attachment, at: datetime) -> None:
    """Let the public open the file. Doing so twice changes nothing. Raises Refused."""
    attachment = _hold(attachment)
    require(rules.may_approve(actor, attachment, at))
    if attachment.approved_at is not None:
        return
    attachment.approved_at, attachment.approved_by = at, actor
    attachment.save(update_fields=["approved_at", "approved_by"])
    _record("attachment.approved", attachment, at)


@transaction.atomic
def hide(*, actor: Any, attachment: Attachment, at: datetime) -> None:
    """Let the public open it no longer. Doing so twice changes nothing. Raises Refused."""
    attachment = _hold(attachment)
    require(rules.may_look_through(actor, attachment.group, at))
    if attachment.approved_at is None:
        return
    attachment.approved_at = attachment.approved_by = None
    attachment.save(update_fields=["approved_at", "approved_by"])
    _record("attachment.hidden", attachment, at)


@transaction.atomic
def take_back(*, attachment: Attachment, at: datetime) -> None:
    """The author removes a file. Raises Refused after the deadline."""
    require(rules.may_take_back(hold_submission(attachment.submission), at))
    remove([_hold(attachment)], at=at, rule="author")


@transaction.atomic
def remove(attachments: Iterable[Attachment], *, at: datetime, rule: str) -> int:
    """Remove the bytes and the name, which may tell who; size and fingerprint stay.

    Returns how many were removed.

    rule   why: "author", "retention", "erasure" or "virus"; who may ask is the caller's to say
    """
    count = 0
    for attachment in attachments:
        if attachment.removed_at is None:
            attachment.removed_at, attachment.approved_at, attachment.name = at, None, ""
            attachment.save(update_fields=["removed_at", "approved_at", "name"])
            transaction.on_commit(lambda path=attachment.path: default_storage.delete(path))
            _record("attachment.removed", attachment, at, rule=rule)
            count += 1
    return count


def scan_waiting(at: datetime) -> int:
    """Scan what came while the virus scanner was away; returns how many got a verdict."""
    rows = Attachment.objects.select_related("submission")
    return scan_again(rows, lambda found: remove([found], at=at, rule="virus"))


def scan_again(rows: QuerySet[Any], remove_harmful: Callable[[Any], object]) -> int:
    """Scan those of these files that wait for the scanner; returns how many got a verdict.

    rows   have `path`, `is_unscanned` and `removed_at`

    Where no scanner is set up any more, nothing waits for one.
    """
    waiting = rows.filter(is_unscanned=True, removed_at=None)
    if not settings.CLAMAV:
        return waiting.update(is_unscanned=False)
    return sum(_has_verdict(row, rows, remove_harmful) for row in waiting)


def _has_verdict(row: Any, rows: QuerySet[Any], remove_harmful: Callable[[Any], object]) -> bool:
    """The copy is scanned: the original is not kept."""
    with default_storage.open(row.path) as file:
        data = file.read()
    try:
        if not _is_scanned(data):
            return False
    except BadFile:
        remove_harmful(row)
        return True
    rows.filter(pk=row.pk).update(is_unscanned=False)
    return True


def _is_scanned(data: bytes) -> bool:
    """Whether nothing is left to scan. Raises BadFile for what the scanner knows as harmful."""
    if not settings.CLAMAV:
        return True
    try:
        uploads.scan(settings.CLAMAV, data)
    except uploads.Infected as infected:
        raise BadFile("infected") from infected
    except uploads.Unreachable:
        return False
    return True


def _hold(attachment: Attachment) -> Attachment:
    rows = Attachment.objects.select_for_update(of=("self",)).select_related("group", "submission")
    return rows.get(pk=attachment.pk)


def _record(event: str, attachment: Attachment, at: datetime, **facts: object) -> None:
    ledger.record(
        event,
        group=attachment.group,
        at=at,
        about=f"p/{attachment.submission.number}",
        rows=[attachment],
        number=attachment.submission.number,
        digest=attachment.commitment,
        **facts,
    )
