"""What the desk says is to be done, and until when."""

from datetime import UTC, datetime, timedelta

import pytest

from sutarta.apps.consultations.actions import answering, carrying
from sutarta.apps.consultations.models import Kind, Visibility
from sutarta.apps.consultations.queries import anchors, desk, inbox
from sutarta.apps.people.models import Role
from sutarta.core.documents import Outcome
from tests import make
from tests.apps.consultations.test_desk_carrying import HELP, REST, ROAD, next_draft, note
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AFTER = NOON + timedelta(days=10)


def labels(group, at):
    return [(task.label, task.count) for task in desk.desk_tasks(group, at)]


def test_a_new_group_begins_with_a_word_draft():
    assert labels(make.group(), NOON) == [("Bring in the strategy", 0)]


def test_a_first_draft_waits_for_publication_and_a_version_for_a_consultation():
    draft = make.version(published=False)
    make.version(strategy=make.strategy(group=draft.group))

    assert labels(draft.group, NOON) == [
        ("Publish the first version", 0),
        ("Open a consultation on version 1", 0),
    ]


def test_a_prepared_consultation_says_how_much_is_missing():
    consultation = make.consultation(announced_at=None, contact_name="", summary="")

    (task,) = desk.desk_tasks(consultation.group, NOON)

    assert task.label == "Announce the consultation: Strategijos projekto aptarimas"
    assert task.why == "2 things are missing."


def test_checks_are_overdue_after_two_working_days():
    consultation = make.consultation()
    make.submission(consultation=consultation, at=NOON - timedelta(days=6))
    make.submission(consultation=consultation, at=NOON)

    (task,) = desk.desk_tasks(consultation.group, NOON)

    assert (task.label, task.count) == ("Decide what the public sees", 2)
    assert task.why == "1 waits longer than two working days, and the register says so."


@pytest.mark.parametrize(
    ("now", "limit"),
    [
        ("2026-11-18T12:00", "2026-11-15T22:00"),  # Wednesday: what came before Monday
        ("2026-11-20T12:00", "2026-11-17T22:00"),  # Friday: before Wednesday
        ("2026-11-22T12:00", "2026-11-18T22:00"),  # Sunday: before Thursday
        ("2026-11-23T12:00", "2026-11-18T22:00"),  # Monday: before Thursday
        ("2026-11-24T12:00", "2026-11-19T22:00"),  # Tuesday: before Friday
    ],
)
def test_two_working_days_leave_the_weekend_out(now, limit):
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)

    found = inbox.overdue_before(at, "Europe/Vilnius")

    assert found == datetime.fromisoformat(limit).replace(tzinfo=UTC)


def test_after_the_close_answers_are_written_then_published_then_reported():
    consultation = make.consultation()
    submission = make.submission(consultation=consultation, visibility=Visibility.PUBLIC)
    make.submission(
        consultation=consultation, kind=Kind.QUESTION, body="Kada?", visibility=Visibility.PUBLIC
    )
    group, who = consultation.group, make.member(of=consultation.group)

    before = labels(group, AFTER)
    answering.draft_answer(
        actor=who, submission=submission, outcome="NOTED", reason="Ačiū.", is_ready=True, at=AFTER
    )
    ready = labels(group, AFTER)
    answering.publish_answers(actor=who, consultation=consultation, at=AFTER)

    question = ("Answer the questions", 1)
    assert before == [question, ("Write the answers", 1)]
    assert ready == [question, ("Publish the answers: Strategijos projekto aptarimas", 1)]
    report = ("Publish the closing report: Strategijos projekto aptarimas", 0)
    assert labels(group, AFTER) == [question, report]
    make.report(consultation, published_at=AFTER)
    assert labels(group, AFTER) == [question]


def test_the_menu_counts_what_waits_in_five_queries(django_assert_num_queries):
    version = make.version(HELP, REST, ROAD)
    consultation = make.consultation(version=version)
    make.submission(consultation=consultation)
    make.submission(consultation=consultation, visibility=Visibility.PUBLIC)
    make.submission(consultation=consultation, visibility=Visibility.SET_ASIDE)
    draft = next_draft(version, HELP, REST)
    draft.passages.update(outcome=Outcome.DOUBTFUL)

    with django_assert_num_queries(5):
        counts = desk.menu_counts(version.group, NOON)

    assert counts == desk.MenuCounts(
        versions=1,
        submissions=3,
        to_do=2,
        doubtful=1,
        drafts_to_place=1,
        next_versions=1,
        objections=0,
        objecting=0,
        letters=0,
        sorting=0,
        to_approve=0,
    )


def test_an_overview_counts_every_passage_once_and_puts_the_spoken_of_first():
    version = make.version(HELP, REST, ROAD)
    consultation = make.consultation(version=version)
    draft = next_draft(version, HELP, ROAD, "Kelios laisvos valandos per mėnesį.")
    draft.passages.all().delete()
    note(draft, make.passage(version, 1), Outcome.DOUBTFUL)
    note(draft, make.passage(version, 2), Outcome.DOUBTFUL, candidates=[
        [draft.document.blocks[3].id, 0.414],
    ])  # fmt: skip
    make.submission(consultation=consultation, lineage_id=make.passage(version, 2))

    its = anchors.overview(draft, NOON)

    assert [(doubt.old.number, doubt.likeness) for doubt in its.doubts] == [
        ("2.2", 41), ("2.1", None),
    ]  # fmt: skip
    assert sum(its.counts.values()) == its.total == 4
    assert (its.settled, its.holding_up, its.submissions) == (2, 1, 1)
    assert its.running == consultation


def test_the_first_version_is_published_with_nothing_to_carry_over():
    draft = make.version(published=False)
    editor = make.member(of=draft.group, role=Role.EDITOR)

    assert anchors.overview(draft, NOON).before is None
    assert carrying.publish_next(actor=editor, version=draft, at=NOON).is_published
