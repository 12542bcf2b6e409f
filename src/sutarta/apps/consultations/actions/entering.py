"""Entering what came by paper, telephone, at a meeting, by e-mail or elsewhere."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from sutarta.apps.consultations.actions import attaching, moderating, speaking
from sutarta.apps.consultations.actions.attaching import Handed
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import (
    Channel,
    Consultation,
    Note,
    Source,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.rules import entering as rules
from sutarta.apps.people.access import require


@dataclass(frozen=True)
class Origin:
    """Where it was said when it was not said to us, and the id of the letter it came in."""

    place: str = ""
    link: str = ""
    dated: date | None = None
    message_id: str = ""

    @property
    def message_digest(self) -> str:
        known = self.message_id.strip()
        return hashlib.sha256(known.encode()).hexdigest() if known else ""


class AlreadyEntered(Exception):
    """The same letter is in the register: `number` is the one it has."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


@transaction.atomic
def enter(
    *,
    actor: Any,
    consultation: Consultation,
    words: Words,
    channel: str,
    received_at: datetime,
    at: datetime,
    request_key: str,
    origin: Origin = Origin(),
    left_out: str = "",
    language: str = "",
    files: Sequence[Handed] = (),
    publish: bool = False,
) -> Submission:
    """Take what came another way into the register, with number, receipt and answer like any.

    received_at   when it came; before the deadline means in time, whenever it is entered
    left_out      what stood in the letter and is not their own: kept as a note of the staff
    language      of their words; "" for that of the strategy
    files         looked through already by attaching.read; nobody outside sees them yet
    publish       what was typed is fit for the public, so it needs no second look

    Somebody who spoke elsewhere stays unnamed unless they asked to be named. Sent twice, taken
    once. Raises Refused, speaking.BadWords, or AlreadyEntered for the same letter.
    """
    require(rules.may_enter(actor, consultation, channel, received_at, at))
    if channel == Channel.ELSEWHERE and not words.show_name:
        words = replace(words, author_name="", organisation="")
    receipt = speaking.submit(
        consultation=consultation,
        words=words,
        channel=channel,
        at=received_at,
        recorded_at=at,
        request_key=request_key,
        actor=actor,
        language=language or consultation.strategy.language,
    )
    submission = receipt.submission
    if not receipt.is_new:
        return submission
    _keep_origin(submission, origin)
    if left_out.strip():
        Note.objects.create(
            group=submission.group, submission=submission, text=left_out, actor=actor, at=at
        )
    for file in files:
        attaching.keep(submission=submission, handed=file, at=at, actor=actor)
    if publish:
        # What may point to one person stays to be looked at on its own page.
        with suppress(moderating.PointsToSomebody):
            moderating.moderate(
                actor=actor,
                submission=submission,
                visibility=Visibility.PUBLIC,
                seen=submission.digest,
                at=at,
            )
    return submission


def entered_before(consultation: Consultation, origin: Origin) -> int | None:
    """Number of the submission that the same letter became, or None."""
    if not origin.message_digest:
        return None
    same = Source.objects.filter(group=consultation.group, message_digest=origin.message_digest)
    return same.values_list("submission__number", flat=True).first()


def _keep_origin(submission: Submission, origin: Origin) -> None:
    """Its number was just taken, so nobody enters the same letter at the same time."""
    if (number := entered_before(submission.consultation, origin)) is not None:
        raise AlreadyEntered(number)
    if origin != Origin():
        Source(
            group=submission.group,
            submission=submission,
            place=origin.place,
            link=origin.link,
            dated=origin.dated,
            message_digest=origin.message_digest,
        ).insert()


def reply_pasted(*, actor: Any, submission: Submission, pasted: bool, at: datetime) -> None:
    """Note that our first reply stands under their comment, or take the note back."""
    require(rules.may_tell(actor, submission.consultation, at))
    Source.objects.filter(submission=submission).update(replied_at=at if pasted else None)
