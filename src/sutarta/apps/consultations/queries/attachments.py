"""Files handed over with submissions, and what their own fingerprints cover."""

from __future__ import annotations

from django.db.models import QuerySet

from sutarta.apps.consultations.models import Attachment, Submission
from sutarta.apps.tenants.models import Group

SCHEMA = "sutarta.attachment/1"


def standing(group: Group) -> QuerySet[Attachment]:
    """Files of the group that are there, oldest first, each with its submission."""
    found = Attachment.objects.filter(group=group, removed_at=None)
    return found.select_related("submission__group", "approved_by").order_by("added_at", "id")


def of(submission: Submission) -> QuerySet[Attachment]:
    """Files of one submission that are there."""
    return standing(submission.group).filter(submission=submission)


def open_ones(submission: Submission) -> list[Attachment]:
    """What the public may open: files a person approved, of words the public reads."""
    if not submission.is_read:
        return []
    return list(of(submission).filter(approved_at__isnull=False))


def is_open(attachment: Attachment) -> bool:
    """Whether the public may open the file."""
    there = attachment.approved_at is not None and attachment.removed_at is None
    return there and attachment.submission.is_read


def content(attachment: Attachment) -> dict[str, object]:
    """The canonical content that a file's fingerprint in the log covers, under its own salt.

    schema   "sutarta.attachment/1"
    group    UUID of the group
    number   of the submission
    digest   SHA-256 of the file as it was received, in hex
    kept     SHA-256 of the copy that is kept of it, without metadata

    Name and kind are not covered: a file is proved by its bytes alone.
    """
    return {
        "schema": SCHEMA,
        "group": str(attachment.group_id),
        "number": attachment.submission.number,
        "digest": attachment.digest,
        "kept": attachment.kept_digest,
    }
