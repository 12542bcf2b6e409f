"""Taking letters in: sealed on the disk and in the database before anybody is told so."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from sutarta.apps.mail import sealing
from sutarta.apps.mail.models import Mailbox, RawLetter, RawState
from sutarta.apps.tenants import storing
from sutarta.apps.tenants.models import Group

MAX_LETTER = 25 * 1024 * 1024  # bytes
MAX_HEADERS = 1024 * 1024  # bytes kept of a letter that is too big
FOLDER = "raw"


def take_in(
    *,
    group: Group,
    raw: bytes,
    door: str,
    received_at: datetime,
    fetched_at: datetime,
    origin: str,
    mailbox: Mailbox | None = None,
    envelope_to: str = "",
    size: int | None = None,
    reason: str = "",
) -> RawLetter:
    """Keep a letter: when this returns, it survives a power cut. The same origin, the same row.

    size     bytes of the whole letter, where `raw` is only its beginning
    reason   why `raw` is not the whole letter, a code; "" when it is

    One that is not whole is UNREADABLE and waits for somebody to look. Of one that is too big
    the headers are kept, reason TOO_BIG. Raises RuntimeError inside a transaction: nothing would
    be stored yet.
    """
    if found := RawLetter.objects.filter(group=group, origin=origin).first():
        return found
    size = len(raw) if size is None else size
    is_too_big = max(size, len(raw)) > MAX_LETTER
    kept, reason = (headers_of(raw), "TOO_BIG") if is_too_big else (raw, reason)
    made = RawLetter(
        group=group,
        mailbox=mailbox,
        door=door,
        envelope_to=envelope_to[:320],
        received_at=received_at,
        fetched_at=fetched_at,
        origin=origin,
        digest=hashlib.sha256(kept).hexdigest(),
        size=size,
        state=RawState.UNREADABLE if reason else RawState.WAITING,
        reason=reason,
    )
    made.path = storing.put(
        f"{group.pk}/{FOLDER}/{made.pk}", sealing.seal_letter(kept, str(made.pk))
    )
    return _stored(made)


def headers_of(raw: bytes) -> bytes:
    """The lines before the first empty one.

    >>> headers_of(b"Subject: x\\r\\n\\r\\nwords")
    b'Subject: x\\r\\n\\r\\n'
    """
    ends = [at + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if (at := raw.find(mark)) >= 0]
    return raw[: min([*ends, MAX_HEADERS])]


def settle(letter: RawLetter, state: str, reason: str, at: datetime) -> None:
    """Say what becomes of a letter; `reason` is a code of at most 20 capitals, "" for none."""
    letter.state, letter.reason, letter.settled_at = state, reason, at
    letter.save(update_fields=["state", "reason", "settled_at"])


def remove(letters: Iterable[RawLetter], at: datetime) -> int:
    """Remove the bytes of letters whose time has ended; that they came stays known.

    Returns how many were removed.
    """
    count = 0
    for letter in letters:
        if letter.removed_at is None:
            letter.removed_at, letter.envelope_to = at, ""
            letter.save(update_fields=["removed_at", "envelope_to"])
            transaction.on_commit(lambda path=letter.path: default_storage.delete(path))  # type: ignore[misc]
            count += 1
    return count


def sweep(at: datetime) -> int:
    """Remove sealed bytes no row speaks of: a process died before it stored the row.

    Returns how many. The letter itself is still where it came from.
    """
    held = RawLetter.objects.filter(removed_at=None).values_list("path", flat=True)
    return storing.sweep(FOLDER, held, at)


def _stored(made: RawLetter) -> RawLetter:
    """The row, stored now, or by another process a moment ago."""
    try:
        with transaction.atomic(durable=True):
            made.save(force_insert=True)
    except IntegrityError:
        found = RawLetter.objects.filter(group_id=made.group_id, origin=made.origin).first()
        if found is None:
            raise
        default_storage.delete(made.path)
        return found
    return made
