"""A group in which everything the log speaks of has happened, and its audit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sutarta.apps.consultations.actions import (
    answering,
    approving,
    attaching,
    bundling,
    correcting,
    erasing,
    forgetting,
    moderating,
    objecting,
    opening,
    reasoning,
    reporting,
    sorting,
    speaking,
    territory,
)
from sutarta.apps.consultations.models import Consultation, Kind, Outcome, Submission, Visibility
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import Log
from sutarta.apps.ledger.queries.auditing import Finding, rows
from sutarta.apps.people import actions as people
from sutarta.apps.people.models import User
from sutarta.apps.publishing.queries import auditing
from sutarta.apps.strategies.actions import stepping, withholding
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.models import Group, Ward
from tests import make, meetings, surveys
from tests.make import NOON

CLOSED = NOON + timedelta(days=15)  # after the deadline
YEAR = timedelta(days=366)


@dataclass
class Living:
    """The group, who works there, and what the attacks aim at.

    said   numbers 1 to 7: published with a name, covered, hidden, corrected, withdrawn, a question,
           a need in an idea call
    """

    group: Group
    who: User
    other: User
    first: Version
    second: Version
    its: Consultation
    said: list[Submission]


def live(*, answered: bool = True) -> Living:
    """Everything once, each by the act that does it where there is one, and in order."""
    found = _begun()
    _spoken(found)
    _sorted(found)
    if answered:
        _answered(found)
    bind(found.group)
    order(found.group, CLOSED + timedelta(days=2))
    return found


def bind(group: Group) -> None:
    """Have the log speak of rows that were made without an act."""
    there = [row for kind in rows.kinds() for row in rows._of(kind, group)]
    due = [row for row in there if not _is_draft(row)]
    ledger.record("test.bound", group=group, at=NOON, rows=due)


def order(group: Group, at=CLOSED) -> Log:
    """Put in order whatever waits."""
    log = ledger.log_of(group, at)
    while ledger.sequence(log, at):
        pass
    log.refresh_from_db()
    return log


def audit(group: Group, at=NOON, kept=()) -> list[Finding]:
    """Every finding about the group."""
    return auditing.look_through(group, at, kept=kept).findings


def codes(group: Group, at=NOON, kept=()) -> set[str]:
    """Codes of all findings about the group."""
    return {finding.code for finding in audit(group, at, kept)}


def _is_draft(row: object) -> bool:
    return isinstance(row, Version) and row.published_at is None


def _begun() -> Living:
    group = make.group(board_approves=True)
    who, other = make.member(of=group), make.member(of=group)
    people.admit(group=group, email="n.n@alksniai.example", name="N N", role="EDITOR", at=NOON)
    territory.add(actor=who, group=group, name="Senamiestis", at=NOON)
    first = make.version(group=group)
    second = make.reworded(first, make.passage(first), "Pagalba teikiama kasdien nuo 8 val.")
    stepping.set_steps(
        actor=who,
        strategy=first.strategy,
        steps={"BOARD": stepping.Facts(done_on=date(2026, 11, 1), note="Nr. 4")},
        today=NOON.date(),
        at=NOON,
    )
    its = make.consultation(version=first)
    make.rendition(its, actor=who)
    make.form_words(of=group, actor=who)
    make.publication(its, recorded_by=who)
    return Living(group, who, other, first, second, its, [])


def _spoken(living: Living) -> None:
    who, its = living.who, living.its
    named = {"author_name": "A. Ž.", "show_name": True, "email": "a.z@alksniai.example"}
    living.said = [
        make.submission(consultation=its, body="Reikia valandų.", **named),
        make.submission(consultation=its, body="Kaimynė O. K. serga.", phone="8 600"),
        make.submission(consultation=its, body="Visi jie vagys."),
        make.submission(consultation=its, body="Sena mintis."),
        make.submission(consultation=its, body="Atsiimu."),
        make.submission(consultation=its, kind=Kind.QUESTION, body="Kada atsakysite?"),
        make.submission(
            consultation=make.consultation(strategy=its.strategy),
            kind=Kind.NEED,
            body="Suoliuko.",
            place="Prie tilto",
            ward=str(Ward.objects.get(group=living.group).pk),
            for_whom=("OLDER", "DISABLED"),
        ),
    ]
    one, covered, hidden, corrected, withdrawn, asked, _need = living.said
    file = make.attachment(one, b"paveikslas")
    attaching.approve(actor=who, attachment=file, at=NOON)
    make.on_paper(hidden, printed=7)
    surveys.taken(its, actor=who)
    met = meetings.minuted(meetings.meeting(its, made_by=who))
    meetings.former(met, who), meetings.file(met), meetings.noted(met, withdrawn)
    make.letter_opening(make.arrival(of=living.group), actor=who)
    speaking.correct(submission=corrected, text=Text("Nauja mintis."), at=NOON)
    decide(living, one, Visibility.PUBLIC)
    decide(living, covered, Visibility.REDACTED, Text("Kaimynė „[uždengta]“ serga."))
    decide(living, hidden, Visibility.HIDDEN)
    decide(living, asked, Visibility.PUBLIC)
    speaking.withdraw(submission=withdrawn, at=NOON)
    make.translation(Submission.objects.get(pk=one.pk), language="en", actor=who)
    opening.open_original(actor=who, submission=again(covered), reason="Skundas", at=NOON)
    living.said = [again(one) for one in living.said]


def decide(living: Living, one: Submission, visibility: str, public: Text = Text()) -> None:  # noqa: B008
    moderating.moderate(
        actor=living.who,
        submission=one,
        visibility=visibility,
        public=public,
        reason="Asmens duomenys",
        despite="Sutinka",
        seen=again(one).digest,
        at=NOON,
    )


def again(one: Submission) -> Submission:
    return Submission.objects.select_related("group", "consultation", "version").get(pk=one.pk)


def _sorted(living: Living) -> None:
    who, (one, covered, hidden, *_rest) = living.who, living.said
    objection = objecting.report(
        submission=one, reason="OTHER", said="Netiesa", network="", at=NOON
    )
    objecting.settle(
        actor=living.other, objection=objection, upheld=False, explanation="Tiesa.", at=NOON
    )
    bundling.bundle(actor=who, submissions=[covered, hidden], at=NOON)
    sorting.file(actor=who, submission=one, lineage_id=make.passage(living.second, 2), at=NOON)
    reasoning.explain(
        actor=who,
        version=living.second,
        passages=[make.passage(living.first)],
        cause="DECISION",
        note="Valdyba lapkričio 3 d.",
        at=NOON,
    )
    withholding.withhold(
        actor=who,
        version=living.second,
        lineage_id=make.passage(living.second, 2),
        reason="Asmens duomenys",
        at=NOON,
    )
    erasure = erasing.ask_erasure(
        actor=who, submission=hidden, scope="WORDS", asker="AUTHOR", ground="Prašė", at=NOON
    )
    erasing.decide_erasure(actor=living.other, erasure=erasure, carry_out=True, at=NOON)


def _answered(living: Living) -> None:
    who, its = living.who, living.its
    answering.answer_question(actor=who, submission=living.said[5], reason="Gruodį.", at=NOON)
    open_ones = Submission.objects.filter(consultation=its, withdrawn_at=None, erased_at=None)
    for one in open_ones.exclude(kind=Kind.QUESTION):
        answering.draft_answer(
            actor=who,
            submission=one,
            outcome=Outcome.ACCEPTED,
            reason="Pritariame.",
            is_ready=True,
            at=CLOSED,
        )
    for one in open_ones.filter(visibility=Visibility.CHECKING):
        decide(living, one, Visibility.PUBLIC)
    approving.record_board(
        actor=who, consultation=its, decided_on=NOON.date(), resolution="V-1", at=CLOSED
    )
    answering.publish_answers(actor=who, consultation=its, at=CLOSED)
    correcting.correct_answer(
        actor=who,
        submission=again(living.said[0]),
        outcome=Outcome.PARTLY,
        reason="Iš dalies.",
        why="Klaida",
        at=CLOSED,
    )
    reporting.write_report(
        actor=who,
        consultation=its,
        what_changed="Įrašėme.",
        who_took_part="",
        population=[],
        at=CLOSED,
    )
    reporting.publish_report(actor=who, consultation=its, at=CLOSED)


def a_year_later(living: Living) -> None:
    """What the nightly jobs do once the answers are a year old."""
    forgetting.forget_notes(CLOSED + YEAR)
    forgetting.forget_contacts(CLOSED + YEAR)
    forgetting.forget_originals(CLOSED + YEAR)
    forgetting.forget_files(CLOSED + YEAR)
