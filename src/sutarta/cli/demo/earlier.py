"""The first round of the invented town: version 1 spoken about, answered, reported, corrected."""

from __future__ import annotations

from datetime import datetime, timedelta

from sutarta.apps.consultations.actions import answering, carrying, reasoning, reporting
from sutarta.apps.consultations.models import ChangeCause, Consultation, Submission
from sutarta.apps.people.models import User
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies.models import Version, VersionReason
from sutarta.cli.demo import sayings, voices, words

ANSWERED = timedelta(days=12)  # after the close
REPORTED = timedelta(days=4)  # after the answers

Said = dict[float, Submission]


def answer(consultation: Consultation, actor: User, start: datetime) -> Said:
    """Let people speak about version 1, answer everybody, report. Returns who said what."""
    closed = consultation.deadline.closes_at
    said = voices.speak(consultation, sayings.FIRST, actor, start, closed)
    at = closed + ANSWERED
    answering.publish_answers(actor=actor, consultation=consultation, at=at)
    reporting.write_report(
        actor=actor, consultation=consultation, population=words.POPULATION, at=at,
        **words.REPORT,
    )  # fmt: skip
    reporting.publish_report(actor=actor, consultation=consultation, at=at + REPORTED)
    return said


def correct(before: Version, actor: User, data: bytes, said: Said, at: datetime) -> Version:
    """Import the corrected file, say why every passage changed, publish version 2."""
    taken = strategies.keep_import(
        actor=actor, strategy=before.strategy, name=words.CORRECTED, data=data, at=at
    )
    draft = strategies.make_draft(
        actor=actor, import_=taken, reason=VersionReason.ANSWERS, note=words.NOTE_2, at=at
    )
    _explain(before, draft, actor, said, at)
    return carrying.publish_next(actor=actor, version=draft, at=at)


def _explain(before: Version, draft: Version, actor: User, said: Said, at: datetime) -> None:
    reasoning.link_suggested(actor=actor, version=draft, at=at)
    for because in words.BECAUSE:
        document = before.document if because.is_gone else draft.document
        reasoning.explain(
            actor=actor,
            version=draft,
            passages=[voices.beginning_with(document, because.passage).id],
            cause=ChangeCause(because.cause),
            number=said[because.day].number if because.day else None,
            note=because.note,
            at=at,
        )
