"""Telling people without e-mail: who is on which list, what they are told, ticks and undo."""

from __future__ import annotations

import re
from copy import copy
from datetime import timedelta

import pytest
import uuid6
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sutarta.apps.consultations.actions import entering
from sutarta.apps.consultations.actions import telling as actions
from sutarta.apps.consultations.models import (
    AnswerCorrection,
    Channel,
    Kind,
    Moderation,
    Outcome,
    Telling,
    Visibility,
)
from sutarta.apps.consultations.queries import desk as tasks
from sutarta.apps.consultations.queries import telling as queries
from sutarta.apps.consultations.rules import entering as rules
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOT_THEIRS = "Your role in this group does not include this step."
POSTAL = {"channel": Channel.PAPER, "author_name": "R M", "post_address": "Liepų g. 7, Alksniai"}
CALLED = {"channel": Channel.PHONE, "author_name": "K L", "phone": "+370 600 00000"}


@pytest.fixture
def group():
    return make.group(host="ours.test")


@pytest.fixture
def consultation(group):
    return make.consultation(group=group)


@pytest.fixture
def desk(client, group):
    def sign_in(role=Role.MODERATOR):
        client.force_login(make.member(of=group, role=role), BACKEND)
        client.cookies["sutarta_language"] = "en"
        client.defaults["HTTP_HOST"] = "ours.test"
        return client

    return sign_in


def told(consultation, answered=True, outcome=Outcome.ACCEPTED, **facts):
    """What staff entered at NOON, answered unless said otherwise."""
    channel = facts.get("channel")
    if channel != Channel.ELSEWHERE:
        facts.setdefault("origin", entering.Origin())
    made = make.entered(consultation=consultation, at=make.NOON, **facts)
    make.answer(made, outcome=outcome, published_at=make.NOON if answered else None)
    return made


def numbers(people):
    return [[one.number for one in person.submissions] for person in people]


def page(answer):
    return " ".join(answer.content.decode().replace("&nbsp;", " ").replace("\xa0", " ").split())


def test_everybody_is_on_one_list_by_what_they_left(consultation):
    letter = told(consultation, **POSTAL)
    call = told(consultation, **CALLED)
    both = told(consultation, **{**CALLED, "post_address": "Upės g. 1"})
    comment = told(consultation, channel=Channel.ELSEWHERE)
    told(consultation, channel=Channel.MEETING)
    told(consultation, **{**POSTAL, "email": "r.m@alksniai.example"})
    told(consultation, answered=False, **CALLED)

    round = queries.round_of(consultation)

    assert numbers(round.letters) == [[letter.number], [both.number]]
    assert numbers(round.calls) == [[call.number]]
    assert numbers(round.comments) == [[comment.number]]
    assert (round.told, round.total, round.unreachable) == (0, 4, 1)


@pytest.mark.parametrize(
    "facts",
    [
        {"withdrawn_at": make.NOON},
        {"erased_at": make.NOON},
        {"visibility": Visibility.SET_ASIDE},
    ],
)
def test_who_took_it_back_or_was_set_aside_is_not_told(consultation, facts):
    made = told(consultation, **CALLED)
    type(made).objects.filter(pk=made.pk).update(**facts)

    assert queries.round_of(consultation).total == 0
    assert queries.left_to_tell(consultation.group) == []


def test_one_person_gets_one_letter_and_one_call(consultation):
    first, second = told(consultation, **POSTAL), told(consultation, **POSTAL)
    told(consultation, **{**POSTAL, "author_name": "K L"})
    third = told(consultation, **CALLED)
    fourth = told(consultation, **{**CALLED, "phone": "8 600 00000"})

    round = queries.round_of(consultation)

    assert numbers(round.letters)[0] == [first.number, second.number]
    assert len(round.letters) == 2
    assert numbers(round.calls) == [[third.number, fourth.number]]


def test_a_new_answer_to_somebody_told_brings_them_back(consultation):
    made = told(consultation, **CALLED)
    actor = made.entered_by
    actions.tell(
        actor=actor, consultation=consultation, submissions=[made], way="PHONE", at=make.NOON
    )
    done = queries.round_of(consultation).told

    told(consultation, **CALLED)

    assert (done, queries.round_of(consultation).told) == (1, 0)


def test_a_corrected_answer_is_told_anew(consultation):
    made = told(consultation, **CALLED)
    what = {"actor": made.entered_by, "consultation": consultation, "submissions": [made]}
    later = make.NOON + timedelta(days=2)
    actions.tell(**what, way="PHONE", at=make.NOON)

    AnswerCorrection.objects.create(
        group=made.group, answer=made.answer, outcome=Outcome.NOTED, reason="Senas.",
        why="Klaida.", actor=made.entered_by, at=make.NOON + timedelta(days=1),
    )  # fmt: skip
    after = queries.round_of(consultation).told, queries.left_to_tell(consultation.group)
    actions.tell(**what, way="PHONE", at=later)

    assert after == (0, [(consultation.number, 1)])
    assert queries.round_of(consultation).told == 1
    assert queries.left_to_tell(consultation.group) == []
    assert Telling.objects.get().at == later


@pytest.mark.parametrize(
    ("visibility", "because"),
    [
        (Visibility.HIDDEN, "Kito žmogaus liga."),
        (Visibility.REDACTED, "Kito žmogaus liga."),
        (Visibility.PUBLIC, ""),
    ],
)
def test_who_is_not_shown_whole_is_told_why(desk, consultation, visibility, because):
    made = told(consultation, **POSTAL)
    Moderation.objects.create(
        group=made.group, submission=made, visibility=visibility, reason="Kito žmogaus liga.",
        actor=made.entered_by, at=make.NOON,
    )  # fmt: skip
    type(made).objects.filter(pk=made.pk).update(visibility=visibility)

    (person,) = queries.round_of(consultation).letters
    letter = page(desk().get(f"/desk/c/{consultation.number}/telling/letters/"))

    assert person.first.hidden_because == because
    assert ("Kito žmogaus liga." in letter) == bool(because)


def test_ticking_twice_is_ticking_once_and_undo_takes_it_back(consultation):
    made = told(consultation, **CALLED)
    what = {"actor": made.entered_by, "consultation": consultation, "submissions": [made]}

    for _twice in range(2):
        actions.tell(**what, way="PHONE", at=make.NOON)
    ticked = Telling.objects.get()
    actions.untell(**what, way="PHONE", at=make.NOON)

    assert (ticked.actor, ticked.at) == (made.entered_by, make.NOON)
    assert not Telling.objects.exists()


@pytest.mark.usefixtures("in_english")
@pytest.mark.parametrize("days", [0, 400])
@pytest.mark.parametrize(
    ("role", "reason"),
    [
        (Role.COORDINATOR, ""),
        (Role.MODERATOR, ""),
        (Role.EDITOR, NOT_THEIRS),
        (Role.AUDITOR, NOT_THEIRS),
        (None, "Only staff of this group may do this."),
    ],
)
def test_who_may_tell(consultation, role, days, reason):
    who = make.member(of=consultation.group, role=role) if role else make.user()

    verdict = rules.may_tell(who, consultation, make.NOON + timedelta(days=days))

    assert verdict.reason == reason
    if reason:
        for action in (actions.tell, actions.untell):
            with pytest.raises(Refused):
                action(
                    actor=who, consultation=consultation, submissions=[], way="PHONE", at=make.NOON
                )


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.ACCEPTED, "atsižvelgta"),
        (Outcome.PARTLY, "atsižvelgta iš dalies"),
        (Outcome.NOT_ACCEPTED, "neatsižvelgta"),
        (Outcome.NOTED, "priėmėme žiniai"),
        (Outcome.OUT_OF_SCOPE, "strategija nesprendžia"),
    ],
)
def test_two_plain_sentences_for_the_telephone(consultation, outcome, said):
    told(consultation, outcome=outcome, **CALLED)

    (sentence,) = queries.round_of(consultation).calls[0].sentences

    assert said in sentence
    assert "„Reikia keltuvo prie poliklinikos“" in sentence
    assert sentence.endswith("Pritariame: valandas įrašome.")


def test_a_question_is_answered_and_told_as_one(consultation):
    told(consultation, kind=Kind.QUESTION, **CALLED)

    (sentence,) = queries.round_of(consultation).calls[0].sentences

    assert sentence.startswith("Jūs klausėte")


def test_the_reply_to_paste_has_outcome_reason_and_link(consultation):
    made = told(consultation, channel=Channel.ELSEWHERE)

    reply = queries.round_of(consultation).comments[0].reply

    assert "Pritariame: valandas įrašome." in reply
    assert f"ours.test/p/{made.number}/" in reply


def test_a_long_reason_is_cut_for_reading_out(consultation):
    made = told(consultation, **CALLED)
    made.answer.reason = "Labai ilgas paaiškinimas. " * 40

    assert len(queries.reason(made)) <= queries.SHORT + 1


@pytest.mark.usefixtures("in_english")
def test_the_desk_reminds_of_those_left(consultation):
    told(consultation, **POSTAL)
    call = told(consultation, **CALLED)
    found = [
        task for task in tasks.desk_tasks(consultation.group, make.NOON) if "telling" in task.url
    ]
    actions.tell(
        actor=call.entered_by, consultation=consultation, submissions=[call], way="PHONE",
        at=make.NOON,
    )  # fmt: skip

    assert [(task.label, task.count) for task in found] == [("Tell people without e-mail", 2)]
    assert queries.left_to_tell(consultation.group) == [(consultation.number, 1)]


def test_the_lists_and_their_ticks(desk, consultation):
    told(consultation, **POSTAL)
    call = told(consultation, **CALLED)
    told(consultation, channel=Channel.ELSEWHERE)
    make.entered(consultation=consultation, at=make.NOON)
    browser, address = desk(), f"/desk/c/{consultation.number}/telling/"

    before = page(browser.get(address))
    ticked = browser.post(address, {"way": "PHONE", "number": call.number, "do": "tell"})
    after = page(browser.get(address))
    browser.post(address, {"way": "PHONE", "number": call.number, "do": "undo"})

    for words in (
        "First replies to paste",
        "Letters",
        "Calls",
        "Comments elsewhere",
        "0 of 3 told",
    ):
        assert words in before
    assert ticked.headers["Location"] == f"{address}#phone-{call.number}"
    assert "1 of 3 told" in after
    assert "told by R M" in after
    assert re.search(r'value="undo">\s*<svg.*?</svg>\s*Undo\s*</button>', after, re.DOTALL)
    assert not Telling.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({}, 422),
        ({"way": "PHONE"}, 422),
        ({"way": "PIGEON", "number": 1}, 422),
        ({"way": "PHONE", "number": "x"}, 422),
        ({"way": "PHONE", "number": "9" * 30}, 422),
        ({"way": "PHONE", "number": 999}, 404),
        ({"way": "LETTER", "number": 1}, 404),
    ],
)
def test_a_tick_for_nobody(desk, consultation, sent, status):
    told(consultation, **CALLED)

    answer = desk().post(f"/desk/c/{consultation.number}/telling/", sent)

    assert answer.status_code == status
    assert not Telling.objects.exists()


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR])
def test_others_read_the_lists_and_are_told_why_they_cannot_tick(desk, consultation, role):
    call = told(consultation, **CALLED)
    browser, address = desk(role), f"/desk/c/{consultation.number}/telling/"

    shown = page(browser.get(address))
    pressed = browser.post(address, {"way": "PHONE", "number": call.number})

    assert NOT_THEIRS in shown
    assert "I called" not in shown
    assert pressed.status_code == 403


def test_letters_to_print_are_those_not_sent_or_the_one_asked_for(desk, consultation):
    first = told(consultation, **POSTAL)
    second = told(consultation, **{**POSTAL, "author_name": "K L"})
    actions.tell(
        actor=first.entered_by, consultation=consultation, submissions=[first], way="LETTER",
        at=make.NOON,
    )  # fmt: skip
    browser, address = desk(), f"/desk/c/{consultation.number}/telling/letters/"

    waiting = page(browser.get(address))
    asked = page(browser.get(f"{address}?nr={first.number}"))
    strange = browser.get(f"{address}?nr=-1")

    assert (waiting.count("<article"), asked.count("<article")) == (1, 1)
    assert "K L" in waiting
    assert "Liepų g. 7, Alksniai" in asked
    assert "Atsakymas į tai, ką pasakėte" in asked or "Pritariame: valandas įrašome." in asked
    assert strange.status_code == 200
    assert f"Nr. {second.number}" in waiting


def many(pattern, count):
    """Copies of an answered submission, each of another person."""
    rows, answers = [], []
    for n in range(count):
        row = copy(pattern)
        row.pk, row._state.adding = uuid6.uuid7(), True
        row.number, row.request_key, row.secret_digest = 1000 + n, f"many{n}", f"many{n}"
        row.author_name = f"R {n}"
        answer = copy(pattern.answer)
        answer.pk, answer._state.adding, answer.submission_id = uuid6.uuid7(), True, row.pk
        rows.append(row)
        answers.append(answer)
    type(pattern).objects.bulk_create(rows)
    type(pattern.answer).objects.bulk_create(answers)


@pytest.mark.parametrize("where", ["telling/", "telling/letters/"])
def test_the_lists_ask_the_same_number_of_questions(desk, consultation, where):
    browser, address, counts = desk(), f"/desk/c/{consultation.number}/{where}", []
    pattern = told(consultation, **POSTAL)
    told(consultation, **CALLED)
    told(consultation, channel=Channel.ELSEWHERE)
    for more in (0, 299):
        many(pattern, more)
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            browser.get(address)
        counts.append(len(asked))

    assert counts[0] == counts[1], counts
    print(f"{where} asks {counts[0]} questions for 1 letter and for 300")
