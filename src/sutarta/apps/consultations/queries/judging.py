"""What a letter is: words for a consultation, an answer to us, a machine's, or the same again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sutarta.apps.consultations.models import Arrival, Consultation, Reason, Source, Submission, Tie
from sutarta.apps.consultations.queries import public, receipts
from sutarta.apps.mail import threads
from sutarta.apps.mail.models import Letter as OurLetter
from sutarta.apps.mail.models import RawLetter, RawState
from sutarta.apps.mail.queries import receiving
from sutarta.formats.letters import Letter

SAME_WITHIN = timedelta(days=30)  # who says the same a year later says it anew
_MACHINES = {"reply": Reason.AUTO_REPLY, "bounce": Reason.BOUNCE}


@dataclass(frozen=True)
class Judgement:
    """What becomes of a letter.

    state         TAKEN and UNREADABLE with a consultation: it enters the register; else as it says
    submission, tie   what it hangs together with already
    same_as       the earlier letter it repeats
    undelivered   our letters that it says did not arrive
    """

    state: str
    reason: str = ""
    consultation: Consultation | None = None
    submission: Submission | None = None
    tie: str = ""
    same_as: Arrival | None = None
    undelivered: tuple[OurLetter, ...] = ()


def judged(raw: RawLetter, letter: Letter, unread: str) -> Judgement:
    """What the letter is, in the order that harms least: no machine is ever answered, no person's
    words are set aside for looking like a machine's by half.

    letter   what was understood; unread: why that is the header lines alone, "" if it was read
    """
    if found := _of_machines(raw, letter) or _again(raw, letter, unread):
        return found
    if found := _in_reply(raw, letter):
        return found
    consultation, reason = meant(raw, letter)
    if unread:
        return Judgement(RawState.UNREADABLE, reason, consultation)
    if consultation is not None and letter.automatic == "list":
        return Judgement(RawState.TO_SORT, Reason.LISTED)
    if letter.automatic == "list":
        return Judgement(RawState.SET_ASIDE, Reason.LIST)
    if _is_passed_on(letter):
        return Judgement(RawState.TO_SORT, Reason.PASSED_ON)
    if consultation is None:
        return Judgement(RawState.TO_SORT, reason)
    return Judgement(RawState.TAKEN, "", consultation)


def meant(raw: RawLetter, letter: Letter) -> tuple[Consultation | None, str]:
    """The one consultation to whose address it was sent, else why there is none."""
    asked = [raw.envelope_to] if _number(raw, raw.envelope_to) else [*letter.recipients]
    numbers = sorted({number for one in asked if (number := _number(raw, one))})
    rows = public.announced(raw.group).filter(number__in=numbers).select_related("group")
    found = list(rows)
    if len(found) != 1:
        return None, Reason.SEVERAL if len(found) > 1 else Reason.GENERAL
    its = found[0]
    if its.answered_at is not None:
        return None, Reason.OVER
    return (None, Reason.NOT_OPEN) if arrived_at(raw) < its.opens_at else (its, "")


def arrived_at(raw: RawLetter) -> datetime:
    """The instant that counts. No mailbox had a letter after we fetched it, whatever its clock."""
    return min(raw.received_at, raw.fetched_at)


def is_vouched(raw: RawLetter, letter: Letter) -> bool:
    """Whether the sender's domain has signed it, and signed it as a letter to the very address it
    came to. One that was signed for somebody else proves nothing: whoever got it can send it on.
    """
    here = receiving.mailbox_of(raw.envelope_to) if raw.envelope_to else None
    if not letter.is_vouched or here is None or here[0].group_id != raw.group_id:
        return False
    return any(receiving.mailbox_of(address) == here for address in letter.signed_to)


def message_digest(message_id: str) -> str:
    return hashlib.sha256(message_id.strip().encode()).hexdigest() if message_id.strip() else ""


def _number(raw: RawLetter, address: str) -> int | None:
    found = receiving.mailbox_of(address) if address else None
    if found is None or found[0].group_id != raw.group_id:
        return None
    return receiving.number_in(found[1])


def _of_machines(raw: RawLetter, letter: Letter) -> Judgement | None:
    ours = receiving.mailboxes(raw.group).filter(address=letter.sender_address.lower())
    if _is_our_own(letter) or threads.is_ours(letter.sender_address) or ours.exists():
        return Judgement(RawState.SET_ASIDE, Reason.LOOP)
    if letter.automatic not in _MACHINES:
        return None
    lost: tuple[OurLetter, ...] = ()
    if letter.automatic == "bounce":
        keys = threads.own_keys(letter.references)
        lost = tuple(OurLetter.objects.filter(group=raw.group, pk__in=keys))
    return Judgement(RawState.SET_ASIDE, _MACHINES[letter.automatic], undelivered=lost)


def _is_our_own(letter: Letter) -> bool:
    """Whether we wrote it. Others name letters by a UUID, too, and may share our domain."""
    keys = threads.own_keys([letter.message_id])
    return bool(keys) and OurLetter.objects.filter(pk__in=keys).exists()


def _again(raw: RawLetter, letter: Letter, unread: str) -> Judgement | None:
    """The same letter: by its id, or by who says what. Only what says the same is a copy."""
    marked = message_digest(letter.message_id)
    others = Arrival.objects.filter(group=raw.group, same_as=None).exclude(letter=raw)
    others = others.select_related("submission", "letter").order_by("letter__received_at", "id")
    since = raw.received_at - SAME_WITHIN
    alike = others.filter(fingerprint=letter.fingerprint, letter__received_at__gte=since).first()
    alike = None if unread else alike
    by_id = others.filter(message_digest=marked).first() if marked else None
    is_same = by_id is not None and by_id.letter.digest == raw.digest
    if alike is None and by_id and not (is_same or unread or by_id.unread):
        return Judgement(RawState.TO_SORT, Reason.SAME_ID)
    if first := by_id or alike:
        return _repeats(raw, letter, first)
    rows = Source.objects.filter(group=raw.group).exclude(message_digest="")
    source = rows.filter(message_digest=marked).select_related("submission").first()
    if source is None:
        return None
    its = source.submission
    return Judgement(RawState.SET_ASIDE, Reason.DUPLICATE, submission=its, tie=Tie.REPEATS)


def _repeats(raw: RawLetter, letter: Letter, first: Arrival) -> Judgement | None:
    """A copy; but where the first waits to be sorted and this one names its consultation, it is
    this one that is taken: nobody waits for staff without need. What was sent to another
    consultation as well is said there as well.
    """
    its = meant(raw, letter)[0]
    known = first.submission
    if its is not None and (known is None or known.consultation_id != its.pk):
        return None
    tie = Tie.REPEATS if known else ""
    return Judgement(RawState.SET_ASIDE, Reason.DUPLICATE, submission=known, tie=tie, same_as=first)


def _in_reply(raw: RawLetter, letter: Letter) -> Judgement | None:
    """An answer to a letter of ours: a person says whether it is one more submission."""
    keys = threads.own_keys(letter.references)
    if not keys:
        return None
    ours = list(OurLetter.objects.filter(group=raw.group, pk__in=keys))
    about = [receipts.submission_of_letter(one.key) for one in ours if one.kind == receipts.LETTER]
    rows = Submission.objects.filter(group=raw.group, pk__in=about)
    its = rows.first() or _written_before(raw, ours)
    return Judgement(RawState.TO_SORT, Reason.REPLY, submission=its, tie=Tie.BESIDE if its else "")


def _written_before(raw: RawLetter, ours: list[OurLetter]) -> Submission | None:
    """The newest submission from the address that our letter went to."""
    to = [one.to for one in ours]
    rows = Submission.objects.filter(group=raw.group, email__in=to, erased_at=None)
    return rows.order_by("-number").first() if to else None


def _is_passed_on(letter: Letter) -> bool:
    return letter.forwarded is not None and not letter.text.strip()
