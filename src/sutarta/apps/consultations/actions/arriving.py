"""From the sealed letter to the register: what the worker does with every letter that came."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import translation

from sutarta.apps.consultations.actions import admitting
from sutarta.apps.consultations.actions.admitting import Opened
from sutarta.apps.consultations.models import Arrival, Reason, Tie
from sutarta.apps.consultations.queries import judging
from sutarta.apps.consultations.queries.judging import Judgement
from sutarta.apps.mail import actions as mail
from sutarta.apps.mail import sealing, vouching
from sutarta.apps.mail.actions import receiving
from sutarta.apps.mail.models import RawLetter, RawState
from sutarta.apps.mail.queries import receiving as raws
from sutarta.formats import letters
from sutarta.formats.letters import Letter, heading

AT_ONCE = 50  # letters of one round
MOST_TRIES = 3  # a letter whose reading ends the worker each time is left to a person


def take_waiting(at: datetime) -> int:
    """Look at every letter that waits, those tried least first; returns how many were settled.

    Safe to run any number of times: a letter and its submission are stored together or not at
    all. One that breaks the program ends this round alone; next time the others go first.
    """
    waiting = raws.waiting().annotate(tried=Coalesce("arrival__tries", 0))
    due = waiting.order_by("tried", "received_at", "id")[:AT_ONCE]
    return sum(take(raw, at) for raw in due)


def take(raw: RawLetter, at: datetime) -> bool:
    """Read one letter and settle it. False when somebody else had done so meanwhile."""
    arrival = _begun(raw)
    with translation.override(raw.group.language):
        opened = open_letter(raw, is_tried=arrival.tries > MOST_TRIES, is_first=True)
        judgement = judging.judged(raw, opened.letter, opened.unread)
        if judgement.consultation is not None:
            opened = with_files(opened)
        return _settle(arrival, opened, judgement, at)


def open_letter(raw: RawLetter, *, is_tried: bool = False, is_first: bool = False) -> Opened:
    """The letter as read in a process of its own; where that fails, its header lines.

    is_tried   it was tried often enough: the header lines alone
    is_first   look up who vouches for it, which asks the DNS: once, then the row says it
    """
    try:
        data = sealing.opened(raw)
    except sealing.Locked:
        return Opened(Letter(), "broken")
    above = replace(heading.heading(data), recipients=heading.recipients(data))
    if raw.state == RawState.UNREADABLE and raw.reason == "TOO_BIG":
        return Opened(above, "too_large")
    if is_tried or raw.reason == "REFUSED":
        return Opened(above, "broken")
    try:
        keys = vouching.keys_of(data) if is_first else {}
        hosts = vouching.hosts_of(raw.mailbox)
        return Opened(letters.read_safely(data, "letter.eml", keys, hosts))
    except letters.Refused as refused:
        return Opened(above, refused.code)


def with_files(opened: Opened) -> Opened:
    """The same with its files looked through."""
    files, refused = admitting.looked_through(opened.letter)
    return replace(opened, files=files, refused=refused)


def describe(arrival: Arrival, opened: Opened) -> None:
    """Note on the row what was understood of the letter."""
    letter = opened.letter
    arrival.sender_name = letter.sender_name[:120]
    arrival.sender_address = letter.sender_address[:254]
    arrival.subject = letter.subject[:300]
    arrival.sent_at = letter.sent_at
    arrival.message_id = letter.message_id[:1000]
    arrival.message_digest = judging.message_digest(letter.message_id)
    arrival.fingerprint = "" if opened.unread else letter.fingerprint
    arrival.is_vouched = judging.is_vouched(arrival.letter, letter)
    arrival.unread = opened.unread


def _begun(raw: RawLetter) -> Arrival:
    """Its row, with one more try noted before the reading begins."""
    arrival, _is_new = Arrival.objects.get_or_create(group=raw.group, letter=raw)
    Arrival.objects.filter(pk=arrival.pk).update(tries=F("tries") + 1)
    arrival.refresh_from_db(fields=["tries"])
    arrival.letter = raw
    return arrival


@transaction.atomic
def _settle(arrival: Arrival, opened: Opened, judgement: Judgement, at: datetime) -> bool:
    """Everything that follows from one letter, or nothing."""
    raw = RawLetter.objects.select_for_update(of=("self",)).select_related("group", "mailbox")
    arrival.letter = raw.get(pk=arrival.letter_id)
    if arrival.letter.settled_at is not None:
        return False
    describe(arrival, opened)
    arrival.submission, arrival.tie = judgement.submission, judgement.tie
    arrival.same_as = judgement.same_as
    if judgement.consultation is not None:
        arrival.submission = admitting.admit(arrival, opened, judgement.consultation, at)
        arrival.tie = Tie.BECAME
        _end_waiting_copies(arrival, at)
    arrival.save()
    receiving.settle(arrival.letter, judgement.state, judgement.reason, at)
    for letter in judgement.undelivered:
        mail.came_back(letter)
    return True


def _end_waiting_copies(arrival: Arrival, at: datetime) -> None:
    """Copies that wait to be sorted: they say what is in the register now."""
    same = Arrival.objects.filter(
        group=arrival.group,
        fingerprint=arrival.fingerprint,
        submission=None,
        letter__state=RawState.TO_SORT,
    ).exclude(pk=arrival.pk)
    for copy in same.select_related("letter") if arrival.fingerprint else ():
        copy.submission, copy.tie, copy.same_as = arrival.submission, Tie.REPEATS, arrival
        copy.save(update_fields=["submission", "tie", "same_as"])
        receiving.settle(copy.letter, RawState.SET_ASIDE, Reason.DUPLICATE, at)
