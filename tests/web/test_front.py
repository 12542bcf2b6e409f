"""What the front page tells: counts, the path, the latest acts, how to follow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from sutarta.apps.consultations.models import Channel
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.strategies.models import Step, StepKind, VersionReason
from sutarta.web import front
from sutarta.web import path as paths
from sutarta.web.path import Counts
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOST = {"host": "ours.test"}
DAY = timedelta(days=1)


def test_figures_tell_received_answered_and_what_changed_the_text():
    consultation = make.consultation()
    changing, plain, _waiting = (
        make.submission(consultation=consultation, channel=channel)
        for channel in (Channel.WEB, Channel.WEB, Channel.WEB)
    )
    make.answer(changing, changed=[make.passage(consultation.version)])
    make.answer(plain)

    figures = front.figures(consultation.group)

    assert (figures.received, figures.answered, figures.changed) == (3, 2, 1)
    assert (figures.unchanged, figures.waiting) == (1, 1)
    assert figures.by_channel == [("WEB", 3)]


def test_an_answer_not_published_yet_counts_as_waiting():
    submission = make.submission()
    make.answer(submission, published_at=None)

    assert front.figures(submission.group).waiting == 1


def _path(its_strategy, at=NOON, counts=None):
    group = its_strategy.group
    versions = list(its_strategy.versions.exclude(published_at=None).order_by("number"))
    steps = sorted(its_strategy.steps.all(), key=lambda step: StepKind.values.index(step.kind))
    counts = counts or Counts(paths.submissions_of(group), {})
    with translation.override("en"):
        return paths.path(versions, front.announced(group), steps, counts, at)


def _step(strategy, kind, **facts):
    return Step.objects.create(
        group=strategy.group, strategy=strategy, kind=kind, set_by=make.user(), set_at=NOON, **facts
    )


@pytest.mark.parametrize(
    ("facts", "later", "states"),
    [
        ({}, 0 * DAY, ["here", "next"]),
        ({"opens_at": NOON + DAY}, 0 * DAY, ["here", "next"]),
        ({}, 20 * DAY, ["done", "here"]),
        ({"answered_at": NOON + 15 * DAY}, 20 * DAY, ["done", "done"]),
    ],
)
def test_the_path_shows_where_we_are(facts, later, states):
    consultation = make.consultation(**facts)

    stops = _path(consultation.strategy, NOON + later)

    assert [stop.state for stop in stops] == states


def test_what_staff_said_comes_after_and_is_where_we_are_once_all_is_answered():
    consultation = make.consultation(answered_at=NOON + 15 * DAY)
    strategy = consultation.strategy
    _step(strategy, StepKind.MINISTRY)
    _step(strategy, StepKind.BOARD, done_on=date(2026, 12, 10))
    _step(strategy, StepKind.GENERAL_MEETING, planned_on=date(2027, 1, 18), note="17:30")

    stops = _path(strategy, NOON + 25 * DAY)[2:]

    assert [(stop.state, stop.days, stop.note) for stop in stops] == [
        ("done", "10\xa0December", ""),
        ("here", "18\xa0January 2027", "17:30"),
        ("next", "", ""),
    ]


def test_we_are_where_people_speak_though_older_answers_are_missing():
    strategy = make.strategy()
    make.consultation(strategy=strategy, last_day=date(2026, 11, 10))
    make.consultation(version=make.version(strategy=strategy))

    assert [stop.state for stop in _path(strategy)] == ["done", "next", "here", "next"]


def test_days_and_numbers_stand_below_each_stop():
    consultation = make.consultation()
    make.submission(consultation=consultation)
    make.submission(consultation=consultation)

    talk, answers = _path(consultation.strategy)

    assert (talk.title, talk.days) == ("Discussion of version 1", "2–30 November")
    assert talk.note == "so far 2 proposals"
    assert (answers.days, answers.url) == ("by 14\xa0December", "")
    over = _path(consultation.strategy, NOON + 20 * DAY)[0]
    assert over.note == "2 proposals"


def test_a_correction_after_new_guidelines_is_a_stop_of_its_own():
    consultation = make.consultation(answered_at=NOON)
    after = make.reworded(consultation.version, make.passage(consultation.version), "Kitaip.")
    type(after).objects.filter(pk=after.pk).update(reason=VersionReason.GUIDELINES)
    make.consultation(version=after)

    stops = _path(consultation.strategy, counts=Counts({}, {after.pk: 5}))

    assert [stop.title for stop in stops][2:4] == [
        "Corrected after a change of the guidelines",
        "Discussion of version 2",
    ]
    assert stops[2].note == "5 passages changed"


def test_a_version_nobody_was_asked_about_is_a_stop():
    version = make.version()

    assert [stop.title for stop in _path(version.strategy)] == ["Version 1 published"]


def test_an_idea_call_comes_first():
    strategy = make.strategy()
    make.consultation(strategy=strategy, answered_at=NOON)
    make.consultation(version=make.version(strategy=strategy))

    assert [stop.title for stop in _path(strategy)] == [
        "Needs and ideas gathered",
        "Answers to all ideas",
        "Discussion of version 1",
        "Answers to all proposals",
    ]


@pytest.mark.parametrize(
    ("language", "first", "last", "said"),
    [
        ("en", date(2026, 11, 2), date(2026, 11, 30), "2–30 November"),
        ("lt", date(2026, 11, 2), date(2026, 11, 30), "lapkričio 2–30 d."),
        ("en", date(2026, 11, 30), date(2026, 11, 30), "30 November"),
        ("lt", date(2026, 10, 20), date(2026, 11, 3), "spalio 20 d. – lapkričio 3 d."),
        ("en", date(2025, 6, 1), date(2025, 6, 30), "1–30 June 2025"),
        ("lt", date(2025, 6, 1), date(2025, 6, 30), "2025 m. birželio 1–30 d."),
        ("lt", date(2026, 12, 20), date(2027, 1, 3), "gruodžio 20 d. – 2027 m. sausio 3 d."),
    ],
)
def test_a_range_of_days_is_said_as_people_say_it(language, first, last, said):
    with translation.override(language):
        assert paths.said_days(first, last, NOON).replace("\xa0", " ") == said


# --- the page ------------------------------------------------------------------------------------


@pytest.fixture
def now():
    return make.now()


def _open(now, **facts):
    return make.consultation(
        opens_at=now - 3 * DAY,
        announced_at=now - 3 * DAY,
        last_day=(now + 9 * DAY).date(),
        **facts,
    )


def _home(client):
    client.cookies["sutarta_language"] = "en"
    page = client.get("/", headers=HOST)
    assert page.status_code == 200
    return " ".join(page.content.decode().split())


def test_an_open_discussion_offers_to_speak_to_compare_and_to_remember_the_day(client, now):
    before = make.version(group=make.group(host="ours.test"))
    after = make.reworded(before, make.passage(before), "Pagalba teikiama ir naktį.")
    consultation = _open(now, version=after)

    page = _home(client)

    for words in (
        "Public discussion is open", "Read and comment", 'href="/s/1/2/compare/1/"',
        "What changed since version 1", f'href="/c/{consultation.number}/deadline.ics"',
    ):  # fmt: skip
        assert words in page


def test_an_open_idea_call_before_any_version_has_its_own_words(client, now):
    strategy = make.strategy(group=make.group(host="ours.test"))
    _open(now, strategy=strategy)

    page = _home(client)

    assert "We gather needs and ideas" in page
    assert "Write an idea" in page
    assert 'href="/c/1/"' in page
    assert "Read the draft" not in page


@pytest.mark.parametrize("stage", ["announced", "closed", "answered"])
def test_an_idea_call_breaks_the_page_at_no_stage(client, now, stage):
    strategy = make.strategy(group=make.group(host="ours.test"))
    facts = {
        "announced": {"opens_at": now + DAY, "last_day": (now + 9 * DAY).date()},
        "closed": {"last_day": (now - DAY).date()},
        "answered": {"last_day": (now - 5 * DAY).date(), "answered_at": now - DAY},
    }[stage]
    make.consultation(strategy=strategy, announced_at=now - 20 * DAY, **facts)

    assert "The strategy’s path" in _home(client)


def test_before_anything_is_public_the_page_says_what_will_come(client):
    make.version(group=make.group(host="ours.test"), published=False)

    assert "Here you will find our local development strategy" in _home(client)


def test_what_waits_is_told_until_when(client, now):
    consultation = _open(now, version=make.version(group=make.group(host="ours.test")))
    make.submission(consultation=consultation, at=now)

    assert "1 waiting: we answer everybody together by" in _home(client)


def test_each_act_is_explained_in_a_line(client, now):
    consultation = _open(now, version=make.version(group=make.group(host="ours.test")))
    ledger.record("answers.published", group=consultation.group, at=now, consultation=1, answers=17)

    page = _home(client)

    assert "17 answers published" in page
    assert "What became of each proposal, and why" in page


def test_the_page_leads_to_following_and_holds_no_token(client, now):
    _open(now, version=make.version(group=make.group(host="ours.test")))

    page = _home(client)

    assert 'action="/follow/begin/?strategy=1"' in page
    assert 'href="/feed/strategy/1/"' in page
    assert "csrfmiddlewaretoken" not in page


def test_the_desk_asks_what_comes_after(client, now):
    consultation = _open(now, version=make.version(group=make.group(host="ours.test")))
    client.cookies["sutarta_language"] = "en"
    client.force_login(make.member(of=consultation.group))

    asked = client.get("/desk/", headers=HOST).content.decode()
    _step(consultation.strategy, StepKind.MINISTRY)
    then = client.get("/desk/", headers=HOST).content.decode()

    assert "Say what comes after the consultation" in asked
    assert "Say what comes after the consultation" not in then


@pytest.mark.parametrize("count", [1, 300])
def test_the_page_asks_the_same_number_of_questions(
    client, now, django_assert_max_num_queries, count
):
    consultation = _open(now, version=make.version(group=make.group(host="ours.test")))
    for n in range(count):
        ledger.record(
            "answers.published", group=consultation.group, at=now, consultation=1, answers=n
        )
    with django_assert_max_num_queries(13):
        client.get("/", headers=HOST)
