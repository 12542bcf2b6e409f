"""Letters to followers: once a week at most, never empty, never twice, nothing too early."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core import mail as outbox
from django.db import transaction

from sutarta.apps.consultations.actions import moderating, running
from sutarta.apps.consultations.models import Deadline, Visibility
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.mail import actions as mail
from sutarta.apps.mail.models import Letter
from sutarta.apps.publishing.actions import digests
from sutarta.apps.publishing.actions import following as following_actions
from sutarta.apps.publishing.models import About, Follow
from sutarta.apps.publishing.queries import following
from sutarta.apps.strategies.actions import set_steps
from sutarta.apps.strategies.actions.stepping import Facts
from sutarta.apps.strategies.models import Passage
from sutarta.core import deadlines
from tests import make
from tests.make import LAST_DAY, NOON
from tests.test_translated import _english as english

pytestmark = pytest.mark.django_db
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)


@pytest.fixture
def its():
    return make.consultation()


def _extended(its, at, days=5):
    """One act that is news: the deadline moves."""
    actor = make.member(of=its.group)
    running.set_deadline(
        actor=actor,
        consultation=its,
        deadline=deadlines.Deadline.of(
            LAST_DAY + timedelta(days=days), deadlines.END_OF_DAY, its.group.zone
        ),
        reason="Daug kas prašė daugiau laiko.",
        answers_by=LAST_DAY + timedelta(days=days + 14),
        at=at,
    )


def _published(before, at, outcome="reworded", text="Pagalba teikiama ir naktį."):
    """The next version, logged as the action does."""
    after = make.reworded(before, make.passage(before), text)
    type(after).objects.filter(pk=after.pk).update(published_at=at)
    ledger.record(
        "version.published", group=after.group, at=at, strategy=after.strategy.number,
        version=after.number, reason=after.reason, passages={outcome: 1},
    )  # fmt: skip
    Passage.objects.filter(version=after).update(
        outcome=outcome, **({"new_ids": []} if outcome == "gone" else {})
    )
    return after


def test_without_news_nobody_is_written_to(its):
    make.follow(consultation=its)

    assert digests.write_due(NOON + DAY) == 0
    assert Follow.objects.get().written_at is None


def test_the_first_news_go_out_within_the_hour(its):
    make.follow(consultation=its)
    _extended(its, NOON + HOUR)

    assert digests.write_due(NOON + HOUR + timedelta(minutes=15)) == 1
    letter = Letter.objects.get()
    assert (letter.kind, letter.to) == ("follow.digest", "s.k@alksniai.example")
    assert "Daug kas prašė daugiau laiko." in letter.text
    assert letter.subject == f"Pratęstas terminas: {its.title}"


def test_an_act_still_being_stored_waits_for_the_next_letter(its):
    """An act states when it was begun; one begun just now may not be stored yet."""
    make.follow(consultation=its)
    _extended(its, NOON + HOUR)

    assert digests.write_due(NOON + HOUR + timedelta(minutes=1)) == 0
    assert digests.write_due(NOON + HOUR + timedelta(minutes=6)) == 1


def test_two_letters_to_an_address_are_a_week_apart(its):
    make.follow(consultation=its)
    _extended(its, NOON + HOUR)
    first = NOON + 2 * HOUR
    digests.write_due(first)
    _extended(its, first + DAY, days=9)

    early = [digests.write_due(first + DAY * days) for days in (1, 2, 6)]
    due = digests.write_due(first + WEEK)

    assert (early, due) == ([0, 0, 0], 1)


def test_a_second_thing_followed_by_the_address_does_not_bring_a_second_letter(its):
    make.follow(consultation=its)
    _extended(its, NOON + HOUR)
    digests.write_due(NOON + 2 * HOUR)
    make.follow(version=its.version, confirmed_at=NOON + 3 * HOUR)
    _extended(its, NOON + 4 * HOUR, days=9)

    assert digests.write_due(NOON + 5 * HOUR) == 0
    assert digests.write_due(NOON + 2 * HOUR + WEEK) == 1


def test_running_again_writes_nothing_twice(its):
    make.follow(consultation=its)
    _extended(its, NOON + HOUR)

    written = [digests.write_due(NOON + 2 * HOUR) for _time in range(3)]

    assert written == [1, 0, 0]
    assert Letter.objects.count() == 1


def test_a_crash_before_it_is_noted_doubles_nothing(its, monkeypatch):
    make.follow(consultation=its)
    _extended(its, NOON + HOUR)
    post_all = mail.post_all

    def crashing(**facts):
        post_all(**facts)
        raise RuntimeError("the machine stops")

    monkeypatch.setattr(digests.mail, "post_all", crashing)
    with pytest.raises(RuntimeError), transaction.atomic():
        digests.write_due(NOON + 2 * HOUR)
    assert Letter.objects.count() == 0
    monkeypatch.undo()

    assert digests.write_due(NOON + 2 * HOUR) == 1
    assert Letter.objects.count() == 1


def test_two_workers_at_once_write_one_letter(its):
    """Both have read the same rows: the letter's key is the same."""
    make.follow(consultation=its)
    _extended(its, NOON + HOUR)
    digests.write_due(NOON + 2 * HOUR)
    Follow.objects.update(written_at=None, told_until=NOON)

    digests.write_due(NOON + 2 * HOUR)

    assert Letter.objects.count() == 1


def test_who_has_not_said_yes_hears_nothing(its):
    make.follow(consultation=its, confirmed_at=None)
    _extended(its, NOON + HOUR)

    assert digests.write_due(NOON + 2 * HOUR) == 0


def test_what_happened_before_the_yes_is_no_news(its):
    _extended(its, NOON + HOUR)
    make.follow(consultation=its, confirmed_at=NOON + 2 * HOUR)

    assert digests.write_due(NOON + 3 * HOUR) == 0


def test_one_letter_joins_all_that_an_address_follows_and_repeats_nothing(its):
    make.follow(version=its.version)
    make.follow(consultation=its)
    make.follow(version=its.version, passage=1)
    _extended(its, NOON + HOUR)
    _published(its.version, NOON + HOUR)

    assert digests.write_due(NOON + 2 * HOUR) == 1
    letter = Letter.objects.get()
    for words in ("Pratęstas terminas", "2 versija", "2.1"):
        assert words in letter.text
        assert words in letter.html
    assert letter.text.count("Daug kas prašė") == 1


@pytest.mark.parametrize(
    ("language", "words"),
    [("lt", "Rašome ne dažniau kaip"), ("en", "We write at most once a week")],
)
def test_letters_speak_the_followers_language(its, language, words):
    make.follow(consultation=its, language=language)
    _extended(its, NOON + HOUR)

    digests.write_due(NOON + 2 * HOUR)

    letter = Letter.objects.get()
    assert letter.language == language
    assert words in letter.text
    assert words in letter.html


def test_another_groups_news_are_not_told(its):
    make.follow(consultation=its)
    _extended(make.consultation(), NOON + HOUR)

    assert digests.write_due(NOON + 2 * HOUR) == 0


def test_openings_reminders_and_closings_are_told_without_an_act():
    its = make.consultation(opens_at=NOON + 2 * DAY)
    make.follow(consultation=its)
    closes_at = Deadline.objects.get().closes_at

    opened = digests.write_due(NOON + 2 * DAY + HOUR)
    ending = digests.write_due(closes_at - DAY)
    closed = digests.write_due(closes_at + WEEK)

    assert (opened, ending, closed) == (1, 0, 1)  # the reminder came within the same week
    first, second = Letter.objects.order_by("created_at")
    assert first.subject == f"Prasidėjo aptarimas: {its.title}"
    assert second.subject == f"Aptarimas baigėsi: {its.title}"


def test_the_end_is_told_while_there_is_time():
    its = make.consultation()
    make.follow(consultation=its)
    closes_at = Deadline.objects.get().closes_at

    digests.write_due(closes_at - 2 * DAY)

    assert Letter.objects.get().subject == f"Aptarimas netrukus baigsis: {its.title}"


def test_what_is_not_announced_is_no_news(its):
    make.follow(version=its.version)
    make.consultation(version=its.version, announced_at=None, opens_at=NOON + HOUR)

    assert digests.write_due(NOON + 2 * HOUR) == 0


def test_steps_after_the_consultation_are_told_as_they_stand_now(its):
    make.follow(version=its.version)
    actor = make.member(of=its.group)
    for note in ("ne taip", "17.30 val."):
        set_steps(
            actor=actor, strategy=its.strategy, today=NOON.date(), at=NOON + HOUR,
            steps={"GENERAL_MEETING": Facts(planned_on=LAST_DAY, note=note)},
        )  # fmt: skip

    digests.write_due(NOON + 2 * HOUR)

    text = Letter.objects.get().text
    assert "17.30 val." in text
    assert "ne taip" not in text


# --- passages ------------------------------------------------------------------------------------


def _say(its, at, **facts):
    return make.submission(consultation=its, at=at, body="Reikia ir sekmadieniais.", **facts)


def _publish(said, at):
    moderating.moderate(
        actor=make.member(of=said.group), submission=said, visibility=Visibility.PUBLIC,
        public=Text(said.body), reason="", seen=said.digest, at=at,
    )  # fmt: skip


def test_a_submission_is_told_once_it_is_public_and_not_before(its):
    make.follow(version=its.version, passage=1)
    said = _say(its, NOON + HOUR)
    assert digests.write_due(NOON + 2 * HOUR) == 0

    _publish(said, NOON + 3 * HOUR)

    assert digests.write_due(NOON + 4 * HOUR) == 1
    letter = Letter.objects.get()
    assert "Reikia ir sekmadieniais." in letter.text
    assert "/p/1/" in letter.text


@pytest.mark.parametrize("visibility", [Visibility.HIDDEN, Visibility.SET_ASIDE])
def test_what_the_public_does_not_read_is_not_in_letters(its, visibility):
    make.follow(version=its.version, passage=1)
    said = _say(its, NOON + HOUR)
    type(said).objects.update(visibility=visibility)

    assert digests.write_due(NOON + 2 * HOUR) == 0


def test_what_was_said_elsewhere_in_the_text_is_no_news_of_this_passage(its):
    make.follow(version=its.version, passage=2)
    _say(its, NOON + HOUR, visibility=Visibility.PUBLIC)

    assert digests.write_due(NOON + 2 * HOUR) == 0


def test_answers_to_what_was_said_about_the_passage_are_told(its):
    said = _say(its, NOON - HOUR, visibility=Visibility.PUBLIC)
    make.follow(version=its.version, passage=1)
    make.answer(said, published_at=NOON + HOUR)

    digests.write_due(NOON + 2 * HOUR)

    assert "Pritariame: valandas įrašome." in Letter.objects.get().text


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("reworded", "2.1 pastraipa 2 versijoje pakeista"),
        ("moved", "2.1 pastraipa 2 versijoje perkelta kitur"),
        ("split", "2.1 pastraipa 2 versijoje padalyta"),
        ("merged", "2.1 pastraipa 2 versijoje sujungta su kita"),
        ("gone", "2.1 pastraipos 2 versijoje nebėra"),
    ],
)
def test_what_became_of_the_passage_is_told(its, outcome, words):
    make.follow(version=its.version, passage=1)
    _published(its.version, NOON + HOUR, outcome)

    digests.write_due(NOON + 2 * HOUR)

    assert Letter.objects.get().subject.replace("\xa0", " ") == words


def test_a_passage_is_followed_under_its_later_names(its):
    """Split in version 2: what is said about the new part is news of the old passage."""
    make.follow(version=its.version, passage=1)
    after = _published(its.version, NOON + HOUR, "split")
    row = Passage.objects.get(version=after)
    row.new_ids = [row.old_id, make.passage(after, 2)]
    row.save()
    later = make.consultation(version=after)
    _say(later, NOON + 3 * HOUR, lineage_id=make.passage(after, 2), visibility=Visibility.PUBLIC)

    digests.write_due(NOON + 4 * HOUR)

    assert "Reikia ir sekmadieniais." in Letter.objects.get().text


# --- size and shape ------------------------------------------------------------------------------


def test_the_letter_as_it_leaves_is_small_in_both_forms_and_left_in_one_press(its):
    make.follow(version=its.version, passage=1)
    for n in range(40):
        _say(its, NOON + timedelta(minutes=n + 1), visibility=Visibility.PUBLIC)
    digests.write_due(NOON + 2 * HOUR)

    mail.send_due(NOON + 2 * HOUR)

    letter = message_from_bytes(outbox.outbox[0].message().as_bytes(), policy=policy.default)
    html = letter.get_body(("html",)).get_content()
    secret = following.secret_for(its.group, "s.k@alksniai.example")
    assert len(html.encode()) <= 20_000
    assert "Ir dar 30" in html.replace("\xa0", " ")
    assert f"/follow/{secret}/leave/" in letter["List-Unsubscribe"]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/follow/{secret}/leave/" in letter.get_body(("plain",)).get_content()
    assert 'href="http' in html
    for loading in ("src=", "url(", "<link", "<img"):
        assert loading not in html


def test_words_of_people_are_escaped_in_html_and_plain_in_text(its):
    make.follow(version=its.version, passage=1)
    said = _say(its, NOON + HOUR, visibility=Visibility.PUBLIC)
    type(said).objects.update(public_body="<b>5 & 6</b>")

    digests.write_due(NOON + 2 * HOUR)

    letter = Letter.objects.get()
    assert "<b>5 & 6</b>" in letter.text
    assert "&lt;b&gt;5 &amp; 6&lt;/b&gt;" in letter.html


def _followers(its, count):
    for n in range(count):
        its_own = ({"version": its.version}, {"consultation": its},
                   {"version": its.version, "passage": 1})[n % 3]  # fmt: skip
        make.follow(email=f"f{n}@post.example", **its_own)


def test_the_number_of_questions_does_not_grow_with_followers(its, django_assert_max_num_queries):
    """A batch holds fifty addresses: six batches ask six times what one asks, whoever is in it."""
    _extended(its, NOON + HOUR)
    _say(its, NOON + HOUR, visibility=Visibility.PUBLIC)
    asked = {}
    for count in (3, 30, 300):
        Follow.objects.all().delete()
        Letter.objects.all().delete()
        _followers(its, count)
        with django_assert_max_num_queries(200) as questions:
            assert digests.write_due(NOON + 2 * HOUR) == count
        asked[count] = len(questions)

    assert asked[30] - asked[3] <= 1  # letters are stored some dozens at a time
    assert asked[300] <= 6 * asked[30]


def test_no_english_is_left_in_lithuanian_letters(its):
    make.follow(version=its.version)
    make.follow(version=its.version, passage=1)
    following_actions.ask(
        subject=following.Subject(About.CONSULTATION, its.strategy, its),
        email="nauja@post.example", language="lt", network="", at=NOON,
    )  # fmt: skip
    said = _say(its, NOON + HOUR, visibility=Visibility.PUBLIC)
    make.answer(said, published_at=NOON + HOUR)
    _extended(its, NOON + HOUR)
    _published(its.version, NOON + HOUR)
    steps = {"BOARD": Facts(done_on=NOON.date()), "MINISTRY": Facts(planned_on=LAST_DAY)}
    actor = make.member(of=its.group)
    set_steps(actor=actor, strategy=its.strategy, steps=steps, today=NOON.date(), at=NOON + HOUR)
    for event in ("consultation.announced", "answers.published", "report.published"):
        ledger.record(
            event, group=its.group, at=NOON + HOUR, consultation=its.number, answers=21,
            opens_at=(NOON + DAY).isoformat(),
        )  # fmt: skip

    digests.write_due(NOON + 2 * HOUR)

    letters = Letter.objects.all()
    assert {letter.kind for letter in letters} == {"follow.asked", "follow.digest"}
    assert {letter.kind: english(letter.subject + letter.text) for letter in letters} == {
        "follow.asked": set(),
        "follow.digest": set(),
    }
