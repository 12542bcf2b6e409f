"""Erasing on request: one person asks, another carries it out. The number and the acts stay.

The author is one of the two when they ask by their secret link; for their own name and contact
they are enough.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import dropping, likening, sealing, surveys, translating
from sutarta.apps.consultations.actions.holding import hold_submission
from sutarta.apps.consultations.actions.sealing import NO_SALT
from sutarta.apps.consultations.models import (
    Deed,
    Erasure,
    ErasureAsker,
    ErasureScope,
    Objection,
    Source,
    Submission,
    Translation,
)
from sutarta.apps.consultations.queries import arrivals, receipts
from sutarta.apps.consultations.queries import erasing as queries
from sutarta.apps.consultations.rules import moderating as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.mail.models import Letter, LetterState
from sutarta.apps.people.access import Refused, require

TEXTS = ("body", "proposed", "why", "place")


@transaction.atomic
def ask_erasure(
    *, actor: Any, submission: Submission, scope: str, asker: str, ground: str, at: datetime
) -> Erasure:
    """Ask a second person to erase; nothing happens yet.

    asker    who wishes it, one of models.ErasureAsker
    ground   the author's wish or the legal ground, without personal data

    Raises Refused, also when there is nothing of that scope to erase.
    """
    submission = hold_submission(submission)
    require(rules.may_ask_erasure(actor, submission, _waiting(submission), at))
    if scope not in ErasureScope.values:
        raise Refused(_("Choose what to erase."))
    if asker not in ErasureAsker.values:
        raise Refused(_("Choose who asks for it."))
    if not ground.strip():
        raise Refused(_("Write the ground."))
    if not queries.holds(submission, scope):
        raise Refused(_("There is nothing of that kind to erase here."))
    return Erasure.objects.create(
        group=submission.group,
        submission=submission,
        scope=scope,
        asker=asker,
        ground=ground.strip()[:300],
        asked_by=actor,
        asked_at=at,
    )


@transaction.atomic
def ask_own_erasure(*, submission: Submission, scope: str, ground: str, at: datetime) -> Erasure:
    """The author asks by their secret link. Name and contact go at once: they are theirs, and
    no staff has a part in it. Files and words wait for a coordinator.

    ground   why, in their words; may be empty

    Raises Refused, also when there is nothing of that scope to erase.
    """
    submission = hold_submission(submission)
    require(rules.may_ask_own_erasure(submission, _waiting(submission)))
    if scope not in ErasureScope.values:
        raise Refused(_("Choose what to erase."))
    if not queries.holds(submission, scope):
        raise Refused(_("There is nothing of that kind to erase here."))
    erasure = Erasure(
        group=submission.group,
        submission=submission,
        scope=scope,
        asker=ErasureAsker.AUTHOR,
        ground=ground.strip()[:300],
        asked_at=at,
    )
    if scope == ErasureScope.CONTACT:
        erasure.decided_at, erasure.carried_out = at, True
        erase_as_decided(erasure, submission, at)
    erasure.save(force_insert=True)
    return erasure


@transaction.atomic
def decide_erasure(
    *, actor: Any, erasure: Erasure, carry_out: bool, at: datetime, refusal: str = ""
) -> Erasure:
    """The second person erases, or refuses to. What is erased is gone; its row stays.

    refusal   why not, told to the author; needed when they asked by their own page

    Copies in backups end when those expire. Raises Refused for whoever asked for it.
    """
    submission = hold_submission(erasure.submission)
    erasure = Erasure.objects.select_related("group").get(pk=erasure.pk)
    require(rules.may_decide_erasure(actor, erasure, at))
    if not carry_out and erasure.asked_by_id is None and not refusal.strip():
        raise Refused(_("Write why not: the author asked, and reads it."))
    erasure.decided_by, erasure.decided_at, erasure.carried_out = actor, at, carry_out
    erasure.refusal = "" if carry_out else refusal.strip()[:300]
    erasure.save()
    if carry_out:
        erase_as_decided(erasure, submission, at)
    return erasure


def drop_original(submission: Submission) -> list[Translation]:
    """Leave of the words what the public reads, of a withdrawn submission nothing; no salt is
    left to prove what they were. Returns the translations that went with them.
    """
    withdrawn = submission.withdrawn_at is not None
    for part in TEXTS:
        left = "" if withdrawn else getattr(submission, f"public_{part}")
        setattr(submission, part, left)
        setattr(submission, f"public_{part}", left)
    submission.keys = "" if withdrawn else submission.keys
    submission.salt = NO_SALT
    submission.shown_salt = NO_SALT if withdrawn else submission.shown_salt
    submission.save()
    submission.former_texts.update(**dict.fromkeys(TEXTS, ""), salt=NO_SALT)
    _forget_in_deeds(submission)
    likening.forget(submission)
    return translating.forget(submission) if withdrawn else []


def erase_as_decided(erasure: Erasure, submission: Submission, at: datetime) -> None:
    """Erase what the row names, and log it; whether one may was decided before."""
    steps = _STEPS[ErasureScope(erasure.scope)]
    for erase in steps:
        erase(submission, at)
    ledger.record(
        "submission.erased",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[submission, erasure, *submission.attachments.all()],
        gone=translating.forget(submission) if _erase_words in steps else (),
        number=submission.number,
        scope=str(erasure.scope),
        asker=str(erasure.asker),
    )


def _waiting(submission: Submission) -> Erasure | None:
    return Erasure.objects.filter(submission=submission, decided_at=None).first()


def _erase_contact(submission: Submission, at: datetime) -> None:
    """Name and contact, with our copies of letters to that address about this submission."""
    _erase_letters(submission)
    submission.notes.update(text="")  # they may hold a signature with a telephone
    submission.author_name = submission.email = submission.phone = submission.post_address = ""
    submission.show_name = False
    sealing.drop_contact(submission)
    sealing.seal_shown(submission)
    submission.save()


def _erase_letters(submission: Submission) -> None:
    """Letters that hold the secret of the author's page. One that has not left stays while
    another submission from the same address waits for it.
    """
    if not submission.email:
        return
    secret = receipts.secret_for(submission.group, submission.request_key)
    mine = Letter.objects.filter(group=submission.group, text__contains=secret)
    others = Submission.objects.filter(group=submission.group, email__iexact=submission.email)
    if others.exclude(pk=submission.pk).exists():
        mine = mine.exclude(state=LetterState.QUEUED, kind="answered")
    mine.delete()


def _erase_raw_letter(submission: Submission, at: datetime) -> None:
    """The letters it came in or that speak of it: their bytes hold the words, the files and the
    address at once. That they came, and how they were settled, stays.
    """
    dropping.drop_letters(arrivals.erasable(submission), at)


def _erase_attachments(submission: Submission, at: datetime) -> None:
    """The bytes go once the transaction is kept; the row loses name, salt and path at once."""
    for attachment in submission.attachments.filter(removed_at=None):
        path = attachment.path
        if path:
            transaction.on_commit(lambda path=path: default_storage.delete(path))
        attachment.name = attachment.path = ""
        attachment.salt, attachment.size = NO_SALT, 0
        attachment.removed_at, attachment.approved_at = at, None
        attachment.save()


def _erase_words(submission: Submission, at: datetime) -> None:
    """Everything said, in every place it stands; no salt is left to prove what it was."""
    for field in (*TEXTS, *(f"public_{part}" for part in TEXTS)):
        setattr(submission, field, "")
    submission.quote = submission.quote_before = submission.quote_after = submission.keys = ""
    submission.organisation, submission.erased_at = "", at
    sealing.drop_words(submission)
    submission.ward, submission.for_whom = None, []
    submission.save()
    submission.former_texts.update(**dict.fromkeys(TEXTS, ""), salt=NO_SALT)
    Objection.objects.filter(submission=submission).update(said="")
    Source.objects.filter(submission=submission).update(
        place="", link="", dated=None, message_digest=""
    )
    _forget_in_deeds(submission)
    likening.forget(submission)


def _forget_in_deeds(submission: Submission) -> None:
    """What the desk kept of it to undo something done to many."""
    key = str(submission.number)
    for deed in Deed.objects.filter(group=submission.group):
        if key in deed.before:
            deed.before.pop(key)
            deed.save(update_fields=["before"])


_STEPS = {
    ErasureScope.CONTACT: (_erase_contact, _erase_raw_letter, surveys.forget_answers),
    ErasureScope.ATTACHMENTS: (_erase_attachments, _erase_raw_letter),
    ErasureScope.WORDS: (
        _erase_contact,
        _erase_attachments,
        _erase_raw_letter,
        surveys.forget_answers,
        _erase_words,
    ),
}
