"""Erasing by two people: who asks, who carries it out, what is gone and what stays."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from sutarta.apps.consultations.actions import answering, erasing, moderating, speaking
from sutarta.apps.consultations.models import (
    Attachment,
    Deed,
    Erasure,
    FormerText,
    Note,
    Source,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import erasing as queries
from sutarta.apps.consultations.queries import gates
from sutarta.apps.consultations.queries.receipts import Text, fingerprints
from sutarta.apps.consultations.rules import moderating as rules
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.mail.models import Letter, LetterState
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db(transaction=False), pytest.mark.usefixtures("in_english")]

SECRET = "Gegutienė"
EMAIL = "g.g@post.example"
LATER = NOON + timedelta(hours=1)
HOST = {"host": "ours.test"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def running():
    return make.consultation(group=make.group(host="ours.test"))


@pytest.fixture
def receipt(running):
    """Somebody spoke, corrected it, handed in a file; the desk noted something."""
    received = make.receipt(
        consultation=running,
        body=f"Aš, {SECRET}, senas tekstas.",
        author_name=SECRET,
        organisation="Gegučių draugija",
        show_name=True,
        email=EMAIL,
    )
    its = received.submission
    speaking.correct(submission=its, text=Text(f"Aš, {SECRET}, prašau."), at=NOON)
    its.refresh_from_db()
    its.phone, its.post_address = "+370 600 00001", "Liepų g. 7"
    its.visibility, its.public_body, its.keys = Visibility.PUBLIC, its.body, "gegut"
    its.save()
    path = default_storage.save("attachments/test.pdf", ContentFile(b"%PDF"))
    group, who = running.group, make.user()
    Attachment.objects.create(
        group=group, submission=its, name=f"{SECRET}.pdf", media_type="application/pdf", size=4,
        path=path, digest="0" * 64, salt=b"x" * 32, added_at=NOON, approved_at=NOON,
    )  # fmt: skip
    Note.objects.create(group=group, submission=its, text=f"{SECRET} skambino", actor=who, at=NOON)
    Source.objects.create(group=group, submission=its, place=SECRET, link="https://x.example/g")
    Deed.objects.create(
        group=group, kind="tag", before={str(its.number): {"public_body": SECRET}}, actor=who,
        at=NOON,
    )  # fmt: skip
    make.objection(its, said=f"{SECRET} negerai")
    received.submission.refresh_from_db()
    return received


def ask(submission, scope="WORDS", by=None, **facts):
    said = {"asker": "AUTHOR", "ground": "Prašo pati, 17 str. 1 d. b p.", "at": NOON, **facts}
    by = by or make.member(of=submission.group, role=Role.MODERATOR)
    return erasing.ask_erasure(actor=by, submission=submission, scope=scope, **said)


def carry_out(erasure, by=None, carry=True):
    by = by or make.member(of=erasure.group)
    return erasing.decide_erasure(actor=by, erasure=erasure, carry_out=carry, at=LATER)


def texts_of(submission) -> str:
    """Every character the database and the disk keep about it, apart from the log."""
    from django.apps import apps

    from sutarta.apps.tenants.models import TenantRow

    kept = []
    for model in apps.get_models():
        if issubclass(model, TenantRow):
            kept += [str(list(vars(row).values())) for row in model.objects.all()]
    return " ".join(kept)


def test_nothing_is_erased_until_a_second_person_says_so(receipt):
    ask(receipt.submission)

    assert SECRET in texts_of(receipt.submission)
    assert not ledger.acts(receipt.submission.group, "submission.erased").exists()


def test_erased_words_are_nowhere_any_more(receipt, django_capture_on_commit_callbacks):
    its = receipt.submission
    path = Path(default_storage.path(its.attachments.get().path))
    assert path.exists()

    with django_capture_on_commit_callbacks(execute=True):
        carry_out(ask(its))

    kept = texts_of(its)
    for told in (SECRET, EMAIL, "600 00001", "Liepų g. 7,", "Gegučių", "x.example", receipt.secret):
        assert told not in kept.replace("Liepų g. 7, Alksniai", ""), told
    assert not path.exists()
    its.refresh_from_db()
    assert (its.erased_at, bytes(its.salt), its.keys) == (LATER, b"", "")
    assert FormerText.objects.get().salt in {b"", memoryview(b"")}
    assert Deed.objects.get().before == {}


def test_number_fingerprint_and_acts_stay_and_the_log_tells_no_text(receipt):
    its = receipt.submission
    digest = its.digest

    carry_out(ask(its))

    its.refresh_from_db()
    assert (its.digest, its.number, its.channel) == (digest, 1, "WEB")
    entry = ledger.acts(its.group, "submission.erased").get()
    assert ledger.facts(entry) == {"number": 1, "scope": "WORDS", "asker": "AUTHOR"}
    former = FormerText.objects.get()
    assert [one["fingerprint"] for one in fingerprints(its)] == [former.digest, digest]
    assert all(set(one) == {"fingerprint", "erased_at"} for one in fingerprints(its))
    assert queries.tally(its.consultation) == {"CONTACT": 0, "ATTACHMENTS": 0, "WORDS": 1}


def test_contact_alone_leaves_the_words(receipt):
    carry_out(ask(receipt.submission, "CONTACT"))

    its = Submission.objects.get()
    assert (its.author_name, its.email, its.phone, its.post_address) == ("", "", "", "")
    assert SECRET in its.body
    assert its.erased_at is None
    assert not Letter.objects.exists()


def test_attachments_alone_leave_the_rest(receipt):
    carry_out(ask(receipt.submission, "ATTACHMENTS"))

    file = Attachment.objects.get()
    assert (file.name, file.path, file.removed_at, file.approved_at) == ("", "", LATER, None)
    assert Submission.objects.get().email == EMAIL


def test_an_answer_that_waits_for_another_submission_of_theirs_still_leaves(receipt, running):
    its = receipt.submission
    other = make.receipt(consultation=running, email=EMAIL, body="Kita mintis.").submission
    closed = NOON + timedelta(days=20)
    for one in (its, other):
        make.answer(one, published_at=None)
        Submission.objects.filter(pk=one.pk).update(visibility=Visibility.PUBLIC)
    answering.publish_answers(actor=make.member(of=running.group), consultation=running, at=closed)

    carry_out(ask(its, "CONTACT"))

    left = Letter.objects.filter(state=LetterState.QUEUED).values_list("kind", flat=True)
    assert sorted(left) == ["answered", "submission.receipt"]


def test_the_second_person_may_refuse(receipt):
    carry_out(ask(receipt.submission), carry=False)

    row = Erasure.objects.get()
    assert (row.carried_out, row.decided_at) == (False, LATER)
    assert Submission.objects.get().erased_at is None
    ask(receipt.submission)  # and it may be asked for again


def test_nobody_erases_alone(receipt):
    coordinator = make.member(of=receipt.submission.group)
    erasure = ask(receipt.submission, by=coordinator)

    with pytest.raises(Refused, match="You asked for it yourself"):
        carry_out(erasure, by=coordinator)

    assert SECRET in Submission.objects.get().body


@pytest.mark.parametrize("role", ["COORDINATOR", "EDITOR", "MODERATOR", "AUDITOR"])
@pytest.mark.parametrize("waits", [True, False])
@pytest.mark.parametrize("erased", [True, False])
def test_who_may_ask_and_when(running, role, waits, erased):
    its = make.submission(consultation=running)
    its.erased_at = NOON if erased else None
    who = make.member(of=running.group, role=role)
    waiting = Erasure(asked_by=make.user()) if waits else None

    verdict = rules.may_ask_erasure(who, its, waiting, NOON)

    allowed = role in {"COORDINATOR", "MODERATOR"}
    assert bool(verdict) is (allowed and not waits and not erased)
    assert ("role" in str(verdict.reason)) is not allowed


@pytest.mark.parametrize("role", ["COORDINATOR", "EDITOR", "MODERATOR", "AUDITOR"])
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("decided", [True, False])
def test_who_may_carry_it_out_and_when(running, role, own, decided):
    who = make.member(of=running.group, role=role)
    erasure = ask(make.submission(consultation=running))
    erasure.asked_by = who if own else erasure.asked_by
    erasure.decided_at = NOON if decided else None

    verdict = rules.may_decide_erasure(who, erasure, NOON)

    assert bool(verdict) is (role == "COORDINATOR" and not own and not decided)
    assert ("role" in str(verdict.reason)) is (role != "COORDINATOR")


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"scope": "NOTHING"}, "Choose what to erase"),
        ({"asker": "NOBODY"}, "Choose who asks"),
        ({"ground": " "}, "Write the ground"),
        ({"scope": "ATTACHMENTS"}, "nothing of that kind"),
        ({"scope": "CONTACT"}, "nothing of that kind"),
    ],
)
def test_a_request_without_sense_is_refused(running, facts, why):
    with pytest.raises(Refused, match=why):
        ask(make.submission(consultation=running), **facts)

    assert not Erasure.objects.exists()


def test_erased_words_are_neither_moderated_nor_answered_nor_corrected_nor_waited_for(receipt):
    its = receipt.submission
    carry_out(ask(its))
    its.refresh_from_db()
    who = make.member(of=its.group)

    with pytest.raises(Refused, match="erased"):
        moderating.moderate(
            actor=who, submission=its, visibility="PUBLIC", seen=its.digest, at=LATER
        )
    with pytest.raises(Refused, match="erased"):
        speaking.correct(submission=its, text=Text("Dar kartą."), at=LATER)
    with pytest.raises(Refused, match="erased"):
        answering.draft_answer(
            actor=who, submission=its, outcome="NOTED", reason="Ne.", is_ready=True, at=LATER
        )
    assert gates.before_publishing(its.consultation).proposals == 0


def test_answers_stay(receipt):
    its = receipt.submission
    make.answer(its, reason="Įrašėme valandas.")

    carry_out(ask(its))

    assert its.answer.reason == "Įrašėme valandas."


# --- pages


def desk(client, group, role=Role.COORDINATOR):
    client.force_login(make.member(of=group, role=role), BACKEND)
    client.cookies["sutarta_language"] = "en"
    client.defaults["HTTP_HOST"] = "ours.test"
    return client


def test_two_people_erase_on_the_page_and_it_is_told_everywhere(client, receipt):
    its = receipt.submission
    page = reverse("consultations:desk_erase", args=[its.number])
    decide = reverse("consultations:desk_erase_decide", args=[its.number])
    said = {"scope": "WORDS", "asker": "AUTHOR", "ground": "Prašo pati."}
    first = desk(client, its.group)
    assert first.post(page, said).status_code == 302
    assert "Nobody else in this group is a coordinator" in first.get(page).content.decode()
    assert first.post(decide, {"do": "erase"}).status_code == 403

    second = desk(client, its.group)
    assert "Prašo pati." in second.get(page).content.decode()
    assert page in second.get(reverse("consultations:desk_objections")).content.decode()
    assert second.post(decide, {"do": "erase"}).status_code == 302

    client.logout()
    client.cookies["sutarta_language"] = "en"
    pages = {
        name: " ".join(client.get(address, headers=HOST).content.decode().split())
        for name, address in {
            "public": reverse("consultations:submission", args=[its.number]),
            "register": reverse("consultations:register"),
            "own": reverse("consultations:mine", args=[receipt.secret]),
        }.items()
    }
    assert {name: SECRET in page for name, page in pages.items()} == dict.fromkeys(pages, False)
    assert "Asked for by: The author." in pages["public"]
    assert "Asked for by: The author." in pages["own"]
    assert "The words were erased on" in pages["register"]


BAD = [
    ({}, "Choose what to erase."),
    ({"scope": "X", "asker": "AUTHOR", "ground": "Mano žodžiai"}, "Choose what to erase."),
    ({"scope": "WORDS", "asker": "", "ground": "Mano žodžiai"}, "Choose who asks for it."),
    ({"scope": "WORDS", "asker": "AUTHOR", "ground": ""}, "Write the ground."),
    ({"scope": "WORDS", "asker": "AUTHOR", "ground": "x" * 301}, "300"),
]


@pytest.mark.parametrize(("said", "told"), BAD)
def test_a_bad_request_comes_back_with_its_words(client, receipt, said, told):
    page = reverse("consultations:desk_erase", args=[receipt.submission.number])

    answer = desk(client, receipt.submission.group).post(page, said)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert said.get("ground", "") in answer.content.decode()
    assert not Erasure.objects.exists()
