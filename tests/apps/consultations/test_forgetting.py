"""Contacts end a year after the answers; what was said does not."""

from datetime import timedelta

import pytest

from sutarta.apps.consultations.actions import forgetting
from sutarta.apps.consultations.models import Note, Objection, Submission
from sutarta.apps.ledger.models import Entry
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db


def _answered(**facts):
    consultation = make.consultation(answered_at=NOON)
    return make.submission(consultation=consultation, **facts)


@pytest.mark.parametrize(
    ("later", "email"),
    [
        (timedelta(days=365) - timedelta(microseconds=1), "j.b@alksniai.example"),
        (timedelta(days=365), ""),
    ],
)
def test_an_address_is_forgotten_a_year_after_the_answers(later, email):
    submission = _answered(email="j.b@alksniai.example")

    forgetting.forget_contacts(NOON + later)

    assert Submission.objects.get(pk=submission.pk).email == email


def test_a_name_that_was_to_be_shown_stays_and_another_goes():
    shown = _answered(author_name="J. B.", show_name=True, email="j.b@alksniai.example")
    hidden = _answered(author_name="J. B.", show_name=False)

    forgetting.forget_contacts(NOON + timedelta(days=400))

    names = [Submission.objects.get(pk=row.pk).author_name for row in (shown, hidden)]
    assert names == ["J. B.", ""]


def test_forgetting_is_logged_once_and_changes_no_fingerprint():
    submission = _answered(email="j.b@alksniai.example")

    counts = [forgetting.forget_contacts(NOON + timedelta(days=400)) for _ in range(2)]

    assert counts == [1, 0]
    assert Entry.objects.filter(event="contacts.forgotten").count() == 1
    assert Submission.objects.get(pk=submission.pk).digest == submission.digest


def test_contacts_stay_while_the_answers_are_not_published():
    submission = make.submission(email="j.b@alksniai.example")

    forgetting.forget_contacts(NOON + timedelta(days=4000))

    assert Submission.objects.get(pk=submission.pk).email == "j.b@alksniai.example"


@pytest.mark.parametrize(
    ("later", "left"),
    [(timedelta(days=365) - timedelta(microseconds=1), "Tel. 600"), (timedelta(days=365), "")],
)
def test_notes_and_reports_are_emptied_a_year_after_the_answers(later, left):
    submission = _answered()
    actor = make.member(of=submission.group)
    Note.objects.create(
        group=submission.group, submission=submission, text="Tel. 600", actor=actor, at=NOON
    )
    Objection.objects.create(
        group=submission.group, submission=submission, kind="REPORT", said="Tel. 600", at=NOON
    )

    forgetting.forget_notes(NOON + later)

    assert [submission.notes.get().text, submission.objections.get().said] == [left, left]
