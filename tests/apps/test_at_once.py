"""Two people press at the same moment: on both databases one act follows the other."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections, transaction

from sutarta.apps.consultations.actions import (
    answering,
    carrying,
    moderating,
    running,
    speaking,
)
from sutarta.apps.consultations.models import (
    Answer,
    Deadline,
    Kind,
    Outcome,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.models import Entry, Tile
from sutarta.apps.ledger.queries import facts
from sutarta.apps.mail import actions as mail
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.publishing.queries import auditing
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies.models import Passage
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Counter
from sutarta.core import deadlines
from tests import make
from tests.make import NOON

CLOSES = datetime(2026, 11, 30, 22, tzinfo=UTC)
AFTER = CLOSES + timedelta(hours=1)
TOGETHER = 6


@pytest.fixture(scope="module", autouse=True)
def on_disk(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """SQLite as it is installed: in a file. The one in memory knows no waiting."""
    connection = connections["default"]
    if connection.vendor != "sqlite":
        yield
        return
    file = tmp_path_factory.mktemp("at_once") / "sutarta.sqlite3"
    settings, in_memory = connection.settings_dict, connection.settings_dict["NAME"]
    with django_db_blocker.unblock():
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
        kept, connection.connection = connection.connection, None
        settings["NAME"] = str(file)
        yield
        connection.close()
        settings["NAME"], connection.connection = in_memory, kept


@pytest.fixture(autouse=True)
def shared_database(on_disk, transactional_db) -> Iterator[None]:
    """Every thread has a connection of its own, so what it does is stored for all to see."""
    yield
    connections.close_all()


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Begin all acts at the same moment; what each returned, or the refusal it met."""
    barrier = threading.Barrier(len(acts))

    def one(act: Callable[[], Any]) -> Any:
        barrier.wait()
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(one, act) for act in acts]]


def refused(outcomes: list[Any]) -> int:
    return sum(isinstance(one, Refused) for one in outcomes)


def count(event: str) -> int:
    return Entry.objects.filter(event=event).count()


def test_the_database_is_the_one_asked_for():
    asked = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"

    assert connections["default"].vendor == asked


def test_numbers_have_no_gaps_and_no_doubles():
    consultation = make.consultation()

    def speak() -> int:
        return make.receipt(consultation=consultation).submission.number

    numbers = at_once(*[speak] * TOGETHER)

    assert sorted(numbers) == list(range(1, TOGETHER + 1))
    assert count("submission.received") == TOGETHER


def test_the_first_number_of_a_series_is_taken_once():
    group = make.group()

    numbers = at_once(*[lambda: tenants.take_number(group, "new")] * TOGETHER)

    assert sorted(numbers) == list(range(1, TOGETHER + 1))
    assert Counter.objects.filter(group=group, name="new").count() == 1


def test_a_number_taken_in_vain_is_given_out_again():
    consultation = make.consultation()

    def fails() -> None:
        try:
            with transaction.atomic():
                tenants.take_number(consultation.group, "submission")
                raise ZeroDivisionError
        except ZeroDivisionError:
            return

    at_once(fails, lambda: make.receipt(consultation=consultation), fails)

    assert make.receipt(consultation=consultation).submission.number == 2


def test_the_same_form_sent_many_times_at_once_is_one_submission():
    consultation = make.consultation()

    def send() -> speaking.Receipt:
        return make.receipt(consultation=consultation, request_key="f", email="a@post.example")

    receipts = at_once(*[send] * TOGETHER)

    assert {receipt.submission.number for receipt in receipts} == {1}
    assert len({receipt.secret for receipt in receipts}) == 1
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert (Submission.objects.count(), Letter.objects.count()) == (1, 1)
    assert make.receipt(consultation=consultation).submission.number == 2


def test_the_same_form_sent_within_a_transaction_does_not_spoil_it():
    consultation = make.consultation()
    first = make.receipt(consultation=consultation, request_key="f")
    seen = speaking.Submission.objects.filter

    with transaction.atomic():
        speaking.Submission.objects.filter = lambda **_k: _Late(seen)  # the other came meanwhile
        try:
            again = make.receipt(consultation=consultation, request_key="f")
        finally:
            del speaking.Submission.objects.filter
        after = make.receipt(consultation=consultation)

    assert (again.submission, again.is_new) == (first.submission, False)
    assert after.submission.number == 2


class _Late:
    """Sees nothing at first, as a look just before the other one stored."""

    def __init__(self, seen: Callable[..., Any]) -> None:
        self.seen = seen

    def first(self) -> None:
        return None

    def get(self) -> Submission:
        return self.seen(request_key__gt="").get()


def _answered(email: str = "") -> Submission:
    """A submission of a closed consultation, moderated, with its answer ready."""
    submission = make.submission(visibility=Visibility.PUBLIC, email=email)
    make.answer(submission, published_at=None)
    return submission


def test_answers_are_published_once_and_everybody_gets_one_letter():
    submission = _answered("a@post.example")
    editors = [make.member(of=submission.group) for _each in range(3)]

    def publish(who) -> int:
        its = type(submission.consultation).objects.get(pk=submission.consultation_id)
        return answering.publish_answers(actor=who, consultation=its, at=AFTER)

    outcomes = at_once(*[lambda who=who: publish(who) for who in editors])

    assert sorted(outcomes) == [0, 0, 1]
    assert count("answers.published") == 1
    assert Letter.objects.filter(kind="answered").count() == 1


def test_a_published_answer_is_not_rewritten_by_a_draft_that_came_meanwhile():
    submission = _answered()
    its, who = submission.consultation, make.member(of=submission.group)
    seen_before = Submission.objects.select_related("answer").get(pk=submission.pk)

    answering.publish_answers(actor=who, consultation=its, at=AFTER)
    with pytest.raises(Refused):
        answering.draft_answer(
            actor=who,
            submission=seen_before,
            outcome=Outcome.NOT_ACCEPTED,
            reason="Persigalvojome.",
            is_ready=True,
            at=AFTER,
        )

    assert Answer.objects.get().reason == "Pritariame: valandas įrašome."


def test_drafting_and_publishing_at_once_leave_what_was_told():
    submission = _answered("a@post.example")
    its, who = submission.consultation, make.member(of=submission.group)

    def draft() -> Any:
        return answering.draft_answer(
            actor=who,
            submission=submission,
            outcome=Outcome.NOT_ACCEPTED,
            reason="Nepritariame.",
            is_ready=True,
            at=AFTER,
        )

    at_once(draft, lambda: answering.publish_answers(actor=who, consultation=its, at=AFTER))

    answer = Answer.objects.get()
    assert answer.published_at == AFTER
    assert answer.reason in Letter.objects.get(kind="answered").text
    [entry] = Entry.objects.filter(event="answers.published")
    assert facts(entry)["outcomes"][answer.outcome] == 1


def test_a_question_is_answered_once():
    question = make.submission(
        kind=Kind.QUESTION, visibility=Visibility.PUBLIC, email="a@post.example"
    )
    who = make.member(of=question.group)

    def answer(reason: str) -> Any:
        its = Submission.objects.get(pk=question.pk)
        return answering.answer_question(actor=who, submission=its, reason=reason, at=NOON)

    outcomes = at_once(lambda: answer("Taip."), lambda: answer("Ne."))

    assert refused(outcomes) == 1
    assert count("question.answered") == 1
    assert Answer.objects.get().reason in Letter.objects.get(kind="answered").text


def test_a_consultation_is_announced_once():
    its = make.consultation(announced_at=None, contact_name="R. M.", contact_phone="8 600 00000")
    who = make.member(of=its.group)

    def announce() -> None:
        mine = type(its).objects.get(pk=its.pk)
        running.announce(actor=who, consultation=mine, at=NOON)

    outcomes = at_once(announce, announce)

    assert refused(outcomes) == 1
    assert count("consultation.announced") == 1


def _later(its, days: int) -> deadlines.Deadline:
    return deadlines.Deadline.of(
        make.LAST_DAY + timedelta(days=days), deadlines.Wording(), its.group.zone
    )


def test_the_same_extension_pressed_twice_is_one():
    its = make.consultation()
    who = make.member(of=its.group)

    def extend() -> Any:
        mine = type(its).objects.get(pk=its.pk)
        return running.set_deadline(
            actor=who,
            consultation=mine,
            deadline=_later(its, 7),
            reason="Daugelis prašė.",
            answers_by=make.LAST_DAY + timedelta(days=21),
            at=NOON,
        )

    at_once(extend, extend)

    assert Deadline.objects.count() == 2
    assert count("consultation.deadline_extended") == 1


def test_an_extension_at_the_last_moment_covers_what_came_while_it_was_stored():
    its = make.consultation()
    moment = timedelta(milliseconds=300)
    submission = make.submission(consultation=its, at=CLOSES + moment)
    seen_before = type(its).objects.prefetch_related("deadlines").get(pk=its.pk)
    assert submission.is_late

    running.set_deadline(
        actor=make.member(of=its.group),
        consultation=its,
        deadline=_later(its, 7),
        reason="Daugelis prašė.",
        answers_by=make.LAST_DAY + timedelta(days=21),
        at=CLOSES - moment,
    )

    submission.refresh_from_db()
    after = make.submission(consultation=seen_before, at=CLOSES + moment)
    assert (submission.is_late, after.is_late) == (False, False)


def test_a_correction_and_a_withdrawal_at_once_do_not_bring_the_words_back():
    submission = make.submission(visibility=Visibility.PUBLIC)

    at_once(
        lambda: speaking.correct(submission=submission, text=Text(body="Kitaip."), at=NOON),
        lambda: speaking.withdraw(submission=submission, at=NOON),
    )

    submission.refresh_from_db()
    assert (submission.withdrawn_at, submission.keys) == (NOON, "")


def test_moderation_never_publishes_words_corrected_meanwhile():
    submission = make.submission(body="Pirmi žodžiai.")
    who = make.member(of=submission.group)

    def moderate() -> Any:
        return moderating.moderate(
            actor=who,
            submission=submission,
            visibility=Visibility.PUBLIC,
            seen=submission.digest,
            at=NOON,
        )

    at_once(
        moderate,
        lambda: speaking.correct(submission=submission, text=Text(body="Kiti."), at=NOON),
    )

    submission.refresh_from_db()
    assert (submission.visibility, submission.public_body) == (Visibility.CHECKING, "")


def test_the_same_correction_sent_twice_is_one():
    submission = make.submission()

    changed = at_once(
        *[lambda: speaking.correct(submission=submission, text=Text(body="Kitaip."), at=NOON)] * 2
    )

    assert sorted(changed) == [False, True]
    assert submission.former_texts.count() == 1


def _draft():
    """A draft whose first paragraph is doubtful, with two places where it may go on."""
    first = make.version("Pagalba teikiama kasdien.", "Autobusas važiuoja retai.")
    draft = make.version(
        "Pagalba kasdien.",
        "Autobusas važiuoja dažniau.",
        strategy=first.strategy,
        document=make.document("Pagalba kasdien.", "Autobusas važiuoja dažniau."),
        published=False,
    )
    passage = Passage.objects.create(
        group=draft.group,
        version=draft,
        old_id=make.passage(first, 1),
        outcome="doubtful",
        confidence=0.5,
    )
    return first, draft, passage


def test_two_decisions_on_one_passage_leave_one_of_them_whole():
    _first, draft, passage = _draft()
    who = make.member(of=draft.group)
    chosen = make.passage(draft, 2)

    at_once(
        lambda: strategies.decide_passage(actor=who, passage=passage, becomes=[chosen], at=NOON),
        lambda: strategies.decide_passage(actor=who, passage=passage, becomes=[], at=NOON),
    )

    passage.refresh_from_db()
    ids = [block.id for block in type(draft).objects.get(pk=draft.pk).document.blocks]
    assert passage.outcome in {"reworded", "gone"}
    assert (passage.old_id in ids) is (passage.outcome == "reworded")
    assert len(ids) == len(set(ids))


def test_a_version_is_published_once():
    _first, draft, _passage = _draft()
    who = make.member(of=draft.group)

    outcomes = at_once(*[lambda: carrying.publish_next(actor=who, version=draft, at=NOON)] * 3)

    assert refused(outcomes) == 2
    assert count("version.published") == 1


def test_what_comes_late_while_the_next_version_is_published_has_a_place_in_it():
    first, draft, passage = _draft()
    its = make.consultation(version=first)
    passage.delete()
    who = make.member(of=draft.group)
    lineage = make.passage(first, 2)

    at_once(
        lambda: carrying.publish_next(actor=who, version=draft, at=AFTER),
        *[lambda: make.receipt(consultation=its, at=AFTER, lineage_id=lineage)] * 3,
    )

    placed = Submission.objects.values_list("placements__version", flat=True)
    assert list(placed) == [draft.pk] * 3


def test_two_files_brought_at_once_leave_one_in_the_preview():
    strategy = make.strategy()
    who = make.member(of=strategy.group)
    files = [make.word_file("# Ko trūksta", text) for text in ("Pagalbos.", "Autobuso.")]

    def bring(data: bytes) -> Any:
        return strategies.keep_import(
            actor=who, strategy=strategy, name="failas.docx", data=data, at=NOON
        )

    at_once(*[lambda data=data: bring(data) for data in files])

    assert strategy.imports.filter(closed_at=None).count() == 1
    assert strategy.imports.count() == 2


def test_a_draft_made_while_another_version_is_published_is_refused(monkeypatch):
    first = make.version()
    import_ = make.import_("Kitas tekstas.", strategy=first.strategy)
    identified = strategies.drafting._identified

    def published_meanwhile(*args: Any, **kwargs: Any) -> Any:
        make.version(strategy=first.strategy)
        return identified(*args, **kwargs)

    monkeypatch.setattr(strategies.drafting, "_identified", published_meanwhile)

    with pytest.raises(Refused):
        strategies.make_draft(
            actor=make.member(of=first.group), import_=import_, reason="EDITING", note="", at=NOON
        )


def test_a_letter_is_posted_and_sent_once():
    group = make.group()

    def post() -> Letter:
        return mail.post(
            group=group,
            to="a@post.example",
            subject="Nr. 1",
            text="Gavome.",
            kind="receipt",
            key="receipt:1",
            language="lt",
            at=NOON,
        )

    letters = at_once(*[post] * TOGETHER)
    sent = at_once(*[lambda: mail.send_due(NOON)] * 3)

    assert len({letter.pk for letter in letters}) == 1
    assert sorted(sent) == [0, 0, 1]


def test_several_sequencers_make_one_order():
    group = make.group()
    for number in range(40):
        ledger.record("thing.happened", group=group, at=NOON, number=number)

    taken = at_once(*[lambda: ledger.sequence_all(NOON) for _ in range(TOGETHER)])

    places = Entry.objects.filter(group=group).order_by("leaf").values_list("leaf", flat=True)
    assert (sum(taken), list(places)) == (40, list(range(40)))
    assert Tile.objects.filter(group=group).count() == 1


@pytest.mark.parametrize("busy_at", ["acts", "trees", "rows", "openings"])
def test_an_audit_sees_one_moment_however_busy_the_site_is(busy_at):
    first = make.receipt().submission
    ledger.sequence_all(make.now())
    quiet = auditing.look_through(first.group, make.now()).findings

    def speak_and_withdraw() -> None:
        make.receipt(consultation=first.consultation)
        speaking.withdraw(submission=first, at=NOON)
        ledger.sequence_all(make.now())

    def tell(step: str) -> None:
        if step == busy_at:
            at_once(speak_and_withdraw)

    busy = auditing.look_through(first.group, make.now(), tell=tell).findings

    assert busy == quiet  # of rows that were made without an act, and of nothing else
    assert count("submission.withdrawn") == 1
    assert auditing.look_through(first.group, make.now()).findings == quiet
