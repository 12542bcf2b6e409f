"""Submissions come in many at a time: one transaction, an answer each, none lost or doubled."""

from __future__ import annotations

import json
import socket as sockets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.utils import translation

from sutarta.apps.consultations.actions import speaking
from sutarta.apps.consultations.actions.speaking import BadWords, Words
from sutarta.apps.consultations.intake import handing, socket, taking
from sutarta.apps.consultations.intake.calls import Answer, Call
from sutarta.apps.consultations.models import Consultation, Submission
from sutarta.apps.people.access import Refused
from sutarta.cli import door
from tests import make
from tests.make import NOON

KEY = "k" * 43


@pytest.fixture(autouse=True)
def asked_anew(monkeypatch):
    """What one test learns of the sequencer is no news of the next one's."""
    monkeypatch.setattr(handing, "_trust", handing.Trust())


def call(
    consultation: Consultation, key: str = KEY, body: str = "Suoliukas", **more: object
) -> Call:
    facts = {
        "consultation": consultation.pk,
        "words": Words(kind="GENERAL", body=body),
        "at": NOON,
        "recorded_at": NOON + timedelta(seconds=1),
        "request_key": key,
        "language": "lt",
        "network": "",
        "reader": "en",
    }
    return Call(**facts | more)


def take(*calls: Call) -> list[Answer]:
    return [Answer.unpacked(said) for said in taking.take([one.packed() for one in calls])]


def hand_over(consultation: Consultation, **more: object) -> handing.Handed:
    facts = {
        "words": Words(kind="GENERAL", body="Suoliukas"),
        "at": NOON,
        "recorded_at": NOON,
        "request_key": KEY,
        "language": "lt",
        "network": "",
        "reader": "en",
    }
    return handing.submit(consultation=consultation.pk, **facts | more)


@contextmanager
def answering(
    folder: Path, answer: Callable[[list[bytes]], list[bytes]]
) -> Iterator[list[list[bytes]]]:
    """Somebody at the door who answers so; what they heard, batch by batch."""
    heard: list[list[bytes]] = []
    stop = threading.Event()

    def note(said: list[bytes]) -> list[bytes]:
        heard.append(said)
        return answer(said)

    def stand() -> None:
        with door.opened(folder) as at_door:
            is_open.set()
            while not stop.is_set():
                door.serve(at_door.callers(0.02), note)

    is_open, thread = threading.Event(), threading.Thread(target=stand)
    thread.start()
    is_open.wait(5)
    yield heard
    stop.set()
    thread.join(5)


def test_a_call_travels_unchanged(db):
    words = Words(kind="IDEA", body="Ąžuolas\n„–“", ward="w", for_whom=("YOUNG", "OLD"))
    said = call(make.consultation(), words=words)

    assert Call.unpacked(said.packed()) == said
    assert said.packed().count(b"\n") == 1


def test_a_batch_is_stored_and_each_gets_the_receipt_of_its_own(db):
    ours, theirs = make.consultation(), make.consultation()
    calls = [call(ours, "a" * 43), call(theirs, "b" * 43), call(ours, "c" * 43, "Tvora")]

    answers = take(*calls)

    assert all(answer.is_new for answer in answers)
    stored = [Submission.objects.get(pk=answer.submission) for answer in answers]
    assert [one.consultation for one in stored] == [ours, theirs, ours]
    assert [(one.number, one.body) for one in stored] == [
        (1, "Suoliukas"), (1, "Suoliukas"), (2, "Tvora"),
    ]  # fmt: skip
    assert [one.received_at for one in stored] == [NOON] * 3
    directly = speaking.submit(
        consultation=ours, words=calls[0].words, at=NOON, recorded_at=NOON,
        request_key="a" * 43, language="lt",
    )  # fmt: skip
    assert (directly.secret, directly.is_new) == (answers[0].secret, False)


def test_the_same_form_twice_in_one_batch_is_one_submission(db):
    ours = make.consultation()

    first, second = take(call(ours), call(ours))

    assert (first.is_new, second.is_new) == (True, False)
    assert (first.submission, first.secret) == (second.submission, second.secret)
    assert Submission.objects.count() == 1


def test_one_that_cannot_be_stored_leaves_the_others_alone(db, monkeypatch, caplog):
    ours = make.consultation()
    place = speaking.place_submission

    def poisoned(submission: Submission, at: object) -> None:
        if submission.body == "poison":
            raise RuntimeError("no such luck")
        place(submission, at)

    monkeypatch.setattr(speaking, "place_submission", poisoned)
    calls = [call(ours, "a" * 43), call(ours, "b" * 43, "poison"), call(ours, "c" * 43)]
    nonsense = [b"{}\n", b"nonsense\n", b'{"words": 7}\n', b"[]\n", b'"x"\n', b"[" * 100_000]

    answers = [
        Answer.unpacked(said) for said in taking.take([*nonsense, *(one.packed() for one in calls)])
    ]

    assert [one.failed for one in answers] == [True] * 6 + [False, True, False]
    assert [one.number for one in Submission.objects.order_by("number")] == [1, 2]
    assert "a submission could not be stored" in caplog.text


def test_a_batch_of_ten_needs_one_more_question_than_one(db, django_assert_num_queries):
    ours = make.consultation()
    take(call(ours, "a" * 43))  # the consultation is remembered for a moment

    with django_assert_num_queries(6):  # two savepoints are the test's own
        take(call(ours, "b" * 43))
    with django_assert_num_queries(7):
        take(*(call(ours, letter * 43) for letter in "cdefghijkl"))

    assert sorted(Submission.objects.values_list("number", flat=True)) == list(range(1, 13))
    assert make.receipt(consultation=ours).submission.number == 13


def test_when_the_database_fails_all_are_told_so(db, monkeypatch):
    monkeypatch.setattr(taking.connection, "close", lambda: None)  # it is the test's own
    monkeypatch.setattr(taking, "_items", fail)

    assert take(call(make.consultation()))[0].failed


def fail(said: object) -> None:
    raise DatabaseError("disk is full")


@pytest.mark.parametrize(
    ("words", "at", "reader", "error", "sentence"),
    [
        (Words(kind="GENERAL", body=" "), NOON, "en", BadWords, "Write what you want to say."),
        (Words(kind="GENERAL", body=" "), NOON, "lt", BadWords, "Parašykite, ką norite pasakyti."),
        (Words(kind="COMMENT", body="x", lineage_id="p-9"), NOON, "en", BadWords,
         "This version has no such passage."),
        (Words(kind="GENERAL", body="x"), NOON - timedelta(days=400), "en", Refused,
         "This consultation is not open yet."),
    ],
)  # fmt: skip
def test_a_refusal_comes_back_in_the_persons_language(
    db, tmp_path, settings, monkeypatch, words, at, reader, error, sentence
):
    settings.RUN = tmp_path
    ours = make.consultation()
    answered_here(monkeypatch)

    with pytest.raises(error, match=sentence), translation.override(reader):
        hand_over(ours, words=words, at=at, reader=reader)

    assert Submission.objects.count() == 0


def answered_here(monkeypatch) -> list[bytes]:
    """The sequencer's answers, made in the test's own transaction."""
    heard: list[bytes] = []

    def ask(folder: Path, question: bytes, patience: float) -> bytes:
        heard.append(question)
        return taking.take([question])[0]

    monkeypatch.setattr(handing.socket, "ask", ask)
    return heard


def test_what_is_handed_over_is_what_would_have_been_stored_here(db, monkeypatch):
    ours = make.consultation()
    heard = answered_here(monkeypatch)

    handed = hand_over(ours)

    assert json.loads(heard[0])["consultation"] == str(ours.pk)
    assert handed.is_new
    assert handed.submission == Submission.objects.get()
    assert hand_over(ours) == replace(handed, is_new=False)


def test_without_a_sequencer_it_is_stored_here_at_once(db, tmp_path, settings):
    settings.RUN = tmp_path / "run"

    assert hand_over(make.consultation()).is_new
    assert handing._trust.may_ask()


def test_a_sequencer_that_died_is_waited_for_once_and_refuses_nothing(
    db, tmp_path, settings, monkeypatch
):
    settings.RUN = tmp_path
    monkeypatch.setattr(handing, "PATIENCE", 0.2)
    with sockets.socket(sockets.AF_UNIX) as dead, socket.addressed(tmp_path) as there:
        dead.bind(f"{there}/{socket.NAME}")
    ours = make.consultation()

    first = hand_over(ours)
    monkeypatch.setattr(handing.socket, "ask", None)  # for a while nobody asks again
    second = hand_over(ours, words=Words(kind="GENERAL", body="Tvora"))

    assert (first.is_new, second.is_new) == (True, True)


def test_after_a_silence_one_at_a_time_tries_again_and_an_answer_brings_all_back(monkeypatch):
    clock, trust = [100.0], handing.Trust()
    monkeypatch.setattr(handing.time, "monotonic", lambda: clock[0])

    assert [trust.may_ask(), trust.may_ask()] == [True, True]
    trust.met_silence()
    assert not trust.may_ask()
    clock[0] += handing.REST
    assert [trust.may_ask(), trust.may_ask()] == [True, False]
    clock[0] += handing.PATIENCE  # the one who tried has died with its process
    assert not trust.may_ask()
    clock[0] += handing.REST
    assert [trust.may_ask(), trust.may_ask()] == [True, False]
    trust.heard()
    assert [trust.may_ask(), trust.may_ask()] == [True, True]


@pytest.mark.parametrize(
    "answers",
    [
        [b""],
        [b'{"failed"'],
        [Answer(failed=True).packed()],
    ],
)
def test_what_was_not_stored_there_is_stored_here(db, tmp_path, settings, monkeypatch, answers):
    settings.RUN = tmp_path
    monkeypatch.setattr(handing, "PATIENCE", 0.3)

    with answering(tmp_path, lambda said: answers * len(said)):
        handed = hand_over(make.consultation())

    assert handed.is_new
    assert Submission.objects.count() == 1


def test_it_is_asked_again_while_the_sequencer_starts_anew(tmp_path):
    lives = iter([b"", b"", b"stored\n"])

    with answering(tmp_path, lambda said: [next(lives)]):
        assert socket.ask(tmp_path, b"question\n", 5) == b"stored\n"


def test_those_who_wait_are_served_together(tmp_path):
    """While the first is served, the others gather in front of the door."""
    first, release = threading.Event(), threading.Event()

    def slow(said: list[bytes]) -> list[bytes]:
        first.set()
        release.wait(5)
        return said

    answers: list[bytes] = []

    def ask(number: int) -> None:
        answers.append(socket.ask(tmp_path, b"%d\n" % number, 5))

    with answering(tmp_path, slow) as heard:
        people = [threading.Thread(target=ask, args=[number]) for number in range(20)]
        people[0].start()
        first.wait(5)
        for one in people[1:]:
            one.start()
        time.sleep(0.2)
        release.set()
        for one in people:
            one.join(5)

    assert sorted(answers) == sorted(b"%d\n" % number for number in range(20))
    assert len(heard) < 20


def test_the_door_is_ours_alone_and_may_lie_deep(tmp_path):
    deep = tmp_path / ("d" * 100) / ("e" * 100)
    deep.parent.mkdir()

    with answering(deep, lambda said: [b"here\n"]):
        assert socket.ask(deep, b"question\n", 5) == b"here\n"
        assert deep.stat().st_mode & 0o777 == 0o700
        assert (deep / socket.NAME).stat().st_mode & 0o777 == 0o600

    with pytest.raises(FileNotFoundError):
        socket.ask(deep, b"question\n", 5)


def test_who_hangs_up_or_never_ends_holds_nobody_up(tmp_path, monkeypatch):
    monkeypatch.setattr(door, "LONGEST", 1000)

    with answering(tmp_path, lambda said: said), socket.addressed(tmp_path) as there:
        for words in (b"half a word", b"x" * 5000):
            with sockets.socket(sockets.AF_UNIX) as line:
                line.connect(f"{there}/{socket.NAME}")
                line.sendall(words)
        assert socket.ask(tmp_path, b"question\n", 5) == b"question\n"


def test_one_form_costs_few_questions(db, client, django_assert_num_queries, monkeypatch):
    """Two of the web process, eight of the sequencer; most of these are shared by a batch."""
    now = make.now()
    ours = make.consultation(
        opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=8)).date(),
    )
    host = {"host": ours.group.hosts.get().name}
    form = {"kind": "general", "body": "Suoliukas", "step": "send"}
    address = f"/c/{ours.number}/say/"
    client.post(address, {**form, "request_key": "a" * 43}, headers=host)  # read once and kept
    answered_here(monkeypatch)

    with django_assert_num_queries(10):
        client.post(address, {**form, "request_key": "b" * 43}, headers=host)

    assert Submission.objects.count() == 2
