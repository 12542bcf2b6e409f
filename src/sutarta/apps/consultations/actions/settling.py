"""What a person decides about a letter that came by mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sutarta.apps.consultations.actions import admitting, arriving, paper, speaking
from sutarta.apps.consultations.actions.holding import hold_submission
from sutarta.apps.consultations.models import (
    Arrival,
    Consultation,
    LetterOpening,
    Reason,
    Submission,
    Tie,
)
from sutarta.apps.consultations.queries import arrivals
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.rules import arriving as rules
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.mail import sealing
from sutarta.apps.mail.actions import receiving
from sutarta.apps.mail.models import RawLetter, RawState
from sutarta.apps.people.access import Refused, require

NOT_SUBMISSIONS = (Reason.SPAM, Reason.PRIVATE, Reason.OTHER)


def belongs_to(
    *, actor: Any, arrival: Arrival, consultation: Consultation, at: datetime
) -> Submission:
    """Enter the letter in the register of a consultation; its sender gets the receipt in reply.

    The letter and its files are read before the transaction, for that takes seconds. Raises
    Refused, also for a letter that is in the register already.
    """
    require(rules.may_take(actor, arrival, consultation, at))
    opened = arriving.with_files(arriving.open_letter(arrival.letter))
    return _taken(actor, arrival, consultation, opened, at)


@transaction.atomic
def _taken(
    actor: Any,
    arrival: Arrival,
    consultation: Consultation,
    opened: admitting.Opened,
    at: datetime,
) -> Submission:
    arrival = _hold(arrival)
    require(rules.may_take(actor, arrival, consultation, at))
    submission = admitting.admit(arrival, opened, consultation, at)
    state = RawState.UNREADABLE if opened.unread else RawState.TAKEN
    _tie(arrival, submission, Tie.BECAME, actor)
    receiving.settle(arrival.letter, state, "", at)
    return submission


@transaction.atomic
def keep_beside(*, actor: Any, arrival: Arrival, submission: Submission, at: datetime) -> None:
    """Keep the letter beside a submission it speaks of, as no submission of its own."""
    arrival = _hold(arrival)
    require(rules.may_settle(actor, arrival, at))
    _tie(arrival, submission, Tie.BESIDE, actor)
    receiving.settle(arrival.letter, RawState.SET_ASIDE, Reason.BESIDE, at)


@transaction.atomic
def set_aside(*, actor: Any, arrival: Arrival, reason: str, why: str = "", at: datetime) -> None:
    """The letter is no submission: nothing is answered. Doing so twice changes nothing.

    reason   one of NOT_SUBMISSIONS; why: in words, needed for OTHER

    The log names the reason and no letter, so that everybody can count. Raises Refused.
    """
    arrival = _hold(arrival)
    require(rules.may_settle(actor, arrival, at))
    if reason not in NOT_SUBMISSIONS:
        raise Refused(_("Choose why it is no submission."))
    if reason == Reason.OTHER and not why.strip():
        raise Refused(_("Write why it is no submission."))
    if (arrival.letter.state, arrival.letter.reason) == (RawState.SET_ASIDE, reason):
        return
    arrival.why, arrival.settled_by = why.strip()[:300], actor
    arrival.save(update_fields=["why", "settled_by"])
    receiving.settle(arrival.letter, RawState.SET_ASIDE, reason, at)
    ledger.record("letter.set_aside", group=arrival.group, at=at, reason=str(reason))


@transaction.atomic
def put_back(*, actor: Any, arrival: Arrival, at: datetime) -> None:
    """What was set aside waits to be sorted again. Raises Refused."""
    arrival = _hold(arrival)
    require(rules.may_put_back(actor, arrival, at))
    by_hand = arrival.letter.reason in NOT_SUBMISSIONS
    arrival.why, arrival.settled_by, arrival.same_as = "", actor, None
    arrival.submission, arrival.tie = None, ""
    arrival.save(update_fields=["why", "settled_by", "same_as", "submission", "tie"])
    state = RawState.UNREADABLE if arrival.unread else RawState.TO_SORT
    receiving.settle(arrival.letter, state, Reason.TAKEN_BACK, at)
    if by_hand:
        ledger.record("letter.put_back", group=arrival.group, at=at)


@transaction.atomic
def type_in(*, actor: Any, submission: Submission, body: str, at: datetime) -> bool:
    """Write down the words of a letter that no program could read, in place of the sentence that
    stands for them; that sentence stays, marked. Returns whether anything changed.

    Raises Refused, or speaking.BadWords for no words.
    """
    submission = hold_submission(submission)
    arrival = arrivals.became(submission)
    require(rules.may_type_in(actor, submission, arrival, at))
    former = Text.of(submission)
    text = Text(body.strip(), former.proposed, former.why, former.place)
    speaking.require_text(submission.kind, text)
    if text == former or arrival is None:
        return False
    replaced = speaking.replace_words(submission, text, at, actor)
    receiving.settle(arrival.letter, RawState.TAKEN, "", at)
    paper.log_retyped(submission, [submission, replaced], at)
    return True


@transaction.atomic
def take_out(*, actor: Any, arrival: Arrival, reason: str, at: datetime) -> bytes:
    """The letter byte for byte; who took it out, when and what for is written down first.

    Raises Refused without a reason, or when the bytes are not there any more.
    """
    require(rules.may_open(actor, arrival, at))
    if not reason.strip():
        raise Refused(_("Write why you open it."))
    try:
        raw = sealing.opened(arrival.letter)
    except sealing.Locked as locked:
        raise Refused(_("The letter cannot be unsealed any more.")) from locked
    row = LetterOpening.objects.create(
        group=arrival.group, arrival=arrival, reason=reason.strip()[:300], actor=actor, at=at
    )
    ledger.record("letter.opened", group=arrival.group, at=at, rows=[row])
    return raw


def _hold(arrival: Arrival) -> Arrival:
    """The row as it is now, with its letter held until the transaction ends."""
    RawLetter.objects.select_for_update(of=("self",)).get(pk=arrival.letter_id)
    rows = Arrival.objects.select_related("letter__mailbox", "letter__group", "group")
    return rows.get(pk=arrival.pk)


def _tie(arrival: Arrival, submission: Submission, tie: str, actor: Any) -> None:
    arrival.submission, arrival.tie, arrival.settled_by = submission, tie, actor
    arrival.same_as = None
    arrival.save(update_fields=["submission", "tie", "settled_by", "same_as"])
