"""Minutes of a meeting: prepared, published with who came, corrected, and the files beside them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import attaching, inviting, shelving
from sutarta.apps.consultations.actions.attaching import Handed
from sutarta.apps.consultations.actions.holding import hold_meeting
from sutarta.apps.consultations.actions.meetings import record
from sutarta.apps.consultations.models import FormerMinutes, Meeting, MinutesFile, Sector
from sutarta.apps.consultations.queries import meetings as queries
from sutarta.apps.consultations.rules import meetings as rules
from sutarta.apps.ledger.models import LoggedRow
from sutarta.apps.people.access import Refused, require
from sutarta.apps.tenants import storing
from sutarta.core.canonical import SALT_LENGTH, fingerprint

FILE_SCHEMA = "sutarta.minutes-file/1"


@transaction.atomic
def prepare(
    *, actor: Any, meeting: Meeting, minutes: str, attendance: Mapping[str, int], at: datetime
) -> None:
    """Keep what was written so far; nobody outside the desk reads it. Raises Refused."""
    meeting = hold_meeting(meeting)
    require(rules.may_write_minutes(actor, meeting, at))
    meeting.minutes, meeting.attendance = minutes, _counted(attendance)
    meeting.save(update_fields=["minutes", "attendance"])


@transaction.atomic
def publish(*, actor: Any, meeting: Meeting, at: datetime) -> None:
    """Publish minutes, attendance and files; who asked for news of it gets one letter.

    Raises Refused with a list of what is missing.
    """
    meeting = hold_meeting(meeting)
    require(rules.may_minute(actor, meeting, queries.lacking_for_minutes(meeting), at))
    meeting.minuted_at = at
    _seal(meeting)
    meeting.save(update_fields=["minuted_at", "minutes_salt", "minutes_digest"])
    _record_minutes("meeting.minuted", meeting, at, meeting.files.order_by("id"))
    inviting.tell_of_minutes(meeting, queries.participants(meeting), at)


@transaction.atomic
def correct(
    *,
    actor: Any,
    meeting: Meeting,
    minutes: str,
    attendance: Mapping[str, int],
    why: str,
    at: datetime,
    named_somebody: bool = False,
) -> bool:
    """Put published minutes right; what stood before is kept beside them, marked as former.

    why              what was wrong; everybody reads it
    named_somebody   the former words are not kept: they told of a person who is not to be read
                     of. Nor are those before them, where the same name may stand

    Returns whether anything changed. Raises Refused.
    """
    meeting = hold_meeting(meeting)
    require(rules.may_correct_minutes(actor, meeting, at))
    counted = _counted(attendance)
    if (minutes, counted) == (meeting.minutes, meeting.attendance):
        return False
    if not why.strip():
        raise Refused(_("Write what is put right. Everybody will read it."))
    if named_somebody:
        meeting.former_minutes.update(minutes="", salt=b"")
    former = _former(actor, meeting, why.strip(), named_somebody, at)
    meeting.minutes, meeting.attendance = minutes, counted
    if lacking := queries.lacking_for_minutes(meeting):
        raise Refused(rules.still_missing(lacking))
    _seal(meeting)
    meeting.save(update_fields=["minutes", "attendance", "minutes_salt", "minutes_digest"])
    _record_minutes("meeting.minutes_corrected", meeting, at, [former], former=former.digest)
    return True


def _former(
    actor: Any, meeting: Meeting, why: str, named_somebody: bool, at: datetime
) -> FormerMinutes:
    return FormerMinutes.objects.create(
        group=meeting.group,
        meeting=meeting,
        minutes="" if named_somebody else meeting.minutes,
        attendance=meeting.attendance,
        why=why,
        salt=b"" if named_somebody else bytes(meeting.minutes_salt),
        digest=meeting.minutes_digest,
        replaced_at=at,
        replaced_by=actor,
    )


def _counted(attendance: Mapping[str, int]) -> dict[str, int]:
    """Only sectors there are, in their own order."""
    return {code: attendance[code] for code in Sector.values if code in attendance}


def _seal(meeting: Meeting) -> None:
    revision = meeting.former_minutes.count() + 1
    meeting.minutes_salt = secrets.token_bytes(SALT_LENGTH)
    meeting.minutes_digest = fingerprint(meeting.minutes_salt, queries.content(meeting, revision))


def _record_minutes(
    event: str, meeting: Meeting, at: datetime, beside: Iterable[LoggedRow], **facts: object
) -> None:
    record(event, meeting, at, [meeting, *beside], digest=meeting.minutes_digest, **facts)


@transaction.atomic
def add_file(*, actor: Any, meeting: Meeting, handed: Handed, at: datetime) -> MinutesFile:
    """Keep a file beside the minutes; the public opens it once they are published.

    handed   looked through already by attaching.read

    The same file handed over twice is kept once. Raises Refused.
    """
    meeting = hold_meeting(meeting)
    held = queries.files(meeting)
    if found := held.filter(digest=handed.digest).first():
        return found
    require(rules.may_add_file(actor, meeting, held.count(), at))
    made = MinutesFile(
        group=meeting.group,
        meeting=meeting,
        name=handed.name,
        media_type=handed.clean.media_type,
        size=len(handed.clean.data),
        digest=handed.digest,
        kept_digest=hashlib.sha256(handed.clean.data).hexdigest(),
        salt=secrets.token_bytes(SALT_LENGTH),
        is_unscanned=handed.is_unscanned,
        added_at=at,
    )
    made.commitment = fingerprint(made.salt, _content(made))
    path = f"{meeting.group_id}/{shelving.OF_MINUTES}/{made.pk}{handed.clean.suffix}"
    made.path = storing.put(path, handed.clean.data)
    made.save(force_insert=True)
    if meeting.is_minuted:
        record("meeting.file_added", meeting, at, [made], digest=made.commitment)
    return made


@transaction.atomic
def remove_file(*, actor: Any, file: MinutesFile, at: datetime) -> None:
    """Remove the bytes and the name; of a published file the log keeps that it was there.

    Removing twice changes nothing. Raises Refused.
    """
    meeting = hold_meeting(file.meeting)
    require(rules.may_add_file(actor, meeting, 0, at))
    _remove(file, meeting, at)


def _remove(file: MinutesFile, meeting: Meeting, at: datetime) -> None:
    held = MinutesFile.objects.select_for_update().get(pk=file.pk)
    if held.removed_at is not None:
        return
    held.removed_at, held.name = at, ""
    held.save(update_fields=["removed_at", "name"])
    transaction.on_commit(lambda: default_storage.delete(held.path))
    if meeting.is_minuted:
        record("meeting.file_removed", meeting, at, [held], digest=held.commitment)


def scan_waiting(at: datetime) -> int:
    """Scan what came while the virus scanner was away; returns how many got a verdict."""
    rows = MinutesFile.objects.select_related("meeting__group")
    return attaching.scan_again(rows, lambda file: _remove_harmful(file, at))


@transaction.atomic
def _remove_harmful(file: MinutesFile, at: datetime) -> None:
    _remove(file, hold_meeting(file.meeting), at)


def _content(file: MinutesFile) -> dict[str, object]:
    """What a file's fingerprint covers: what was handed over, and the copy that is kept."""
    return {
        "schema": FILE_SCHEMA,
        "group": str(file.group_id),
        "meeting": file.meeting.number,
        "digest": file.digest,
        "kept": file.kept_digest,
    }
