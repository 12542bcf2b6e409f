"""Every act the public may see leaves its trace in the log, and none of the words do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sutarta.apps.consultations.actions import (
    answering,
    carrying,
    forgetting,
    moderating,
    running,
    speaking,
)
from sutarta.apps.consultations.actions.running import Facts
from sutarta.apps.consultations.models import SUMMARY_FIELDS, Kind, Outcome, Visibility
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger.models import Entry
from sutarta.apps.strategies import actions as strategies
from sutarta.core import deadlines
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

CLOSES = datetime(2026, 12, 7, 22, tzinfo=UTC)
AFTER = CLOSES + timedelta(days=1)
PRIVATE = ["Pelėda", "pelėd@", "Žvirblis", "žvirblių", "R. M.", "8 600"]


@pytest.fixture
def walked():
    """The whole chain, from a started strategy to forgotten addresses."""
    group = make.group()
    who = make.member(of=group)
    strategy = strategies.start_strategy(
        actor=who, group=group, title="Strategija", language="lt", at=NOON
    )
    version = _published(who, strategy, "Pagalba teikiama kasdien.", at=NOON)
    its = _announced(who, version)
    _spoken(who, its)
    answering.publish_answers(actor=who, consultation=its, at=AFTER)
    _published(who, strategy, "Pagalba teikiama kasdien ir naktimis.", at=AFTER)
    strategies.discard_draft(
        actor=who, version=_draft(who, strategy, "Pagalba neteikiama.", AFTER), at=AFTER
    )
    forgetting.forget_contacts(AFTER + timedelta(days=366))
    return group


def _draft(who, strategy, text, at):
    import_ = make.import_("# Pagalba", text, strategy=strategy, made_by=who)
    return strategies.make_draft(
        actor=who, import_=import_, reason="EDITING", note="Pastaba", at=at
    )


def _published(who, strategy, text, at):
    return carrying.publish_next(actor=who, version=_draft(who, strategy, text, at), at=at)


def _until(day: int, group):
    return deadlines.Deadline.of(datetime(2026, 12, day).date(), deadlines.Wording(), group.zone)  # noqa: DTZ001


def _announced(who, version):
    facts = Facts(
        title="Aptarimas",
        opens_at=NOON,
        answers_by=datetime(2026, 12, 20).date(),  # noqa: DTZ001
        waived=SUMMARY_FIELDS,
        contact_name="R. M.",
        contact_phone="8 600 00000",
    )
    its = running.prepare(actor=who, version=version, facts=facts, at=NOON)
    running.set_deadline(actor=who, consultation=its, deadline=_until(1, its.group), at=NOON)
    running.announce(actor=who, consultation=its, at=NOON)
    changed = Facts(**{**facts.__dict__, "summary": "Santrauka", "opens_at": its.opens_at})
    running.edit(actor=who, consultation=its, facts=changed, at=NOON)
    running.set_deadline(
        actor=who, consultation=its, deadline=_until(7, its.group), reason="R. M. prašė.", at=NOON
    )
    return its


def _spoken(who, its):
    place = make.passage(its.version)
    said = {
        "consultation": its,
        "lineage_id": place,
        "author_name": "Pelėda",
        "email": "peled@post.example",
    }
    first = make.receipt(**said, body="Žvirblis serga.").submission
    speaking.correct(submission=first, text=Text(body="Žvirblių daug."), at=NOON)
    taken_back = make.receipt(**said, body="Žvirblis čirškia.").submission
    speaking.withdraw(submission=taken_back, at=NOON)
    question = make.receipt(
        **{**said, "lineage_id": ""}, kind=Kind.QUESTION, body="Kur Žvirblis?"
    ).submission
    late = make.receipt(**said, body="Žvirblis vėluoja.", at=CLOSES).submission
    moderating.accept_late(actor=who, submission=late, reason="Žvirblis sirgo.", at=AFTER)
    for submission in (first, question, late):
        submission.refresh_from_db()
        moderating.moderate(
            actor=who,
            submission=submission,
            visibility=Visibility.REDACTED,
            public=Text(body="Serga."),
            reason="Žvirblis yra žmogus.",
            seen=submission.digest,
            at=AFTER,
        )
    answering.answer_question(actor=who, submission=question, reason="Ten Žvirblis.", at=AFTER)
    for submission in (first, late):
        answering.draft_answer(
            actor=who,
            submission=submission,
            outcome=Outcome.NOTED,
            reason="Žvirblis išgirstas.",
            is_ready=True,
            at=AFTER,
        )


def test_every_public_act_is_in_the_log(walked):
    assert set(Entry.objects.filter(group=walked).values_list("event", flat=True)) == {
        "strategy.started",
        "version.drafted",
        "version.published",
        "version.discarded",
        "consultation.announced",
        "consultation.edited",
        "consultation.deadline_extended",
        "submission.received",
        "submission.corrected",
        "submission.withdrawn",
        "submission.late_explained",
        "submission.moderated",
        "submissions.carried",
        "question.answered",
        "answers.published",
        "contacts.forgotten",
    }


def test_the_log_holds_no_word_and_no_name(walked):
    log = b"\n".join(bytes(body) for body in Entry.objects.values_list("body", flat=True)).decode()

    assert [private for private in PRIVATE if private.lower() in log.lower()] == []
    assert "peled@" not in log


def test_an_act_states_its_time_and_the_log_its_own(walked):
    entry = Entry.objects.filter(event="version.published").earliest("id")

    assert entry.at == NOON
    assert abs(make.now() - entry.recorded_at) < timedelta(minutes=5)
