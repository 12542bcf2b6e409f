"""What the desk of an invented group does with what people said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sutarta.apps.consultations import covering
from sutarta.apps.consultations.actions import (
    answering,
    attaching,
    erasing,
    moderating,
    sorting,
)
from sutarta.apps.consultations.models import (
    Consultation,
    ErasureAsker,
    ErasureScope,
    Outcome,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import attachments
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.people.models import User
from sutarta.cli.demo import places
from sutarta.cli.demo.voice import Voice
from sutarta.core.documents import Document

CHANGES = {Outcome.ACCEPTED, Outcome.PARTLY}
QUESTIONS_TAKE = timedelta(hours=3)  # from the decision on what the public sees to the answer


@dataclass(frozen=True)
class Staff:
    """Who does the work: the coordinator, and the moderator who enters, checks and answers."""

    coordinator: User
    moderator: User


def look_after(submission: Submission, voice: Voice, staff: Staff, at: datetime) -> None:
    """Decide what the public sees, answer a question, keep order."""
    actor = staff.moderator
    _moderate(submission, voice, actor, at)
    submission.refresh_from_db()
    for file in attachments.of(submission):
        attaching.approve(actor=actor, attachment=file, at=at)
    if voice.late:
        moderating.accept_late(actor=actor, submission=submission, reason=voice.late, at=at)
    if voice.question:
        answering.answer_question(
            actor=actor, submission=submission, reason=voice.question, at=at + QUESTIONS_TAKE
        )
    for tag in voice.tags:
        sorting.tag(actor=actor, submission=submission, name=tag, at=at)
    if voice.note:
        sorting.note(actor=actor, submission=submission, text=voice.note, at=at)
    if voice.mine:
        sorting.assign(actor=actor, submission=submission, to=staff.coordinator, at=at)


def _moderate(submission: Submission, voice: Voice, actor: User, at: datetime) -> None:
    visibility, public = Visibility.PUBLIC, Text()
    if voice.aside:
        visibility = Visibility.SET_ASIDE
    elif voice.hidden:
        visibility = Visibility.HIDDEN
    elif voice.cover:
        visibility, public = Visibility.REDACTED, _covered(submission, voice)
    moderating.moderate(
        actor=actor, submission=submission, visibility=visibility, public=public,
        reason=voice.aside or voice.hidden or voice.because, despite=voice.despite,
        seen=submission.digest, at=at,
    )  # fmt: skip


def _covered(submission: Submission, voice: Voice) -> Text:
    """Raises NoSuchPlace when the words to cover are not there."""
    parts = [submission.body, submission.proposed, submission.why]
    for words, kind in voice.cover:
        if not any(words in part for part in parts):
            raise places.NoSuchPlace(f"{voice.id}: {words}")
        parts = [part.replace(words, covering.mark(kind)) for part in parts]
    return Text(*parts)


def answer(said: Submission, voice: Voice, document: Document, actor: User, at: datetime) -> None:
    """Write the answer that a voice got, with the passages that change because of it."""
    if voice.changes is None:
        own = voice.outcome in CHANGES and said.lineage_id
        changes = [said.lineage_id] if own else []
    else:
        changes = [places.find(document, where).id for where in voice.changes]
    answering.draft_answer(
        actor=actor, submission=said, outcome=voice.outcome, reason=voice.reason,
        changed=changes, is_ready=voice.ready, at=at,
    )  # fmt: skip


def write_answers(
    consultation: Consultation,
    voices: Sequence[Voice],
    said: dict[str, Submission],
    staff: Staff,
    since: datetime,
    until: datetime,
) -> None:
    """Write the answers one after another between two moments."""
    answered = [voice for voice in voices if voice.outcome]
    document = consultation.version.document
    for place, voice in enumerate(answered):
        at = since + (until - since) * place / len(answered)
        answer(said[voice.id], voice, document, staff.moderator, at)


def erase(submission: Submission, staff: Staff, at: datetime) -> None:
    """One asks, another carries it out."""
    asked = erasing.ask_erasure(
        actor=staff.moderator, submission=submission, scope=ErasureScope.WORDS,
        asker=ErasureAsker.AUTHOR, ground="Autoriaus prašymas.", at=at,
    )  # fmt: skip
    erasing.decide_erasure(actor=staff.coordinator, erasure=asked, carry_out=True, at=at)
