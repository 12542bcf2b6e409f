"""Keeping order: tags, notes for colleagues, whose work it is, other passages it speaks of."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions.holding import hold_submission
from sutarta.apps.consultations.models import Filing, Note, Submission, Tag, Tagging
from sutarta.apps.consultations.queries import filings, passages
from sutarta.apps.consultations.queries.staff import is_colleague
from sutarta.apps.consultations.rules import sorting as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.people.access import Refused, require

LONGEST_TAG = 40


@transaction.atomic
def tag(*, actor: Any, submission: Submission, name: str, at: datetime) -> bool:
    """Put a tag on it, making the tag when it is new; returns whether it was not there yet."""
    require(rules.may_sort(actor, submission.group, at))
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Write the tag."))
    if len(name) > LONGEST_TAG:
        raise Refused(_("A tag has at most 40 characters."))
    group = submission.group
    word = Tag.objects.filter(group=group, name__iexact=name).first()
    word = word or Tag.objects.create(group=group, name=name)
    _row, is_new = Tagging.objects.get_or_create(group=group, submission=submission, tag=word)
    return is_new


@transaction.atomic
def untag(*, actor: Any, submission: Submission, name: str, at: datetime) -> bool:
    """Take a tag off; returns whether it was there."""
    require(rules.may_sort(actor, submission.group, at))
    rows = Tagging.objects.filter(submission=submission, tag__name__iexact=" ".join(name.split()))
    count, _kinds = rows.delete()
    return bool(count)


@transaction.atomic
def assign(*, actor: Any, submission: Submission, to: Any, at: datetime) -> None:
    """Say whose work it is.

    to   a person with a role in the group, or None for nobody
    """
    require(rules.may_sort(actor, submission.group, at))
    if to is not None and not is_colleague(to, submission.group, at):
        raise Refused(_("This person does not work at this desk."))
    held = hold_submission(submission)
    held.assigned_to = submission.assigned_to = to
    held.save(update_fields=["assigned_to"])


@transaction.atomic
def note(*, actor: Any, submission: Submission, text: str, at: datetime) -> Note:
    """Leave a note for colleagues. Notes are only added."""
    require(rules.may_sort(actor, submission.group, at))
    if not text.strip():
        raise Refused(_("Write the note."))
    return Note.objects.create(
        group=submission.group, submission=submission, text=text.strip(), actor=actor, at=at
    )


@transaction.atomic
def file(*, actor: Any, submission: Submission, lineage_id: str, at: datetime) -> Filing:
    """Place it beside another passage too, in the newest published version.

    Its own anchor stays as it was. Filing it there again changes nothing.
    """
    require(rules.may_file(actor, submission, at))
    submission = hold_submission(submission)
    version = filings.newest(submission)
    if version is None:
        raise Refused(_("There is no published text yet."))
    if lineage_id not in passages.of(version).by_id:
        raise Refused(_("This passage is not in the published text."))
    if lineage_id == filings.own_place(submission, version):
        raise Refused(_("It stands at this passage already."))
    filing, is_new = Filing.objects.get_or_create(
        group=submission.group,
        submission=submission,
        version=version,
        lineage_id=lineage_id,
        defaults={"actor": actor, "at": at},
    )
    if is_new:
        ledger.record(
            "submission.filed", group=filing.group, at=at, rows=[filing], **_facts(filing)
        )
    return filing


@transaction.atomic
def unfile(*, actor: Any, filing: Filing, at: datetime) -> None:
    """Take it away from that other passage again."""
    require(rules.may_sort(actor, filing.group, at))
    ledger.record("submission.unfiled", group=filing.group, at=at, gone=[filing], **_facts(filing))
    filing.delete()


def _facts(filing: Filing) -> dict[str, Any]:
    return {
        "about": f"p/{filing.submission.number}",
        "number": filing.submission.number,
        "version": filing.version.number,
        "passage": filing.lineage_id,
    }
