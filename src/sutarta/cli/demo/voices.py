"""Letting the residents of the invented town speak, and the desk do its work on it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from sutarta.apps.consultations import covering
from sutarta.apps.consultations.actions import (
    answering,
    bundling,
    entering,
    moderating,
    speaking,
    supporting,
)
from sutarta.apps.consultations.actions.entering import Origin
from sutarta.apps.consultations.actions.speaking import Words
from sutarta.apps.consultations.models import (
    Channel,
    Consultation,
    Outcome,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.people.models import User
from sutarta.cli.demo.voice import Voice
from sutarta.core.documents import Block, Document

CHANGES = {Outcome.ACCEPTED, Outcome.PARTLY}


def speak(
    consultation: Consultation,
    voices: Sequence[Voice],
    actor: User,
    start: datetime,
    until: datetime,
) -> dict[float, Submission]:
    """Let everybody speak between `start` and `until`, and look after what was said.

    Returns what each voice became, by its day.
    """
    document = consultation.version.document
    said = {}
    for voice in voices:
        at = _moment(voice, consultation, start, until)
        submission = _submit(consultation, _words(voice, document), voice, actor, at)
        if voice.shown:
            _look_after(submission, voice, actor, min(at + timedelta(hours=20), until))
        said[voice.day] = submission
    _put_together(voices, said, actor, until)
    return said


def _put_together(
    voices: Sequence[Voice], said: dict[float, Submission], actor: User, at: datetime
) -> None:
    """Those that say the same get one answer, written for all of them."""
    for first in {voice.like for voice in voices if voice.like}:
        same = [voice.day for voice in voices if first in (voice.day, voice.like)]
        bundling.bundle(actor=actor, submissions=[said[day] for day in same], at=at)


def _moment(voice: Voice, consultation: Consultation, start: datetime, until: datetime) -> datetime:
    if voice.minutes_late:
        return consultation.deadline.closes_at + timedelta(minutes=voice.minutes_late)
    return min(start + timedelta(days=voice.day), until)


def _submit(
    consultation: Consultation, words: Words, voice: Voice, actor: User, at: datetime
) -> Submission:
    """On the website people write themselves; what came another way the office enters."""
    key = hashlib.sha256(f"demo {consultation.number} {voice.day}".encode()).hexdigest()
    if voice.channel != Channel.WEB:
        return entering.enter(
            actor=actor, consultation=consultation, words=words, channel=voice.channel,
            received_at=at, at=at, request_key=key,
            origin=Origin(voice.place, voice.link, at.date() if voice.link else None),
        )  # fmt: skip
    receipt = speaking.submit(
        consultation=consultation, words=words, at=at, recorded_at=at, request_key=key,
        language="lt",
    )  # fmt: skip
    return receipt.submission


def _words(voice: Voice, document: Document) -> Words:
    passage = _passage(document, voice.passage)
    return Words(
        kind=voice.kind,
        body=voice.body,
        proposed=passage.text.replace(*voice.replace) if passage and voice.replace[0] else "",
        why=voice.why,
        lineage_id=passage.id if passage else "",
        author_name=voice.author,
        organisation=voice.organisation,
        show_name=bool(voice.author),
        phone=voice.phone,
        post_address=voice.post,
    )


def _passage(document: Document, beginning: str) -> Block | None:
    if not beginning:
        return None
    if beginning == "*":
        return max(document.blocks, key=lambda block: (block.kind == "paragraph", len(block.text)))
    return beginning_with(document, beginning)


def beginning_with(document: Document, beginning: str) -> Block:
    """The first passage that begins so; hard spaces count as spaces."""
    return next(
        block
        for block in document.blocks
        if block.text.replace("\N{NO-BREAK SPACE}", " ").startswith(beginning)
    )


def _look_after(submission: Submission, voice: Voice, actor: User, at: datetime) -> None:
    _moderate(submission, voice, actor, at)
    submission.refresh_from_db()
    if voice.late:
        moderating.accept_late(actor=actor, submission=submission, reason=voice.late, at=at)
    if voice.question:
        answering.answer_question(actor=actor, submission=submission, reason=voice.question, at=at)
    for place in range(voice.supports):
        supporting.agree(
            submission=submission,
            device=hashlib.sha256(f"demo {submission.number} {place}".encode()).hexdigest(),
            network="",
            at=at,
        )
    if said := voice.answer or voice.draft:
        outcome, reason = said
        own = [submission.lineage_id] if submission.lineage_id else []
        answering.draft_answer(
            actor=actor, submission=submission, outcome=outcome, reason=reason,
            changed=own if outcome in CHANGES else [], is_ready=True, at=at,
        )  # fmt: skip


def _moderate(submission: Submission, voice: Voice, actor: User, at: datetime) -> None:
    visibility, reason, public = Visibility.PUBLIC, "", Text()
    if voice.aside:
        visibility, reason = Visibility.SET_ASIDE, voice.aside
    if voice.covered:
        visibility = Visibility.REDACTED
        reason = "Uždengėme sveikatos duomenis: iš jų būtų galima atpažinti žmogų."
        covered = submission.body.replace(voice.covered, covering.mark(covering.HEALTH))
        public = Text(covered, submission.proposed, submission.why)
    moderating.moderate(
        actor=actor, submission=submission, visibility=visibility, public=public,
        reason=reason, despite=voice.despite, seen=submission.digest, at=at,
    )  # fmt: skip
