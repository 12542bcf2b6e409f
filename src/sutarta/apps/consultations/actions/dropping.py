"""Letters as they came end: by rule, or with the submission whose erasure was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from sutarta.apps.consultations.models import Arrival
from sutarta.apps.consultations.rules.retention import CONTACTS_KEPT, LETTERS_ASIDE_KEPT
from sutarta.apps.mail.actions import receiving
from sutarta.apps.mail.models import RawState

AT_ONCE = 500
EMPTIED = ("sender_name", "sender_address", "subject", "message_id", "why", "fingerprint")


def forget_letters(at: datetime) -> int:
    """Remove letters a year after the answers to what they became, and after ninety days those
    that were set aside. One that waits for a person waits as long as it takes. Returns how many.
    """
    answered = Q(submission__consultation__answered_at__lte=at - CONTACTS_KEPT)
    aside = Q(letter__state=RawState.SET_ASIDE, letter__settled_at__lte=at - LETTERS_ASIDE_KEPT)
    over = Arrival.objects.filter(answered | aside, letter__removed_at=None)
    over = over.exclude(letter__state__in=[RawState.TO_SORT, RawState.WAITING])
    with transaction.atomic():
        return drop_letters(over.select_related("letter").order_by("id")[:AT_ONCE], at)


def drop_letters(arrivals: Iterable[Arrival], at: datetime) -> int:
    """Remove the bytes and what was understood of them, in the caller's transaction. Returns how
    many.

    The digests of the letter and of its id stay, so that it is still known. That of who says what
    goes: with words that are public anybody's address could be tried on it.
    """
    count = 0
    for arrival in arrivals:
        arrival.sender_name = arrival.sender_address = arrival.subject = ""
        arrival.message_id = arrival.why = arrival.fingerprint = ""
        arrival.save(update_fields=EMPTIED)
        arrival.openings.update(reason="")
        count += receiving.remove([arrival.letter], at)
    return count
