"""Handing a submission over to the sequencer, or storing it here when there is none."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from django.conf import settings

from sutarta.apps.consultations.actions import speaking
from sutarta.apps.consultations.actions.speaking import BadWords, Words
from sutarta.apps.consultations.intake import socket
from sutarta.apps.consultations.intake.calls import Answer, Call
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import public
from sutarta.apps.people.access import Refused

PATIENCE = 3.0  # seconds in which a sequencer that died is back
REST = 1.0  # seconds without asking again after nobody answered


class Trust:
    """Whether the sequencer is worth asking: after a silence one at a time tries again, so that
    the others do not wait with them, and the first answer brings everybody back.

    Were all to try, those who gave up would store by themselves, each with a sync of its own and
    all in line for the next number: that alone would keep a sequencer silent that is well.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._again_at = 0.0  # by time.monotonic(); 0 while nothing is wrong

    def may_ask(self) -> bool:
        with self._lock:
            now = time.monotonic()
            if now < self._again_at:
                return False
            if self._again_at:  # the others go on without, until this one has heard
                self._again_at = now + PATIENCE + REST
            return True

    def heard(self) -> None:
        self._again_at = 0.0

    def met_silence(self) -> None:
        self._again_at = time.monotonic() + REST


_trust = Trust()


@dataclass(frozen=True)
class Handed:
    """What the author gets; the row itself is read only when somebody needs it."""

    key: UUID
    secret: str
    is_new: bool

    @cached_property
    def submission(self) -> Submission:
        return Submission.objects.select_related("consultation").get(pk=self.key)


def submit(
    *,
    consultation: UUID,
    words: Words,
    at: datetime,
    recorded_at: datetime,
    request_key: str,
    language: str,
    network: str,
    reader: str,
) -> Handed:
    """`speaking.submit` for the website, stored by the sequencer together with what else waits.

    consultation  its key
    at            the instant that counts, wherever and whenever it is stored
    reader        language of the page, in which a refusal is said

    A sequencer that cannot be asked refuses nothing: after a short wait the submission is stored
    here. Should it have been stored there after all, the form's key says so.

    Raises Refused and BadWords as `speaking.submit` does.
    """
    facts = {
        "words": words,
        "at": at,
        "recorded_at": recorded_at,
        "request_key": request_key,
        "language": language,
        "network": network,
    }
    answer = _asked(Call(consultation=consultation, reader=reader, **facts))
    if answer is None or answer.failed:
        receipt = speaking.submit(
            consultation=public.with_deadlines().get(pk=consultation), **facts
        )
        return Handed(receipt.submission.pk, receipt.secret, receipt.is_new)
    if answer.refused:
        raise Refused(answer.refused)
    if answer.bad_words:
        raise BadWords(answer.bad_words)
    return Handed(UUID(answer.submission), answer.secret, answer.is_new)


def _asked(call: Call) -> Answer | None:
    """The sequencer's answer, None when there is nobody to ask."""
    if not _trust.may_ask():
        return None
    try:
        answer = Answer.unpacked(socket.ask(settings.RUN, call.packed(), PATIENCE))
    except FileNotFoundError:
        answer = None
    except TimeoutError:
        _trust.met_silence()
        return None
    _trust.heard()
    return answer
