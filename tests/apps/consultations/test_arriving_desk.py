"""What staff decide about letters that came by mail, and when those end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from sutarta.apps.consultations.actions import arriving, dropping, erasing, settling
from sutarta.apps.consultations.actions.settling import belongs_to, put_back, set_aside
from sutarta.apps.consultations.actions.speaking import BadWords
from sutarta.apps.consultations.models import (
    Arrival,
    ErasureScope,
    FormerText,
    LetterOpening,
    Reason,
    Submission,
    Tie,
    Visibility,
)
from sutarta.apps.consultations.queries import arrivals, own
from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail.models import Letter, RawState
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make, post
from tests.make import NOON

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)
GENERAL = "info@alksniai.example"


@pytest.fixture
def its():
    consultation = make.consultation()
    make.mailbox(of=consultation.group)
    return consultation


@pytest.fixture
def who(its):
    return make.member(of=its.group, role=Role.MODERATOR)


def came(its, raw=None, to=GENERAL, **facts) -> Arrival:
    letter = make.raw_letter(raw or post.letter(to=to), group=its.group, to=to, **facts)
    arriving.take_waiting(NOON + timedelta(minutes=5))
    return Arrival.objects.select_related("letter", "group").get(letter=letter)


def tagged(its) -> str:
    return f"info+c{its.number}@alksniai.example"


def state(arrival: Arrival) -> tuple[str, str]:
    fresh = Arrival.objects.select_related("letter").get(pk=arrival.pk)
    return fresh.letter.state, fresh.letter.reason


def test_one_press_enters_a_letter_with_the_time_it_came(its, who):
    made = belongs_to(actor=who, arrival=came(its), consultation=its, at=LATER)

    assert (made.received_at, made.recorded_at, made.entered_by) == (NOON, LATER, None)
    assert state(arrivals.became(made)) == (RawState.TAKEN, "")
    assert arrivals.became(made).settled_by == who
    assert Letter.objects.get().thread == "a1@post.example"


def test_a_letter_enters_the_register_once(its, who):
    arrival = came(its)
    belongs_to(actor=who, arrival=arrival, consultation=its, at=LATER)

    with pytest.raises(Refused):
        belongs_to(actor=who, arrival=arrival, consultation=its, at=LATER)
    with pytest.raises(Refused):
        set_aside(actor=who, arrival=arrival, reason=Reason.SPAM, at=LATER)
    assert Submission.objects.count() == 1


def test_a_letter_passed_on_is_of_whoever_wrote_it(its, who):
    words = (
        "---------- Forwarded message ---------\nFrom: K. L. <k.l@post.example>\n"
        "Date: Mon, Nov 9, 2026 at 10:00 AM\nSubject: Takas\nTo: <info@alksniai.example>\n\n"
        "Reikia tako."
    )

    made = belongs_to(actor=who, arrival=came(its, post.letter(words)), consultation=its, at=LATER)

    assert (made.body, made.author_name, made.email) == (
        "Reikia tako.",
        "K. L.",
        "k.l@post.example",
    )


def test_a_letter_from_before_the_opening_is_of_no_consultation(its, who):
    arrival = came(its, received_at=its.opens_at - timedelta(seconds=1))

    with pytest.raises(Refused):
        belongs_to(actor=who, arrival=arrival, consultation=its, at=LATER)


def test_what_is_no_submission_is_set_aside_and_put_back(its, who):
    arrival = came(its)

    for _twice in range(2):
        set_aside(actor=who, arrival=arrival, reason=Reason.SPAM, at=LATER)
    assert state(arrival) == (RawState.SET_ASIDE, Reason.SPAM)
    put_back(actor=who, arrival=arrival, at=LATER)

    assert state(arrival) == (RawState.TO_SORT, Reason.TAKEN_BACK)
    entries = Entry.objects.order_by("pk").values_list("event", flat=True)
    events = [one for one in entries if "letter" in one]
    assert events == ["letter.set_aside", "letter.put_back"]
    assert arriving.take_waiting(LATER) == 0


def test_what_was_removed_waits_for_nobody_any_more(its, who):
    arrival = came(its)
    set_aside(actor=who, arrival=arrival, reason=Reason.SPAM, at=LATER)
    dropping.drop_letters([Arrival.objects.select_related("letter").get(pk=arrival.pk)], LATER)

    with pytest.raises(Refused, match="pašalintas"):
        put_back(actor=who, arrival=arrival, at=LATER)


@pytest.mark.parametrize("reason", [Reason.OTHER, Reason.BOUNCE, ""])
def test_setting_aside_needs_a_reason(its, who, reason):
    with pytest.raises(Refused):
        set_aside(actor=who, arrival=came(its), reason=reason, at=LATER)


def test_what_the_program_set_aside_a_person_takes(its, who):
    arrival = came(its, post.letter(Auto_Submitted="auto-replied"), to=tagged(its))
    assert state(arrival) == (RawState.SET_ASIDE, Reason.AUTO_REPLY)

    put_back(actor=who, arrival=arrival, at=LATER)
    made = belongs_to(actor=who, arrival=arrival, consultation=its, at=LATER)

    assert made.body == "Reikia tako prie ežero."


def test_an_answer_to_our_letter_is_kept_beside_its_submission(its, who):
    its_own = make.submission(consultation=its)
    arrival = came(its)

    settling.keep_beside(actor=who, arrival=arrival, submission=its_own, at=LATER)

    assert [one.pk for one in arrivals.beside(its_own)] == [arrival.pk]
    assert state(arrival) == (RawState.SET_ASIDE, Reason.BESIDE)


def test_words_of_an_unreadable_letter_are_typed_in(its, who):
    arrival = came(its, b"\xff\xfe\n\n", to=tagged(its))
    made = arrival.submission
    before = made.body

    changed = settling.type_in(actor=who, submission=made, body=" Reikia tako. ", at=LATER)

    made.refresh_from_db()
    assert (changed, made.body, made.visibility) == (True, "Reikia tako.", Visibility.CHECKING)
    assert FormerText.objects.get().body == before
    assert state(arrival)[0] == RawState.TAKEN
    with pytest.raises(BadWords):
        settling.type_in(actor=who, submission=made, body=" ", at=LATER)


def test_nobody_types_over_an_authors_own_words(its, who):
    made = came(its, to=tagged(its)).submission

    with pytest.raises(Refused):
        settling.type_in(actor=who, submission=made, body="Kitaip", at=LATER)


def test_taking_a_letter_out_leaves_a_trace(its, who):
    raw = post.letter(to=GENERAL)
    arrival = came(its, raw)

    with pytest.raises(Refused):
        settling.take_out(actor=who, arrival=arrival, reason=" ", at=LATER)
    assert settling.take_out(actor=who, arrival=arrival, reason="Parašas", at=LATER) == raw

    assert LetterOpening.objects.get().reason == "Parašas"
    assert Entry.objects.filter(event="letter.opened").count() == 1


@pytest.mark.parametrize(
    ("role", "sorts", "opens"),
    [(Role.MODERATOR, True, True), (Role.AUDITOR, False, True), (Role.EDITOR, False, False)],
)
def test_who_may_sort_and_who_may_open(its, role, sorts, opens):
    actor, arrival = make.member(of=its.group, role=role), came(its)

    assert bool(settling.rules.may_settle(actor, arrival, LATER)) == sorts
    assert bool(settling.rules.may_open(actor, arrival, LATER)) == opens


def test_what_waits_is_counted_and_red_after_two_days(its):
    came(its)
    came(its, b"\xff\xfe\n\n")

    soon = arrivals.waiting(its.group, NOON + timedelta(days=1))
    late = arrivals.waiting(its.group, NOON + timedelta(days=3))

    assert (soon.to_sort, soon.unreadable, soon.overdue, late.overdue) == (1, 1, 0, 2)


@pytest.mark.parametrize("scope", ErasureScope.values)
def test_erasing_removes_the_letter_as_it_came(its, scope):
    arrival = came(its, to=tagged(its))
    made = arrival.submission
    decided = {"asked_at": LATER, "decided_at": LATER, "carried_out": True}
    row = erasing.Erasure(
        group=its.group, submission=made, scope=scope, asker="AUTHOR", ground="", **decided
    )

    erasing.erase_as_decided(row, made, LATER)

    arrival.refresh_from_db()
    assert arrival.letter.removed_at == LATER
    assert (arrival.sender_address, arrival.subject, arrival.message_id) == ("", "", "")


def test_erasing_reaches_copies_set_aside_before_it_was_in_the_register(its, who):
    raw = post.letter("Reikia tako.", to=GENERAL)
    first, copy = came(its, raw), came(its, raw)
    made = belongs_to(actor=who, arrival=first, consultation=its, at=LATER)
    decided = {"asked_at": LATER, "decided_at": LATER, "carried_out": True}
    row = erasing.Erasure(
        group=its.group, submission=made, scope="CONTACT", asker="AUTHOR", ground="", **decided
    )

    erasing.erase_as_decided(row, made, LATER)

    copy.refresh_from_db()
    assert (copy.letter.removed_at, copy.sender_address) == (LATER, "")
    # A digest of the address and words that are public would tell whose they are.
    assert [one.fingerprint for one in Arrival.objects.all()] == ["", ""]


def test_a_letter_alone_can_be_erased_though_nobody_is_named_beside_it(its):
    raw = post.letter(sender="noreply@post.example", to=tagged(its))
    made = came(its, raw, to=tagged(its)).submission
    assert not (made.email or made.author_name)

    asked = erasing.ask_own_erasure(submission=made, scope="CONTACT", ground="", at=LATER)

    assert asked.carried_out
    assert Arrival.objects.get().sender_address == ""
    with pytest.raises(Refused):
        erasing.ask_own_erasure(submission=made, scope="CONTACT", ground="", at=LATER)


def test_letters_end_by_rule(its, who, django_capture_on_commit_callbacks):
    taken = came(its, to=tagged(its))
    aside = came(its, post.letter("Reklama", to=GENERAL, message_id="<b@post.example>"))
    waits = came(its, post.letter("Takas", to=GENERAL, message_id="<c@post.example>"))
    set_aside(actor=who, arrival=aside, reason=Reason.PRIVATE, at=LATER)
    its.answered_at = NOON + timedelta(days=30)
    its.save()

    with django_capture_on_commit_callbacks(execute=True):
        assert dropping.forget_letters(NOON + timedelta(days=89)) == 0
        assert dropping.forget_letters(NOON + timedelta(days=91)) == 1
        assert dropping.forget_letters(NOON + timedelta(days=396)) == 1
        assert dropping.forget_letters(NOON + timedelta(days=396)) == 0

    there = [default_storage.exists(one.letter.path) for one in (taken, aside, waits)]
    assert there == [False, False, True]


def test_a_letter_that_has_ended_is_still_known_when_it_comes_again(its):
    first = came(its, to=tagged(its))
    dropping.drop_letters([first], LATER)

    again = came(its, to=tagged(its))

    assert (again.tie, again.submission) == (Tie.REPEATS, first.submission)


def test_authors_are_told_that_the_letter_is_kept(its):
    made = came(its, to=tagged(its)).submission

    assert any(row.value for row in own.of(made) if "laišk" in row.what.lower())
    assert own.as_data(made)["letters_received"][0]["subject"] == "Dėl tako"
