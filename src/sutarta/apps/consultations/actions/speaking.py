"""What residents do: speak, correct what they said, take it back, confirm their address."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions import acknowledging, sealing, translating
from sutarta.apps.consultations.actions.acknowledging import InReply
from sutarta.apps.consultations.actions.carrying import SERIES, place_submission
from sutarta.apps.consultations.actions.holding import hold_submission
from sutarta.apps.consultations.models import (
    OF_IDEA_CALLS,
    Answer,
    Channel,
    Consultation,
    Deadline,
    FormerText,
    ForWhom,
    Kind,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import passages, receipts, sealed
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.rules import speaking as rules
from sutarta.apps.consultations.rules.speaking import LONGEST
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.mail import limits
from sutarta.apps.people.access import require
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants import gathering
from sutarta.apps.tenants import queries as groups


class BadWords(ValueError):
    """The words cannot be a submission: empty, too long, or about a passage that is not there."""


@dataclass(frozen=True)
class Words:
    """What one author says, and what they tell about themselves; all but the words optional.

    kind         one of models.Kind: NEED and IDEA in an idea call alone
    lineage_id   the passage spoken of, "" for a general proposal or question
    quote        marked words of that passage, with what stands before and after them
    ward         key of the part of the territory an idea is for, "" for none
    place        where that is, in their own words
    for_whom     codes of models.ForWhom
    """

    kind: str
    body: str = ""
    proposed: str = ""
    why: str = ""
    lineage_id: str = ""
    quote: str = ""
    quote_before: str = ""
    quote_after: str = ""
    author_name: str = ""
    organisation: str = ""
    show_name: bool = False
    email: str = ""
    phone: str = ""
    post_address: str = ""
    ward: str = ""
    place: str = ""
    for_whom: tuple[str, ...] = ()

    @property
    def text(self) -> Text:
        return Text(self.body, self.proposed, self.why, self.place)


@dataclass(frozen=True)
class Receipt:
    """Proof for the author. `secret` opens their page; only its digest is stored.

    is_new   False when the same form had been sent before
    """

    submission: Submission
    secret: str
    is_new: bool


def submit(
    *,
    consultation: Consultation,
    words: Words,
    channel: str = Channel.WEB,
    at: datetime,
    recorded_at: datetime,
    request_key: str,
    actor: Any = None,
    language: str,
    network: str = "",
    in_reply: InReply | None = None,
) -> Receipt:
    """Take one submission, number it and give a receipt. Never refused for being late.

    at            the instant that counts: the request's headers, the letter or the call arrived
    recorded_at   the instant it is stored
    request_key   256 random bits of the form, or the letter's own id: sent twice, taken once
    actor         the member of staff who enters what came another way; None on the website
    network       where a stranger writes from: beyond the limits of `mail.limits` no letter
                  goes out, but everything is taken and receipted all the same
    in_reply      the letter these words came in: the receipt is the answer to it

    Raises Refused before the opening, BadWords when there is nothing to take.
    """
    require(rules.may_submit(consultation, at))
    require(rules.may_write_down(actor, consultation, channel, recorded_at))
    _require_words(consultation, words)
    once = receipts.once_key(request_key, vars(words))
    secret = receipts.secret_for(consultation.group, once)
    try:
        facts = _facts(words, consultation, channel, at, recorded_at, actor, language)
        stored = _store(facts, once, secret, network, in_reply)
        return Receipt(stored, secret, is_new=True)
    except IntegrityError:
        # The same form came before: asked for only now, for most come once.
        earlier = Submission.objects.get(group=consultation.group, request_key=once)
        return Receipt(earlier, secret, is_new=False)


@transaction.atomic
def correct(*, submission: Submission, text: Text, at: datetime) -> bool:
    """Replace the words; the former ones stay, marked. Returns whether anything changed.

    at   the instant the correction arrived; the moderation begins anew

    Raises Refused after the deadline or a withdrawal, BadWords for an empty text.
    """
    submission = hold_submission(submission)
    require(rules.may_correct(submission, at))
    require_text(submission.kind, text)
    if text == Text.of(submission):
        return False
    replaced = replace_words(submission, text, at)
    ledger.record(
        "submission.corrected",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[submission, replaced],
        number=submission.number,
        digest=submission.digest,
    )
    return True


@transaction.atomic
def withdraw(*, submission: Submission, at: datetime) -> None:
    """Take it back: it stays in the register, marked. Doing so twice changes nothing.

    Raises Refused after the deadline.
    """
    submission = hold_submission(submission)
    if submission.withdrawn_at is not None:
        return
    require(rules.may_withdraw(submission, at))
    submission.withdrawn_at, submission.keys = at, ""
    submission.save(update_fields=["withdrawn_at", "keys"])
    ledger.record(
        "submission.withdrawn",
        group=submission.group,
        at=at,
        about=f"p/{submission.number}",
        rows=[submission],
        gone=translating.forget(submission),
        number=submission.number,
    )


def confirm(*, submission: Submission, at: datetime) -> None:
    """The mailed link was opened: the address is the author's own. The first time counts."""
    Submission.objects.filter(pk=submission.pk, confirmed_at=None).update(confirmed_at=at)


def _require_words(consultation: Consultation, words: Words) -> None:
    if words.kind not in rules.kinds(consultation):
        raise BadWords(_("Choose what you want to do."))
    if words.kind in {Kind.COMMENT, Kind.WORDING} and not words.lineage_id:
        raise BadWords(_("Choose the passage you want to speak about."))
    if words.lineage_id and words.lineage_id not in passages.of(consultation.version).by_id:
        raise BadWords(_("This version has no such passage."))
    if words.ward or words.place or words.for_whom:
        _require_place(consultation, words)
    require_text(words.kind, words.text)


def _require_place(consultation: Consultation, words: Words) -> None:
    """Where a need or an idea is and whom it is for; nothing else has a place."""
    if words.kind not in OF_IDEA_CALLS or not set(words.for_whom) <= set(ForWhom.values):
        raise BadWords(_("Choose what you want to do."))
    if words.ward and not groups.wards(consultation.group).filter(pk=words.ward).exists():
        raise BadWords(_("Choose a part of the territory that is in the list."))


def require_text(kind: str, text: Text) -> None:
    """Raises BadWords when nothing is said, or more than a field holds."""
    said = text.proposed if kind == Kind.WORDING else text.body
    if not said.strip():
        raise BadWords(_("Write what you want to say."))
    if any(len(part) > LONGEST for part in (text.body, text.proposed, text.why)):
        raise BadWords(_("The text is too long."))


def _facts(
    words: Words,
    consultation: Consultation,
    channel: str,
    at: datetime,
    recorded_at: datetime,
    actor: Any,
    language: str,
) -> dict[str, Any]:
    """Everything of the row that does not depend on its number."""
    said = dict(vars(words))
    said |= {"ward_id": said.pop("ward") or None, "for_whom": list(words.for_whom)}
    return {
        **said,
        "group": consultation.group,
        "consultation": consultation,
        "version": consultation.version,
        "channel": channel,
        "language": language,
        "received_at": at,
        "recorded_at": recorded_at,
        "entered_by": actor,
        # Staff saw the letter or the person: nothing is left to confirm.
        "confirmed_at": recorded_at if actor is not None else None,
    }


def _store(
    facts: dict[str, Any], once: str, secret: str, network: str, in_reply: InReply | None
) -> Submission:
    """All of it or nothing; where many are gathered, all of theirs."""
    with transaction.atomic(savepoint=not gathering.are_gathered()):
        return _stored(facts, once, secret, network, in_reply)


def _stored(
    facts: dict[str, Any], once: str, secret: str, network: str, in_reply: InReply | None
) -> Submission:
    """From its number on, nothing is extended or carried over until this one is stored."""
    group = facts["group"]
    number = tenants.take_number(group, SERIES)
    submission = Submission(
        **facts,
        number=number,
        is_late=_is_late(facts["consultation"], facts["received_at"]),
        request_key=once,
        secret_digest=receipts.secret_digest(secret),
    )
    sealing.seal_words(submission, revision=1)
    sealing.seal_author(submission)
    submission.insert()
    entry = ledger.record(
        "submission.received",
        group=group,
        about=f"p/{number}",
        rows=[submission],
        # What comes another way becomes known later; when it came, its fingerprint says.
        at=submission.received_at if submission.channel == Channel.WEB else submission.recorded_at,
        number=submission.number,
        consultation=submission.consultation.number,
        channel=str(submission.channel),
        digest=submission.digest,
        author=submission.author_digest,
        contact=submission.contact_digest,
        is_late=submission.is_late,
    )
    place_submission(submission, submission.recorded_at)
    if submission.email and _may_acknowledge(submission, network, in_reply):
        acknowledging.post_receipt(submission, secret, entry, in_reply)
    return submission


def _may_acknowledge(submission: Submission, network: str, in_reply: InReply | None) -> bool:
    to, at = submission.email, submission.recorded_at
    if in_reply and not acknowledging.may_answer(to, in_reply, at):
        return False
    return limits.may_write(to, network, at)


def _is_late(consultation: Consultation, at: datetime) -> bool:
    """By the deadline in force now: it may have been extended while the words were coming."""
    if at < consultation.deadline.closes_at:
        return False
    current = Deadline.objects.filter(consultation=consultation).order_by("set_at", "id").last()
    return at >= current.closes_at


def replace_words(
    submission: Submission, text: Text, at: datetime, actor: Any = None
) -> FormerText:
    """In the caller's transaction: the former words stay, marked, and the moderation begins anew.

    actor   of the staff, None when its author does so
    """
    replaced = FormerText.objects.create(
        group=submission.group,
        submission=submission,
        **asdict(Text.of(submission)),
        salt=submission.salt,
        digest=submission.digest,
        replaced_at=at,
        replaced_by=actor,
    )
    rewrite(submission, text)
    Answer.objects.filter(submission=submission, published_at=None).update(is_ready=False)
    return replaced


def rewrite(submission: Submission, text: Text) -> None:
    """Put other words in place of those that were kept as former; they are checked anew."""
    for part in sealed.PARTS:
        setattr(submission, part, getattr(text, part))
        setattr(submission, f"public_{part}", "")
    submission.visibility, submission.keys = Visibility.CHECKING, ""
    sealing.seal_words(submission, revision=1 + submission.former_texts.count())
    sealing.seal_shown(submission)
    submission.save()
