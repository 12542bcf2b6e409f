"""Moderating, answering and publishing all answers together."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sutarta.apps.consultations.actions import answering, moderating, opening, speaking
from sutarta.apps.consultations.models import (
    COVERED,
    Answer,
    Kind,
    Moderation,
    Outcome,
    Stage,
    Visibility,
)
from sutarta.apps.consultations.queries import gates
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger.models import Entry
from sutarta.apps.ledger.queries import facts
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from sutarta.core.text import matches
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
AFTER = NOON + timedelta(days=10)  # the consultation closes eight and a half days after NOON


def moderator(of):
    return make.member(of=of.group, role=Role.MODERATOR)


def moderate(submission, visibility=Visibility.PUBLIC, public=Text(), reason="", **facts):  # noqa: B008
    facts = {"seen": submission.digest, "at": NOON, **facts}
    actor = facts.pop("actor", None) or moderator(submission)
    row = moderating.moderate(
        actor=actor, submission=submission, visibility=visibility, public=public, reason=reason,
        **facts,
    )  # fmt: skip
    submission.refresh_from_db()
    return row


def test_publishing_shows_the_original_and_makes_it_findable():
    submission = make.submission(body="Reikia autobuso ir savaitgaliais.")

    moderate(submission)

    assert submission.public_body == "Reikia autobuso ir savaitgaliais."
    assert matches("savaitgalis", submission.keys)
    entry = Entry.objects.filter(event="submission.moderated").get()
    assert facts(entry) == {
        "number": 1, "visibility": "PUBLIC", "digest": submission.digest,
        "shown": submission.shown_digest,
    }  # fmt: skip


def test_a_covered_text_stands_beside_the_sealed_original():
    submission = make.submission(body="Jonas serga.", email="jonas@post.lt")
    Letter.objects.all().delete()

    moderate(submission, Visibility.REDACTED, Text(f"{COVERED} serga."), "Svetimas vardas.")

    assert submission.public_body == "„[uždengta]“ serga."
    assert submission.body == "Jonas serga."
    assert not matches("jonas", submission.keys)
    letter = Letter.objects.get()
    assert letter.to == "jonas@post.lt"
    assert "Svetimas vardas." in letter.text
    assert "/m/" in letter.text


def test_deciding_again_undoes_and_keeps_both_decisions():
    submission = make.submission(body="Mintis.")
    moderate(submission, Visibility.HIDDEN, reason="Atrodė ne apie tai.")
    assert (submission.public_body, submission.keys) == ("", "")

    who = make.member(of=submission.group)
    opening.open_original(actor=who, submission=submission, reason="Klydome.", at=AFTER)
    moderate(submission, Visibility.PUBLIC, actor=who, at=AFTER)

    assert submission.public_body == "Mintis."
    assert list(Moderation.objects.order_by("at").values_list("visibility", flat=True)) == [
        "HIDDEN", "PUBLIC",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("visibility", "text", "reason", "why"),
    [
        ("CHECKING", "", "", "Choose what the public sees"),
        ("ANYTHING", "", "", "Choose what the public sees"),
        ("HIDDEN", "", " ", "Write the reason"),
        ("SET_ASIDE", "", "", "Write the reason"),
        ("REDACTED", "Kitaip.", "", "Write the reason"),
        ("REDACTED", "Mintis.", "Vardas.", "Nothing is covered yet"),
        ("REDACTED", " ", "Vardas.", "Nothing is left of the text"),
    ],
)
def test_a_decision_without_sense_is_refused(visibility, text, reason, why):
    submission = make.submission(body="Mintis.")

    with pytest.raises(Refused, match=why):
        moderate(submission, visibility, Text(text), reason)

    assert not Moderation.objects.exists()


def test_a_text_corrected_meanwhile_must_be_read_again():
    submission = make.submission(body="Pirmas.")
    seen = submission.digest
    speaking.correct(submission=submission, text=Text("Antras."), at=NOON)

    with pytest.raises(Refused, match="corrected the text meanwhile"):
        moderate(submission, seen=seen)


def test_the_author_of_spam_hears_of_it_only_when_the_address_is_theirs():
    for confirmed in (None, NOON):
        submission = make.submission(email="x@post.lt")
        submission.confirmed_at = confirmed
        submission.save()
        Letter.objects.all().delete()
        moderate(submission, Visibility.SET_ASIDE, reason="Reklama.")
        assert Letter.objects.count() == (confirmed is not None)


def test_a_late_one_gets_its_reason_once():
    consultation = make.consultation()
    late = make.submission(consultation=consultation, at=AFTER)
    who = moderator(late)

    for _time in (1, 2):
        moderating.accept_late(actor=who, submission=late, reason=" Strigo paštas. ", at=AFTER)

    late.refresh_from_db()
    assert late.late_reason == "Strigo paštas."
    assert Entry.objects.filter(event="submission.late_explained").count() == 1


@pytest.mark.parametrize(("at", "why"), [(NOON, "came in time"), (AFTER, "Write why")])
def test_a_late_reason_needs_a_late_submission_and_words(at, why):
    submission = make.submission(at=at)

    with pytest.raises(Refused, match=why):
        moderating.accept_late(
            actor=moderator(submission), submission=submission, reason=" ", at=AFTER
        )


def draft(submission, **changes):
    said = {
        "actor": changes.pop("actor", None) or moderator(submission),
        "outcome": Outcome.ACCEPTED, "reason": "Įrašome.", "changed": (), "is_ready": True,
        "at": AFTER, **changes,
    }  # fmt: skip
    return answering.draft_answer(submission=submission, **said)


def test_a_draft_may_be_half_written_and_is_rewritten_in_place():
    submission = make.submission()

    draft(submission, outcome="", reason="", is_ready=False)
    draft(submission, changed=[submission.lineage_id, submission.lineage_id])

    answer = Answer.objects.get()
    assert (answer.outcome, answer.changed, answer.is_ready, answer.published_at) == (
        "ACCEPTED", [submission.lineage_id], True, None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"outcome": ""}, "Choose the outcome"),
        ({"outcome": "MAYBE", "is_ready": False}, "Choose the outcome"),
        ({"reason": " "}, "Write the reason"),
        ({"changed": ["bnobody"]}, "not in this strategy"),
    ],
)
def test_an_answer_without_sense_is_refused(changes, why):
    submission = make.submission()

    with pytest.raises(Refused, match=why):
        draft(submission, **changes)

    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"kind": Kind.QUESTION}, "answered and published at once"),
        ({"withdrawn_at": NOON}, "author has withdrawn"),
        ({"visibility": Visibility.SET_ASIDE}, "is set aside"),
    ],
)
def test_some_submissions_take_no_draft(facts, why):
    withdrawn = facts.pop("withdrawn_at", None)
    submission = make.submission(**facts)
    submission.withdrawn_at = withdrawn
    submission.save()

    with pytest.raises(Refused, match=why):
        draft(submission)


def test_a_question_is_answered_and_published_at_once():
    question = make.submission(
        kind=Kind.QUESTION, body="Kada?", email="a@post.lt", visibility=Visibility.PUBLIC
    )
    Letter.objects.all().delete()

    answering.answer_question(
        actor=moderator(question), submission=question, reason="Pavasarį.", at=NOON
    )

    assert question.answer.published_at == NOON
    assert "Pavasarį." in Letter.objects.get().text
    with pytest.raises(Refused, match="stays as it is"):
        answering.answer_question(
            actor=moderator(question), submission=question, reason="Kitaip.", at=NOON
        )


@pytest.mark.parametrize(
    ("facts", "reason", "why"),
    [
        ({"kind": Kind.QUESTION}, "Taip.", "First decide what the public sees"),
        ({"kind": Kind.QUESTION, "visibility": Visibility.PUBLIC}, " ", "Write the answer"),
        ({"visibility": Visibility.PUBLIC}, "Taip.", "Only questions"),
    ],
)
def test_a_question_is_answered_in_its_turn(facts, reason, why):
    submission = make.submission(**facts)

    with pytest.raises(Refused, match=why):
        answering.answer_question(
            actor=moderator(submission), submission=submission, reason=reason, at=NOON
        )


def answered_all():
    """A closed consultation with everything that can come in, answered where it must be."""
    consultation = make.consultation()
    said = {"consultation": consultation, "visibility": Visibility.PUBLIC}
    first = make.submission(email="a@post.lt", **said)
    second = make.submission(email="A@post.lt", body="Antras.", **said)
    third = make.submission(email="b@post.lt", body="Trečias.", **said)
    make.submission(kind=Kind.QUESTION, body="Kada?", **said)
    gone = make.submission(body="Atsiimtas.", **said)
    speaking.withdraw(submission=gone, at=NOON)
    aside = make.submission(consultation=consultation, body="Reklama.")
    moderate(aside, Visibility.SET_ASIDE, reason="Reklama.")
    draft(first)
    draft(second, outcome=Outcome.PARTLY)
    draft(third, outcome=Outcome.NOT_ACCEPTED)
    Letter.objects.all().delete()
    return consultation, make.member(of=consultation.group, role=Role.EDITOR)


def test_all_answers_are_published_together_with_one_letter_to_each_address():
    consultation, editor = answered_all()

    count = answering.publish_answers(actor=editor, consultation=consultation, at=AFTER)

    assert count == 3
    assert set(Answer.objects.values_list("published_at", flat=True)) == {AFTER}
    assert consultation.stage(AFTER) == Stage.ANSWERED
    entry = Entry.objects.get(event="answers.published")
    assert facts(entry)["outcomes"] == {
        "ACCEPTED": 1, "PARTLY": 1, "NOT_ACCEPTED": 1, "NOTED": 0, "OUT_OF_SCOPE": 0,
    }  # fmt: skip
    letters = dict(Letter.objects.values_list("to", "text"))
    assert set(letters) == {"a@post.lt", "b@post.lt"}
    assert letters["a@post.lt"].count("/m/") == 2
    assert letters["b@post.lt"].count("/m/") == 1


def test_the_letter_opens_the_authors_own_page():
    receipt = make.receipt(email="a@post.lt")
    moderate(receipt.submission)
    draft(receipt.submission)
    consultation = receipt.submission.consultation
    editor = make.member(of=consultation.group)

    answering.publish_answers(actor=editor, consultation=consultation, at=AFTER)

    address = reverse("consultations:mine", args=[receipt.secret])
    assert address in Letter.objects.get(kind="answered").text


def test_publishing_again_publishes_only_what_came_late():
    consultation, editor = answered_all()
    answering.publish_answers(actor=editor, consultation=consultation, at=AFTER)
    again = answering.publish_answers(actor=editor, consultation=consultation, at=AFTER)
    late = make.submission(
        consultation=consultation, email="a@post.lt", at=AFTER, visibility=Visibility.PUBLIC
    )
    who = moderator(late)
    moderating.accept_late(actor=who, submission=late, reason="Strigo paštas.", at=AFTER)
    late.refresh_from_db()
    draft(late)

    later = AFTER + timedelta(days=1)
    added = answering.publish_answers(actor=editor, consultation=consultation, at=later)

    assert (again, added) == (0, 1)
    assert consultation.answered_at == AFTER
    assert Letter.objects.filter(kind="answered", to="a@post.lt").count() == 2
    assert Entry.objects.filter(event="answers.published").count() == 2


def test_publishing_waits_until_every_proposal_is_moderated_answered_and_explained():
    consultation, editor = answered_all()
    make.submission(consultation=consultation, body="Dar neperskaitytas.")
    hidden = make.submission(consultation=consultation, body="Apie ligą.", at=AFTER)
    moderate(hidden, Visibility.HIDDEN, reason="Vien sveikatos duomenys.")

    with pytest.raises(Refused) as refusal:
        answering.publish_answers(actor=editor, consultation=consultation, at=AFTER)

    assert str(refusal.value) == (
        "Still missing: 4 of 5 proposals moderated; 3 of 5 answers ready; "
        "Every late proposal has a reason written beside it."
    )
    assert not Answer.objects.filter(published_at__isnull=False).exists()


def test_answers_are_not_published_while_people_speak():
    consultation, editor = answered_all()

    with pytest.raises(Refused, match="after the consultation closes"):
        answering.publish_answers(actor=editor, consultation=consultation, at=NOON)


def test_a_consultation_nobody_spoke_in_is_closed_with_no_answers():
    consultation = make.consultation()
    editor = make.member(of=consultation.group)

    answering.publish_answers(actor=editor, consultation=consultation, at=AFTER)

    assert consultation.stage(AFTER) == Stage.ANSWERED


def test_a_correction_takes_the_answer_back_to_the_desk():
    submission = make.submission()
    draft(submission, at=NOON)

    speaking.correct(submission=submission, text=Text("Kitaip."), at=NOON)

    gate = gates.before_publishing(submission.consultation)
    assert (gate.proposals, gate.moderated, gate.ready) == (1, 0, 0)
