"""Speaking, correcting, withdrawing: what is stored, logged and promised."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from sutarta.apps.consultations.actions import speaking
from sutarta.apps.consultations.actions.speaking import BadWords, Words
from sutarta.apps.consultations.models import Channel, Kind, Submission, Visibility
from sutarta.apps.consultations.queries import receipts
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.core.canonical import canonical_bytes, fingerprint
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db

CLOSES = datetime(2026, 11, 30, 22, tzinfo=UTC)  # 24.00 in Vilnius
JUST_BEFORE = CLOSES - timedelta(microseconds=1000)


def facts_of(event: str, group: object) -> list[dict[str, object]]:
    entries = Entry.objects.filter(group=group, event=event).order_by("id")
    return [json.loads(bytes(entry.body))["facts"] for entry in entries]


def test_a_submission_gets_the_next_number_of_its_group():
    consultation = make.consultation()
    elsewhere = make.consultation()

    numbers = [make.receipt(consultation=consultation).submission.number for _ in range(3)]
    theirs = make.receipt(consultation=elsewhere).submission.number

    assert numbers == [1, 2, 3]
    assert theirs == 1


def test_the_instant_that_counts_is_the_arrival_not_the_storing():
    receipt = make.receipt(at=NOON, recorded_at=NOON + timedelta(minutes=7))

    stored = Submission.objects.get(pk=receipt.submission.pk)
    assert (stored.received_at, stored.recorded_at) == (NOON, NOON + timedelta(minutes=7))


def test_the_fingerprint_is_sha256_over_the_salt_and_the_canonical_content():
    submission = make.receipt(body="Rašykite „iki 20 val.“").submission
    text = Text(body="Rašykite „iki 20 val.“")

    content = receipts.content(submission, text, revision=1)

    salted = bytes(submission.salt) + canonical_bytes(content)
    assert hashlib.sha256(salted).hexdigest() == submission.digest
    assert fingerprint(bytes(submission.salt), content) == submission.digest
    assert len(bytes(submission.salt)) == 32
    assert content == {
        "schema": "sutarta.submission/1",
        "group": str(submission.group_id),
        "number": 1,
        "consultation": 1,
        "strategy": 1,
        "version": 1,
        "lineage": submission.lineage_id,
        "quote": "",
        "kind": "COMMENT",
        "channel": "WEB",
        "language": "lt",
        "body": "Rašykite „iki 20 val.“",
        "proposed": "",
        "why": "",
        "received_at": "2026-11-22T10:00:00.000000+00:00",
        "revision": 1,
    }


def test_two_equal_texts_have_different_fingerprints():
    consultation = make.consultation()

    first = make.receipt(consultation=consultation).submission
    second = make.receipt(consultation=consultation).submission

    assert first.digest != second.digest


def test_the_secret_is_long_and_only_its_digest_is_stored():
    receipt = make.receipt()

    stored = Submission.objects.get(pk=receipt.submission.pk)
    values = [str(getattr(stored, field.attname)) for field in stored._meta.concrete_fields]
    assert len(receipt.secret) == 43
    assert stored.secret_digest == hashlib.sha256(receipt.secret.encode()).hexdigest()
    assert receipt.secret not in values


def test_the_same_form_sent_twice_is_one_submission_with_one_receipt():
    consultation = make.consultation()

    first = make.receipt(consultation=consultation, request_key="form", email="a@post.example")
    again = make.receipt(
        consultation=consultation,
        request_key="form",
        email="a@post.example",
        at=NOON + timedelta(minutes=1),
    )

    assert (first.is_new, again.is_new) == (True, False)
    assert again.submission == first.submission
    assert again.secret == first.secret
    assert Submission.objects.count() == 1
    assert Letter.objects.count() == 1
    assert len(facts_of("submission.received", consultation.group)) == 1


def test_other_words_in_the_same_form_are_another_submission():
    consultation = make.consultation()

    first = make.receipt(consultation=consultation, request_key="form", body="Viena")
    second = make.receipt(consultation=consultation, request_key="form", body="Kita")

    assert (first.submission.number, second.submission.number) == (1, 2)
    assert first.secret != second.secret


def test_the_log_tells_number_channel_and_fingerprint_but_no_words():
    receipt = make.receipt(body="Mano kaimynė serga.", author_name="A. Ž.", email="a@post.example")

    assert facts_of("submission.received", receipt.submission.group) == [
        {
            "number": 1,
            "consultation": 1,
            "channel": "WEB",
            "digest": receipt.submission.digest,
            "author": receipt.submission.author_digest,
            "contact": receipt.submission.contact_digest,
            "is_late": False,
        }
    ]


@pytest.mark.parametrize(
    ("at", "recorded_at", "is_late"),
    [
        (JUST_BEFORE, JUST_BEFORE, False),
        (CLOSES, CLOSES, True),
        (JUST_BEFORE, CLOSES + timedelta(minutes=3), False),
        (CLOSES + timedelta(days=40), CLOSES + timedelta(days=40), True),
    ],
    ids=["23.59.59.999", "at the very close", "arrived before, stored after", "forty days after"],
)
def test_what_comes_late_is_taken_and_marked(at, recorded_at, is_late):
    submission = make.receipt(at=at, recorded_at=recorded_at).submission

    assert submission.is_late == is_late
    assert facts_of("submission.received", submission.group)[0]["is_late"] == is_late


def test_what_arrives_after_an_extension_was_set_is_in_time():
    consultation = make.consultation()
    make.deadline(consultation, last_day=make.LAST_DAY + timedelta(days=7), set_at=NOON)
    consultation = type(consultation).objects.get(pk=consultation.pk)

    assert make.receipt(consultation=consultation, at=CLOSES).submission.is_late is False


def test_a_letter_with_the_receipt_goes_to_the_address_given():
    receipt = make.receipt(email="a@post.example")

    letter = Letter.objects.get()
    submission = receipt.submission
    assert (letter.to, letter.kind, letter.language) == (
        "a@post.example",
        "submission.receipt",
        "lt",
    )
    assert "1" in letter.subject
    assert submission.digest[:4] in letter.text
    assert f"/m/{receipt.secret}/confirm/" in letter.text
    assert f"http://{submission.group.hosts.get().name}/p/1/" in letter.text


def test_without_an_address_there_is_no_letter_and_nothing_is_confirmed():
    receipt = make.receipt()

    assert Letter.objects.count() == 0
    assert receipt.submission.confirmed_at is None
    assert receipt.submission.visibility == Visibility.CHECKING


def test_opening_the_mailed_link_confirms_once():
    submission = make.receipt(email="a@post.example").submission

    speaking.confirm(submission=submission, at=NOON + timedelta(hours=1))
    speaking.confirm(submission=submission, at=NOON + timedelta(hours=2))

    submission.refresh_from_db()
    assert submission.confirmed_at == NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    "words",
    [
        Words(kind=Kind.COMMENT, body="Be vietos"),
        Words(kind=Kind.COMMENT, body="Ne ten", lineage_id="bnowhere"),
        Words(kind=Kind.GENERAL, body=" \n "),
        Words(kind=Kind.GENERAL, proposed="ne tas laukas"),
        Words(kind=Kind.GENERAL, body="a" * 20_001),
        Words(kind="SHOUT", body="Ei!"),
    ],
    ids=["no passage", "unknown passage", "blank", "wrong field", "too long", "unknown kind"],
)
def test_words_that_cannot_be_taken_leave_no_trace(words):
    consultation = make.consultation()

    with pytest.raises(BadWords):
        speaking.submit(
            consultation=consultation,
            words=words,
            at=NOON,
            recorded_at=NOON,
            request_key="form",
            language="lt",
        )

    assert Submission.objects.count() == 0
    assert make.receipt(consultation=consultation).submission.number == 1


def test_what_staff_enter_is_marked_with_its_channel_and_needs_no_confirmation():
    consultation = make.consultation()
    clerk = make.member(of=consultation.group, role="MODERATOR")

    submission = make.receipt(
        consultation=consultation,
        channel=Channel.PAPER,
        actor=clerk,
        at=NOON,
        recorded_at=NOON + timedelta(days=1),
    ).submission

    assert submission.channel == Channel.PAPER
    assert submission.confirmed_at == NOON + timedelta(days=1)


def test_a_correction_replaces_the_words_and_keeps_the_former_ones():
    submission = make.submission(body="Iki 18 val.", visibility=Visibility.PUBLIC)
    first_digest, later = submission.digest, NOON + timedelta(hours=1)
    answer = make.answer(submission, published_at=None)

    changed = speaking.correct(submission=submission, text=Text(body="Iki 20 val."), at=later)

    submission.refresh_from_db()
    answer.refresh_from_db()
    former = submission.former_texts.get()
    assert changed is True
    assert submission.body == "Iki 20 val."
    assert (submission.visibility, submission.public_body, submission.keys) == ("CHECKING", "", "")
    assert (former.body, former.digest, former.replaced_at) == ("Iki 18 val.", first_digest, later)
    assert answer.is_ready is False
    content = receipts.content(submission, Text(body="Iki 20 val."), revision=2)
    assert fingerprint(bytes(submission.salt), content) == submission.digest
    assert facts_of("submission.corrected", submission.group) == [
        {"number": 1, "digest": submission.digest}
    ]


def test_correcting_to_the_same_words_changes_nothing():
    submission = make.submission(body="Iki 18 val.")

    changed = speaking.correct(submission=submission, text=Text(body="Iki 18 val."), at=NOON)

    assert changed is False
    assert submission.former_texts.count() == 0
    assert facts_of("submission.corrected", submission.group) == []


def test_nothing_is_corrected_or_withdrawn_from_the_deadline_on():
    submission = make.submission()

    with pytest.raises(Refused):
        speaking.correct(submission=submission, text=Text(body="Vėliau"), at=CLOSES)
    with pytest.raises(Refused):
        speaking.withdraw(submission=submission, at=CLOSES)

    submission.refresh_from_db()
    assert submission.withdrawn_at is None


def test_withdrawing_leaves_a_mark_and_doing_so_twice_changes_nothing():
    submission = make.submission()

    speaking.withdraw(submission=submission, at=JUST_BEFORE)
    speaking.withdraw(submission=submission, at=CLOSES + timedelta(days=1))

    submission.refresh_from_db()
    assert submission.withdrawn_at == JUST_BEFORE
    assert facts_of("submission.withdrawn", submission.group) == [{"number": 1}]
