"""Approving by a second person and by the board, bundles, drafts that two people write."""

from datetime import timedelta

import pytest

from sutarta.apps.consultations.actions import answering, approving, correcting, standard
from sutarta.apps.consultations.models import (
    Answer,
    AnswerCorrection,
    Bundle,
    Kind,
    Outcome,
    StandardText,
    Visibility,
)
from sutarta.apps.consultations.queries import answers, gates
from sutarta.apps.consultations.rules import answering as rules
from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries import facts
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AFTER = NOON + timedelta(days=10)
LATER = AFTER + timedelta(hours=1)


def careful(**flags):
    """A closed consultation with two proposals, of a group that wants to be asked twice."""
    group = make.group(**flags)
    consultation = make.consultation(group=group)
    said = {"consultation": consultation, "visibility": Visibility.PUBLIC}
    make.submission(email="a@post.lt", **said)
    make.submission(body="Antras.", **said)
    return consultation


def proposal(consultation, number=1):
    return consultation.submissions.select_related("group").get(number=number)


def draft(submission, actor, **changes):
    said = {"outcome": Outcome.ACCEPTED, "reason": "Įrašome.", "is_ready": True, "at": AFTER}
    return answering.draft_answer(actor=actor, submission=submission, **{**said, **changes})


def seen(*written):
    return {one.submission.number: answers.edition(one) for one in written}


def test_a_second_person_approves_and_any_rewriting_takes_it_back():
    its = careful(four_eyes=True)
    writer, second = make.member(of=its.group), make.member(of=its.group, role=Role.MODERATOR)
    answer = draft(proposal(its), writer)

    approving.approve_answers(actor=second, group=its.group, seen=seen(answer), at=LATER)
    answer.refresh_from_db()
    assert (answer.approved_by, answer.approved_at) == (second, LATER)
    draft(proposal(its), second)  # the same words: nothing is written
    answer.refresh_from_db()
    assert (answer.written_by, answer.approved_by) == (writer, second)
    draft(proposal(its), writer, reason="Kitaip.", at=LATER)

    answer.refresh_from_db()
    assert (answer.approved_by, answer.approved_at) == (None, None)


def test_an_answer_rewritten_meanwhile_is_not_approved_blindly():
    its = careful(four_eyes=True)
    writer, second = make.member(of=its.group), make.member(of=its.group)
    before = seen(draft(proposal(its), writer))
    draft(proposal(its), writer, reason="Kitaip.", at=LATER)

    with pytest.raises(Refused, match="it was rewritten meanwhile"):
        approving.approve_answers(actor=second, group=its.group, seen=before, at=LATER)


def test_approvals_are_taken_back_until_publication():
    its = careful(four_eyes=True)
    writer, second = make.member(of=its.group), make.member(of=its.group)
    answer = draft(proposal(its), writer)
    approving.approve_answers(actor=second, group=its.group, seen=seen(answer), at=LATER)

    approving.take_back_approvals(actor=writer, group=its.group, numbers=[1], at=LATER)

    answer.refresh_from_db()
    assert answer.approved_at is None
    with pytest.raises(Refused, match="is not approved"):
        approving.take_back_approvals(actor=writer, group=its.group, numbers=[1], at=LATER)


NOT_THEIRS = "Your role in this group does not include this step."
OWN = "You wrote this answer: somebody else approves it."


@pytest.mark.parametrize(
    ("who", "facts", "reason"),
    [
        (Role.COORDINATOR, {}, ""),
        (Role.EDITOR, {}, ""),
        (Role.MODERATOR, {}, ""),
        (Role.AUDITOR, {}, NOT_THEIRS),
        ("stranger", {}, "Only staff of this group may do this."),
        ("writer", {}, OWN),
        (Role.EDITOR, {"is_ready": False}, "This answer is not marked ready yet."),
        (Role.EDITOR, {"published_at": AFTER}, "The answer is published and stays as it is."),
        (Role.EDITOR, {"approved_at": AFTER}, "This answer is approved already."),
    ],
)
def test_who_may_approve_when(who, facts, reason):
    its = careful(four_eyes=True)
    writer = make.member(of=its.group)
    answer = make.answer(proposal(its), written_by=writer, **{"published_at": None, **facts})
    people = {"stranger": make.user(), "writer": writer}
    actor = people.get(who) or make.member(of=its.group, role=who)

    assert rules.may_approve(actor, answer, LATER).reason == reason


def test_nobody_is_asked_where_the_group_does_not_want_it():
    its = careful()
    answer = make.answer(proposal(its), published_at=None)

    said = rules.may_approve(make.member(of=its.group), answer, LATER).reason

    assert said == "This group does not ask a second person to approve answers."
    assert gates.before_publishing(its).approved is None


def test_the_gate_waits_for_the_second_person():
    its = careful(four_eyes=True)
    writer, second = make.member(of=its.group), make.member(of=its.group)
    both = [draft(proposal(its, number), writer) for number in (1, 2)]
    approving.approve_answers(actor=second, group=its.group, seen=seen(both[0]), at=LATER)

    with pytest.raises(Refused, match="1 of 2 answers approved by a second person"):
        answering.publish_answers(actor=writer, consultation=its, at=LATER)

    approving.approve_answers(actor=second, group=its.group, seen=seen(both[1]), at=LATER)
    assert answering.publish_answers(actor=writer, consultation=its, at=LATER) == 2


def board(its, **facts):
    said = {"decided_on": AFTER.date(), "resolution": "V-12", "at": LATER}
    who = facts.pop("actor", None) or make.member(of=its.group)
    return approving.record_board(actor=who, consultation=its, **{**said, **facts})


def test_the_board_approves_these_words_and_no_others():
    its = careful(board_approves=True)
    editor = make.member(of=its.group)
    for number in (1, 2):
        draft(proposal(its, number), editor)
    board(its)
    approved = gates.before_publishing(its).board.is_valid
    draft(proposal(its), editor, reason="Kitaip.", at=LATER)

    with pytest.raises(Refused, match="The board has approved the answers"):
        answering.publish_answers(actor=editor, consultation=its, at=LATER)
    note = gates.before_publishing(its).board.check.note
    board(its, resolution="V-13")

    assert (approved, note) == (True, "answers were changed since it did")
    assert answering.publish_answers(actor=editor, consultation=its, at=LATER) == 2
    entry = Entry.objects.filter(event="answers.approved").last()
    assert facts(entry)["answers"] == 2
    assert "V-1" not in str(facts(entry))


@pytest.mark.parametrize(
    ("flags", "role", "at", "ready", "facts", "why"),
    [
        ({"board_approves": True}, Role.MODERATOR, LATER, 2, {}, NOT_THEIRS),
        ({"board_approves": True}, Role.AUDITOR, LATER, 2, {}, NOT_THEIRS),
        ({}, Role.EDITOR, LATER, 2, {}, "the board does not approve"),
        ({"board_approves": True}, Role.EDITOR, NOON, 2, {}, "after the consultation closes"),
        ({"board_approves": True}, Role.EDITOR, LATER, 1, {}, "once all are ready"),
        ({"board_approves": True}, Role.EDITOR, LATER, 2,
         {"decided_on": (AFTER + timedelta(days=9)).date()}, "still to come"),
        ({"board_approves": True}, Role.EDITOR, LATER, 2, {"resolution": " "}, "which resolution"),
    ],
)  # fmt: skip
def test_the_board_is_recorded_in_its_turn(flags, role, at, ready, facts, why):
    its = careful(**flags)
    for number in range(1, ready + 1):
        draft(proposal(its, number), make.member(of=its.group))

    with pytest.raises(Refused, match=why):
        board(its, actor=make.member(of=its.group, role=role), at=at, **facts)


def bundle(its):
    made = Bundle.objects.create(
        group=its.group, consultation=its, made_by=make.user(), made_at=NOON
    )
    its.submissions.update(bundle=made)


def test_a_bundle_gets_one_answer_in_rows_of_their_own():
    its = careful()
    bundle(its)
    question = make.submission(consultation=its, kind=Kind.QUESTION, body="Kada?")
    question.bundle = proposal(its).bundle
    question.save()

    draft(proposal(its), make.member(of=its.group))

    assert list(Answer.objects.values_list("submission__number", "reason").order_by(
        "submission__number")) == [(1, "Įrašome."), (2, "Įrašome.")]  # fmt: skip


def test_a_member_of_a_bundle_may_stand_apart():
    its = careful()
    bundle(its)
    who = make.member(of=its.group)
    draft(proposal(its), who)
    draft(proposal(its, 2), who, reason="Kitaip.", apart=True)
    draft(proposal(its), who, reason="Įrašome valandas.")

    assert [proposal(its, n).answer.reason for n in (1, 2)] == ["Įrašome valandas.", "Kitaip."]
    assert [one.number for one in answers.sharing(proposal(its))] == []


def test_a_newer_writing_by_somebody_else_is_never_overwritten_unseen():
    its = careful()
    first, second = make.member(of=its.group), make.member(of=its.group, name="R. M.")
    before = answers.edition(draft(proposal(its), first, is_ready=False))
    draft(proposal(its), second, reason="Kitaip.", is_ready=False, at=LATER)

    with pytest.raises(answering.Overtaken, match="has written this answer") as refusal:
        draft(proposal(its), first, reason="Mano.", is_ready=False, seen=before, at=LATER)
    draft(proposal(its), first, reason="Mano.", seen=answers.edition(refusal.value.answer),
          at=LATER)  # fmt: skip

    assert Answer.objects.get().reason == "Mano."


def test_autosave_keeps_drafts_alone():
    its = careful()
    who = make.member(of=its.group)
    said = {"outcome": "", "reason": "Pusė", "actor": who, "at": AFTER}
    answering.autosave(submission=proposal(its), **said)
    assert (Answer.objects.get().reason, Answer.objects.get().is_ready) == ("Pusė", False)
    draft(proposal(its), who)

    with pytest.raises(Refused, match="is marked ready"):
        answering.autosave(submission=proposal(its), **said)


def test_what_was_looked_through_is_what_is_published():
    its = careful()
    editor = make.member(of=its.group)
    for number in (1, 2):
        draft(proposal(its, number), editor)
    before = gates.content_digest(answers.prepared(its))
    draft(proposal(its), editor, reason="Kitaip.", at=LATER)

    with pytest.raises(Refused, match="changed meanwhile"):
        answering.publish_answers(actor=editor, consultation=its, seen=before, at=LATER)

    now = gates.content_digest(answers.prepared(its))
    assert answering.publish_answers(actor=editor, consultation=its, seen=now, at=LATER) == 2


def test_the_gate_tells_whom_it_reaches():
    its = careful()
    said = {"consultation": its, "visibility": Visibility.PUBLIC}
    make.submission(email="A@post.lt", body="Trečias.", **said)
    for reach in ({"post_address": "Liepų g. 1"}, {"phone": "+370 600"}, {"phone": "+370 600"}):
        one = make.submission(body=f"Dar {reach}", **said)
        one.__dict__.update(reach)
        one.save()

    gate = gates.before_publishing(its)

    assert (gate.people, gate.printed, gate.called) == (1, 1, 1)


def published(**flags):
    its = careful(**flags)
    editor = make.member(of=its.group)
    for number in (1, 2):
        make.answer(proposal(its, number))
    Letter.objects.all().delete()
    return its, editor


def correct(its, actor, **changes):
    said = {"outcome": Outcome.PARTLY, "reason": "Iš dalies.", "why": "Klydome.", "at": LATER}
    return correcting.correct_answer(actor=actor, submission=proposal(its), **{**said, **changes})


def test_a_correction_keeps_the_old_words_and_tells_the_author():
    its, editor = published()

    correct(its, editor)

    answer = proposal(its).answer
    assert (answer.outcome, answer.reason, answer.corrected_at) == (
        "PARTLY", "Iš dalies.", LATER,
    )  # fmt: skip
    before = AnswerCorrection.objects.get()
    assert (before.outcome, before.reason, before.why) == (
        "ACCEPTED", "Pritariame: valandas įrašome.", "Klydome.",
    )  # fmt: skip
    letter = Letter.objects.get()
    assert ("Klydome." in letter.text, letter.kind) == (True, "corrected")
    assert set(facts(Entry.objects.get(event="answer.corrected"))) == {"number", "content"}


@pytest.mark.parametrize(
    ("flags", "role", "changes", "why"),
    [
        ({}, Role.MODERATOR, {}, NOT_THEIRS),
        ({}, Role.AUDITOR, {}, NOT_THEIRS),
        ({"four_eyes": True}, Role.EDITOR, {}, NOT_THEIRS),
        ({"board_approves": True}, Role.EDITOR, {}, NOT_THEIRS),
        ({}, Role.EDITOR, {"why": " "}, "Write why"),
        ({}, Role.EDITOR, {"reason": " "}, "Write the reason"),
        ({}, Role.EDITOR, {"outcome": "X"}, "Choose the outcome"),
        ({}, Role.EDITOR, {"outcome": "ACCEPTED", "reason": "Pritariame: valandas įrašome."},
         "Nothing is changed"),
    ],
)  # fmt: skip
def test_a_correction_needs_the_right_person_and_words(flags, role, changes, why):
    its, _editor = published(**flags)

    with pytest.raises(Refused, match=why):
        correct(its, make.member(of=its.group, role=role), **changes)

    assert not AnswerCorrection.objects.exists()


def test_texts_are_kept_rewritten_put_away_and_taken_back():
    group = make.group()
    who = make.member(of=group, role=Role.MODERATOR)
    kept = standard.add_text(actor=who, group=group, title=" A ", text="{nr}, {passage}.", at=NOON)
    standard.rewrite_text(actor=who, standard=kept, title="B", text=kept.text, at=AFTER)
    standard.put_away(actor=who, standard=kept, is_away=True, at=AFTER)

    assert list(answers.standard_texts(group, away=True)) == [kept]
    standard.put_away(actor=who, standard=kept, is_away=False, at=AFTER)
    assert [one.title for one in answers.standard_texts(group)] == ["B"]
    submission = make.submission(consultation=make.consultation(group=group))
    assert answers.filled(StandardText.objects.get(), submission) == "Nr. 1, 2.1."


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUDITOR])
def test_only_who_writes_answers_keeps_texts(role):
    group = make.group()

    with pytest.raises(Refused, match=NOT_THEIRS):
        standard.add_text(
            actor=make.member(of=group, role=role), group=group, title="A", text="B", at=NOON
        )
