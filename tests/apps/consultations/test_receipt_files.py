"""The receipt as a file, in the letter and on paper; and what is noticed when somebody cheats."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from sutarta.apps.consultations.actions import erasing, receipting, speaking
from sutarta.apps.consultations.models import ErasureScope, Submission
from sutarta.apps.consultations.queries import proving
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import actions as ledger
from sutarta.apps.ledger.actions.epochs import open_epoch
from sutarta.apps.ledger.models import Checkpoint, Cosignature, Entry, Tile
from sutarta.apps.ledger.queries import logs, proofs
from sutarta.apps.mail import actions as mail
from sutarta.apps.mail.models import Letter
from sutarta.core import translog
from sutarta.core.translog import compare, examine
from sutarta.core.translog.examining import fingerprint_of
from sutarta.core.translog.receipts import FAILED, KEPT, UNCHECKED, read
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
SOON = NOON + timedelta(seconds=1)
HOUR = timedelta(hours=1)
LATER = NOON + 2 * HOUR


@pytest.fixture
def group():
    its = make.group(host="ours.test")
    ledger.log_of(its, NOON)
    return its


@pytest.fixture
def receipt(group):
    consultation = make.consultation(group=group)
    return make.receipt(consultation=consultation, body="Reikia suolelių.", author_name="J. B.")


OURS = {"host": "ours.test"}


def codes(findings, state=None):
    return {one.code for one in findings if state in {None, one.state}}


def held(receipt) -> dict:
    """The receipt as its author has it now."""
    return json.loads(proving.written(Submission.objects.get(pk=receipt.submission.pk)))


def shown(client, path):
    answer = client.get(f"/log/{path}", headers={"host": "ours.test"})
    return answer.content if answer.status_code == 200 else None


def test_at_once_it_holds_a_promise_and_within_a_second_the_whole_proof(receipt):
    promise = examine(held(receipt))
    ledger.sequence_all(SOON)
    proof = examine(held(receipt))

    assert codes(promise, FAILED) == codes(proof, FAILED) == set()
    assert codes(promise, UNCHECKED) == {"waiting", "key_unknown", *codes(promise, UNCHECKED)}
    assert "promise_signed" in codes(promise, KEPT)
    assert {"included", "text_opens", "author_opens", "contact_opens"} <= codes(proof, KEPT)
    assert "waiting" not in codes(proof)


def test_it_is_a_file_of_its_author_alone(client, receipt):
    address = reverse("consultations:receipt", args=[receipt.secret])

    answer = client.get(address, headers={"host": "ours.test"})
    client.cookies["sutarta_language"] = "en"
    english = client.get(address, headers={"host": "ours.test"})

    assert answer["Content-Disposition"] == 'attachment; filename="gavimo-patvirtinimas-1.json"'
    assert english["Content-Disposition"] == 'attachment; filename="receipt-1.json"'
    assert answer["Cache-Control"] == "no-store"
    assert answer["Content-Type"] == "application/json"
    said = answer.json()
    assert said["address"] == "http://ours.test/log"
    assert said["texts"][0]["content"]["body"] == "Reikia suolelių."
    assert len(answer.content) < 8_000


def test_corrections_and_a_withdrawal_are_proven_too(receipt):
    its = receipt.submission
    speaking.correct(submission=its, text=Text(body="Reikia suolelių ir lempų."), at=SOON)
    ledger.sequence_all(SOON)
    speaking.withdraw(submission=its, at=LATER)
    ledger.sequence_all(LATER)

    found = examine(held(receipt))

    assert codes(found, FAILED) == set()
    assert [one.facts["act"] for one in found if one.code == "included"] == [
        "submission.received", "submission.corrected", "submission.withdrawn",
    ]  # fmt: skip
    assert sum(one.code == "text_opens" for one in found) == 2


@pytest.mark.parametrize(
    ("scope", "closed"),
    [
        (ErasureScope.CONTACT, {"author_closed", "contact_closed"}),
        (ErasureScope.WORDS, {"text_closed", "author_closed"}),
    ],
)
def test_what_is_erased_is_not_in_it_and_its_proofs_hold(receipt, scope, closed):
    its = receipt.submission
    author, other = make.member(of=its.group), make.member(of=its.group)
    ledger.sequence_all(SOON)
    asked = erasing.ask_erasure(
        actor=author,
        submission=its,
        scope=scope,
        asker="AUTHOR",
        ground="Taip nori autorius.",
        at=SOON,
    )
    erasing.decide_erasure(actor=other, erasure=asked, carry_out=True, at=SOON)
    ledger.sequence_all(LATER)

    found = examine(held(receipt))

    assert codes(found, FAILED) == set()
    assert codes(found, UNCHECKED) >= closed
    assert all(one.facts["why"] == "erased" for one in found if one.code in closed)
    assert sum(one.code == "included" for one in found) == 2


def test_keys_and_epochs_after_it_leave_a_receipt_good(client, receipt):
    ledger.sequence_all(SOON)
    old = held(receipt)
    ledger.rotate_key(group=receipt.submission.group, reason="Nauja mašina", at=SOON)
    ledger.sequence_all(LATER)

    renewed = examine(held(receipt))
    beside = compare(read(old), lambda path: shown(client, path), LATER)

    assert codes(renewed, FAILED) == codes(beside, FAILED) == set()
    assert "key_handed_on" in codes(renewed, KEPT)
    assert codes(beside, KEPT) == {"log_extends"}

    group = receipt.submission.group
    lost = logs.cosigned(logs.newest_checkpoint(logs.in_force(group)))
    open_epoch(group=group, at=LATER, lost=[lost])
    ledger.sequence_all(LATER)

    after = compare(read(old), lambda path: shown(client, path), LATER)
    assert codes(after, FAILED) == set()
    assert codes(after, KEPT) == {"log_extends", "epoch_ended"}
    assert codes(examine(held(receipt)), FAILED) == set()


def test_a_witness_who_signed_is_in_it(receipt):
    group = receipt.submission.group
    ledger.sequence_all(SOON)
    witness, key = make.witness(of=group), make.cosigner()
    point = logs.newest_checkpoint(logs.in_force(group))
    note = translog.Note.parse(point.note)
    line = str(key.sign(note.text, int(SOON.timestamp())))
    Cosignature.objects.create(
        group=group, checkpoint=point, witness=witness, line=line, signed_at=SOON
    )
    ledger.record("version.published", group=group, at=LATER, version=2)
    ledger.sequence_all(LATER)

    found = examine(held(receipt))

    assert codes(found, FAILED) == set()
    assert [one.facts["name"] for one in found if one.code == "witnessed"] == ["Alksnių biblioteka"]


def test_the_letter_waits_for_the_log_and_brings_the_file(receipt_by_mail, settings):
    settings.MAIL_URL = "smtp://localhost"
    assert receipting.enclose_receipts(NOON) == 0
    assert mail.send_due(SOON) == 0

    ledger.sequence_all(SOON)
    assert receipting.enclose_receipts(SOON) == 1
    assert receipting.enclose_receipts(SOON) == 0
    assert mail.send_due(SOON) == 1

    (message,) = outbox.outbox
    ((name, content, kind),) = message.attachments
    assert (name, kind) == ("gavimo-patvirtinimas-1.json", "application/json")
    assert codes(examine(json.loads(content)), FAILED) == set()
    assert "included" in codes(examine(json.loads(content)), KEPT)
    code = proving.code(Entry.objects.get(event="submission.received"))
    assert f"Trumpasis kodas: {code}" in message.body
    assert f"/log/check/?number=1&code={code}" in message.body
    assert logs.in_force(receipt_by_mail.submission.group).origin in message.body


@pytest.fixture
def receipt_by_mail(group):
    consultation = make.consultation(group=group)
    return make.receipt(consultation=consultation, email="j.b@alksniai.example", language="lt")


def test_a_letter_does_not_wait_for_ever(receipt_by_mail, settings):
    settings.MAIL_URL = "smtp://localhost"
    late = NOON + receipting.PATIENCE

    assert receipting.enclose_receipts(late - timedelta(seconds=1)) == 0
    assert receipting.enclose_receipts(late) == 1
    assert "waiting" in codes(examine(json.loads(Letter.objects.get().file_text)))


@pytest.mark.parametrize("scope", [ErasureScope.CONTACT, ErasureScope.WORDS])
def test_our_copy_of_the_letter_ends_with_what_it_holds(receipt_by_mail, scope):
    its = receipt_by_mail.submission
    ledger.sequence_all(SOON)
    receipting.enclose_receipts(SOON)
    assert Letter.objects.get().file_text
    author, other = make.member(of=its.group), make.member(of=its.group)
    asked = erasing.ask_erasure(
        actor=author, submission=its, scope=scope, asker="AUTHOR", ground="Noras", at=SOON
    )
    erasing.decide_erasure(actor=other, erasure=asked, carry_out=True, at=SOON)

    assert not Letter.objects.exists()


# --- Somebody cheats -----------------------------------------------------------------------------


def _text(its):
    Submission.objects.filter(pk=its.pk).update(body="Nieko nereikia.")


def _time(its):
    Submission.objects.filter(pk=its.pk).update(received_at=NOON + timedelta(days=30))


def _name(its):
    Submission.objects.filter(pk=its.pk).update(author_name="K. K.")


def _number(its):
    Submission.objects.filter(pk=its.pk).update(number=77)


def _act(its):
    entry = Entry.objects.get(event="submission.received")
    said = json.loads(bytes(entry.body))
    said["at"] = (NOON - timedelta(days=3)).isoformat(timespec="microseconds")
    body = translog.entries.canonical_bytes(said)
    Entry.objects.filter(pk=entry.pk).update(
        body=body, digest=translog.act_digest(said).hex(), at=NOON - timedelta(days=3)
    )


@pytest.mark.parametrize(
    ("cheat", "code"),
    [
        (_text, "text_differs"),
        (_time, "text_differs"),
        (_name, "author_differs"),
        (_number, "number_differs"),
        (_act, "not_included"),
    ],
)
def test_a_receipt_downloaded_after_a_change_by_hand_names_it(receipt, cheat, code):
    ledger.sequence_all(SOON)
    cheat(receipt.submission)

    assert code in codes(examine(held(receipt)), FAILED)


def _rebuild(group, keep) -> None:
    """The log made anew from the acts that are to stay, signed with the very key."""
    log = logs.in_force(group)
    Checkpoint.objects.filter(log=log).delete()
    Tile.objects.filter(log=log).delete()
    Entry.objects.filter(group=group).update(log=None, leaf=None, sequenced_at=None)
    Entry.objects.filter(group=group).exclude(pk__in=[one.pk for one in keep]).delete()
    log.size, log.sequenced_at = 0, None
    log.save()
    ledger.sequence_all(SOON)


@pytest.mark.parametrize("more", [0, 5])
def test_a_dropped_submission_is_named_beside_the_site(client, receipt, more):
    group = receipt.submission.group
    ledger.record("version.published", group=group, at=SOON, version=1)
    ledger.sequence_all(SOON)
    kept = held(receipt)
    for number in range(more):
        ledger.record("version.published", group=group, at=SOON, version=number + 2)
    _rebuild(group, Entry.objects.exclude(event="submission.received"))

    found = compare(read(kept), lambda path: shown(client, path), LATER)

    assert codes(examine(kept), FAILED) == set()
    assert codes(found, FAILED) == {"log_forked" if more else "log_smaller"}


def test_a_promise_of_a_dropped_submission_is_named_beside_the_site(client, receipt):
    kept = held(receipt)
    Entry.objects.filter(event="submission.received").delete()
    ledger.record("version.published", group=receipt.submission.group, at=SOON, version=1)
    ledger.sequence_all(SOON)

    found = compare(read(kept), lambda path: shown(client, path), make.now() + HOUR)

    assert codes(found, FAILED) == {"promise_broken"}


def test_a_promise_that_was_kept_is_found_at_the_site(client, receipt):
    kept = held(receipt)
    ledger.sequence_all(SOON)

    found = compare(read(kept), lambda path: shown(client, path), LATER)

    assert codes(found) == {"promise_fulfilled"}


# --- On paper ------------------------------------------------------------------------------------


def test_paper_shows_number_code_key_and_a_qr_code(client, receipt):
    ledger.sequence_all(SOON)
    page = client.get(
        reverse("consultations:mine", args=[receipt.secret]), headers={"host": "ours.test"}
    ).content.decode()
    code = proving.code(Entry.objects.get(event="submission.received"))
    log = logs.in_force(receipt.submission.group)

    assert code in page
    assert f"{log.origin} {fingerprint_of(logs.verifier(log))}" in page
    assert logs.fingerprint(str(logs.verifier(log))) == fingerprint_of(logs.verifier(log))
    assert f'href="http://ours.test/log/check/?number=1&amp;code={code}"' in page
    assert '<svg viewBox="0 0' in page
    assert "style=" not in page


def _check(client, number, code):
    client.cookies["sutarta_language"] = "en"
    return client.get("/log/check/", {"number": number, "code": code}, headers=OURS)


def test_a_printed_receipt_is_checked_by_number_and_code(client, receipt):
    ledger.sequence_all(SOON)
    code = proving.code(Entry.objects.get(event="submission.received"))
    loose = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    for number, said in (("1", code), ("Nr. 1", loose), (" 1. ", code.replace("-", ""))):
        answer = _check(client, number, said)
        page = " ".join(answer.content.decode().replace("\xa0", " ").split())
        assert answer.status_code == 200
        assert "Yes: this code belongs to No. 1" in page
        assert "It stands in the public log at place" in page
        assert answer["Cache-Control"].startswith("max-age=0")


@pytest.mark.parametrize("number", ["1", "2", "999999999"])
def test_a_wrong_code_does_not_tell_whether_there_is_such_a_number(client, receipt, number):
    answer = _check(client, number, "0000-0000-0000-0000")

    page = answer.content.decode().replace("\xa0", " ")
    assert f"This code does not belong to No. {number}" in page
    assert proving.code(Entry.objects.get(event="submission.received")) not in page


@pytest.mark.parametrize(
    ("number", "code", "reason"),
    [
        ("", "0000-0000-0000-0000", "Write the number"),
        ("x", "0000-0000-0000-0000", "A number has digits alone"),
        ("1" * 30, "0000-0000-0000-0000", "A number has digits alone"),
        ("-1", "0000-0000-0000-0000", "A number has digits alone"),
        ("1", "", "Write the short code"),
        ("1", "0000", "A short code has sixteen"),
        ("1", "0000-0000-0000-000U", "A short code has sixteen"),
        ("1", "ąčęė-0000-0000-0000", "A short code has sixteen"),
        ("1", "0" * 79, "A short code has sixteen"),
        ("1\x00", "0000-0000-0000-0000", "Null characters"),
    ],
)
def test_what_cannot_be_a_receipt_is_told_at_its_field(client, group, number, code, reason):
    answer = _check(client, number, code)

    assert answer.status_code == 422
    assert reason in answer.content.decode()


def test_a_network_tries_sixty_an_hour(client, receipt, settings):
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "limits": {"BACKEND": memory, "LOCATION": "checks"}}
    caches["limits"].clear()
    code = "0000-0000-0000-0000"
    answers = [_check(client, "1", code).status_code for _ in range(61)]

    assert answers == [200] * 60 + [429]
    assert "Too many receipts" in _check(client, "1", code).content.decode()


def test_another_groups_code_fits_nothing_here(client, group, receipt):
    theirs = make.receipt()
    code = proving.code(proving.acts(theirs.submission.group, theirs.submission.number)[0])

    assert proving.fitting(group, theirs.submission.number, code) is None


def test_every_receipt_takes_a_fixed_number_of_questions(receipt):
    its = Submission.objects.get(pk=receipt.submission.pk)
    ledger.sequence_all(SOON)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries, translation.override("lt"):
            proving.receipt(Submission.objects.select_related("group").get(pk=its.pk))
        return len(queries)

    few = asked()
    for number in range(300):
        ledger.record("version.published", group=its.group, at=SOON, version=number)
    ledger.sequence_all(LATER)

    assert asked() <= few + 2  # one tile more for each level of the tree
    assert proofs.promise(proving.acts(its.group, 1)[0])


def test_the_page_that_verifies_is_kept_and_holds_no_token(client, group):
    first = client.get("/log/verify/", headers={"host": "ours.test"})
    again = client.get(
        "/log/verify/", headers={"host": "ours.test", "if-none-match": first["ETag"]}
    )

    page = first.content.decode()
    assert again.status_code == 304
    assert "csrf" not in page
    assert str(logs.verifier(logs.in_force(group))) in page
    assert "sutarta verify gavimo-patvirtinimas-65.json --log http://ours.test/log" in page
