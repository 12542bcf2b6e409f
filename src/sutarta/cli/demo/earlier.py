"""The first round of the invented town: version 1 spoken about, answered, reported, corrected."""

from __future__ import annotations

from datetime import datetime, timedelta

from sutarta.apps.consultations.actions import answering, carrying, reporting
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies.models import Version, VersionReason
from sutarta.apps.strategies.queries import doubtful
from sutarta.cli.demo import causes, desk, speaking, telling, voice, words
from sutarta.cli.demo.desk import Staff
from sutarta.cli.demo.speaking import Round, Said

ANSWERED = timedelta(days=12)  # after the close
REPORTED = timedelta(days=4)  # after the answers
DAY = timedelta(days=1)


def answer(consultation: Consultation, staff: Staff) -> Said:
    """Let people speak about version 1, answer everybody, report. Returns who said what."""
    closed = consultation.deadline.closes_at
    voices = voice.read("first")
    said = speaking.speak(Round(consultation, staff, closed), voices)
    at = closed + ANSWERED
    desk.write_answers(consultation, voices, said, staff, closed + 2 * DAY, at - DAY)
    answering.publish_answers(actor=staff.coordinator, consultation=consultation, at=at)
    report(consultation, staff, words.POPULATION, words.REPORT, at + REPORTED)
    telling.tell(consultation, staff.moderator, at + REPORTED)
    return said


def report(
    consultation: Consultation,
    staff: Staff,
    population: list[list[object]],
    said: dict[str, str],
    at: datetime,
) -> None:
    """Write the closing report and publish it."""
    actor = staff.coordinator
    reporting.write_report(
        actor=actor, consultation=consultation, population=population, at=at, **said
    )
    reporting.publish_report(actor=actor, consultation=consultation, at=at)


def correct(before: Version, staff: Staff, data: bytes, said: Said, at: datetime) -> Version:
    """Import the corrected file, settle what is doubtful, say why each passage changed, publish."""
    actor = staff.coordinator
    taken = strategies.keep_import(
        actor=actor, strategy=before.strategy, name=words.CORRECTED, data=data, at=at
    )
    draft = strategies.make_draft(
        actor=actor, import_=taken, reason=VersionReason.GUIDELINES, note=words.NOTE_2, at=at
    )
    for passage in doubtful(draft):
        best = [id for id, _likeness in passage.candidates[:1]]
        strategies.decide_passage(actor=actor, passage=passage, becomes=best, at=at)
    draft.refresh_from_db()
    causes.explain(before, draft, said, actor, at)
    return carrying.publish_next(actor=actor, version=draft, at=at)
