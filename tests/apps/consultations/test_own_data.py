"""The author's own data: shown whole, taken home, erased at their wish."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.urls import reverse

from sutarta.apps.consultations.actions import erasing, speaking
from sutarta.apps.consultations.models import Erasure, Note, Submission
from sutarta.apps.consultations.queries import own
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.consultations.rules import moderating as rules
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.mail.models import Letter
from sutarta.apps.people.access import Refused
from sutarta.apps.people.models import Role
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HOST = {"host": "ours.test"}
EMAIL = "j.b@post.example"


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def running():
    now = make.now()
    return make.consultation(
        group=make.group(host="ours.test"),
        opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=8)).date(),
    )


@pytest.fixture
def receipt(running):
    """Somebody spoke, corrected it, handed in a file; the desk noted something."""
    at = make.now()
    received = make.receipt(
        consultation=running, at=at, body="Sena mintis.", author_name="J. B.", email=EMAIL
    )
    its = received.submission
    speaking.correct(submission=its, text=Text("Nauja mintis."), at=at)
    make.attachment(its)
    Note.objects.create(
        group=its.group, submission=its, text="Paskambinti.", actor=make.user(), at=at
    )
    its.refresh_from_db()
    return received


def address(receipt, name="own_data"):
    return reverse(f"consultations:{name}", args=[receipt.secret])


def page(client, receipt) -> str:
    client.cookies["sutarta_language"] = "en"
    text = client.get(address(receipt), headers=HOST).content.decode()
    return " ".join(text.replace("\xa0", " ").split())


def ask(client, receipt, **said):
    client.cookies["sutarta_language"] = "en"
    return client.post(address(receipt), said, headers=HOST)


def test_everything_kept_is_told_with_why_and_until_when(client, receipt):
    its, said = receipt.submission, page(client, receipt)

    told = {one.what: one.value for one in own.of(its)}
    assert told["Name"] == "J. B."
    assert told["E-mail"] == EMAIL
    assert told["What you said before you corrected it"] == "1 former text"
    assert told["Notes of our staff"] == "1 note; ask us, if you wish to read them"
    assert "Our letters to you" in told
    assert "Files" in told
    for what, value in told.items():
        assert what in said
        assert value.replace("\xa0", " ") in said
    assert "not before" in said


def test_the_day_is_named_once_the_answers_are_out(client, receipt, running):
    running.answered_at = NOON
    running.save()

    assert "Until 22 November 2027" in page(client, receipt)
    receipt.submission.refresh_from_db()
    days = {one.ends for one in own.of(Submission.objects.get())}
    assert (NOON + timedelta(days=365)).date() in days


def test_it_is_taken_home_for_programs(client, receipt):
    answer = client.get(address(receipt, "own_data_json"), headers=HOST)

    data = answer.json()
    assert "attachment" in answer.headers["Content-Disposition"]
    assert data["schema"] == "sutarta.own-data/1"
    assert data["words"]["body"] == "Nauja mintis."
    assert [one["body"] for one in data["former_words"]] == ["Sena mintis."]
    assert data["author"]["email"] == EMAIL
    assert len(data["files"]) == data["notes_of_staff"] == 1
    assert data["letters"]
    assert receipt.secret not in answer.content.decode()
    assert "Paskambinti" not in answer.content.decode()


def test_every_stored_field_about_the_author_is_among_it(receipt):
    """A new field of a submission is told, or named here as none about a person."""
    data = own.as_data(receipt.submission)
    told = {*data, *data["words"], *data["author"]}
    ours = {
        "id", "group", "version", "lineage_id", "quote", "quote_before", "quote_after", "keys",
        "entered_by", "assigned_to", "bundle", "confirmed_at", "recorded_at", "is_late",
        "late_reason", "withdrawn_at", "withdrawn_why", "erased_at", "salt", "digest",
        "secret_digest", "request_key",
        "author_salt", "author_digest", "contact_salt", "contact_digest", "shown_salt",
        "shown_digest",
        "public_body", "public_proposed", "public_why", "public_place",
    }  # fmt: skip

    fields = {field.name for field in Submission._meta.concrete_fields}
    assert fields - told - ours == set()


def test_nobody_else_is_told_and_nobody_keeps_it(client, receipt):
    elsewhere = make.group()
    for name in ("own_data", "own_data_json"):
        answer = client.get(address(receipt, name), headers=HOST)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
        other = client.get(address(receipt, name), headers={"host": elsewhere.hosts.get().name})
        assert other.status_code == 404


# --- erasing


def test_name_and_contact_go_at_once(client, receipt):
    assert ask(client, receipt, scope="CONTACT").status_code == 302

    its = Submission.objects.get()
    assert (its.author_name, its.email) == ("", "")
    assert its.body == "Nauja mintis."
    assert not Letter.objects.exists()
    row = Erasure.objects.get()
    assert (row.asked_by, row.decided_by, row.carried_out, row.asker) == (
        None, None, True, "AUTHOR"
    )  # fmt: skip
    facts = ledger.facts(ledger.acts(its.group, "submission.erased").get())
    assert facts == {"number": 1, "scope": "CONTACT", "asker": "AUTHOR"}
    said = page(client, receipt)
    assert "Copies end within 14 days." in said
    assert EMAIL not in said


@pytest.mark.parametrize("scope", ["ATTACHMENTS", "WORDS"])
def test_files_and_words_wait_for_a_coordinator(client, receipt, scope):
    ask(client, receipt, scope=scope, ground="Nebenoriu.")

    row = Erasure.objects.get()
    assert (row.scope, row.ground, row.decided_at) == (scope, "Nebenoriu.", None)
    assert Submission.objects.get().body == "Nauja mintis."
    said = page(client, receipt)
    assert "A coordinator looks at it" in said
    assert "A request to erase waits for a coordinator already." in said
    assert 'name="scope"' not in said


def test_the_coordinator_carries_it_out_alone_for_the_author_was_the_first(receipt):
    its = receipt.submission
    erasure = erasing.ask_own_erasure(submission=its, scope="WORDS", ground="", at=NOON)

    erasing.decide_erasure(
        actor=make.member(of=its.group), erasure=erasure, carry_out=True, at=NOON
    )

    its.refresh_from_db()
    assert (its.body, its.email, its.erased_at) == ("", "", NOON)


def test_a_refusal_says_why_and_the_author_reads_it(client, receipt):
    its = receipt.submission
    coordinator = make.member(of=its.group)
    erasure = erasing.ask_own_erasure(submission=its, scope="WORDS", ground="", at=NOON)
    decided = {"actor": coordinator, "erasure": erasure, "carry_out": False, "at": NOON}

    with pytest.raises(Refused, match="Write why not"):
        erasing.decide_erasure(**decided)
    erasing.decide_erasure(**decided, refusal="Atsakymas remiasi šiais žodžiais.")

    assert "Atsakymas remiasi šiais žodžiais." in page(client, receipt)
    assert rules.may_ask_own_erasure(its, None)  # and may ask again


def test_the_desk_sees_who_asked_and_decides_on_the_page(client, receipt):
    its = receipt.submission
    ask(client, receipt, scope="WORDS", ground="Nebenoriu.")
    client.force_login(make.member(of=its.group))
    desk = reverse("consultations:desk_erase", args=[its.number])
    decide = reverse("consultations:desk_erase_decide", args=[its.number])

    shown = client.get(desk, headers=HOST).content.decode()
    listed = client.get(reverse("consultations:desk_objections"), headers=HOST).content.decode()
    unsaid = client.post(decide, {"do": "refuse"}, headers=HOST, follow=True).content.decode()

    for text in (shown, listed):
        assert "The author, by their own page" in text
    assert "Nebenoriu." in shown
    assert "Write why not" in unsaid
    assert Erasure.objects.get().decided_at is None
    client.post(decide, {"do": "erase"}, headers=HOST)
    assert Erasure.objects.get().carried_out
    whole = client.get(reverse("consultations:desk_submission", args=[its.number]), headers=HOST)
    assert "The author, by their own page" in whole.content.decode()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Choose what to erase."),
        ({"scope": "EVERYTHING", "ground": "Mano žodžiai"}, "Choose what to erase."),
        ({"scope": "WORDS", "ground": "x" * 301}, "300"),
    ],
)
def test_a_bad_request_comes_back_with_its_words(client, receipt, said, told):
    answer = ask(client, receipt, **said)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert said.get("ground", "") in answer.content.decode()
    assert not Erasure.objects.exists()


def test_only_what_there_is_can_be_chosen(client, running):
    bare = make.receipt(consultation=running, at=make.now())

    said = page(client, bare)
    answer = ask(client, bare, scope="CONTACT")

    assert 'value="WORDS"' in said
    assert 'value="CONTACT"' not in said
    assert 'value="ATTACHMENTS"' not in said
    assert answer.status_code == 422


@pytest.mark.parametrize("waits", [True, False])
@pytest.mark.parametrize("erased", [True, False])
def test_when_the_author_may_ask(receipt, waits, erased):
    its = receipt.submission
    its.erased_at = NOON if erased else None

    verdict = rules.may_ask_own_erasure(its, Erasure() if waits else None)

    assert bool(verdict) is (not waits and not erased)


def test_asking_twice_at_once_is_refused_with_a_reason(client, receipt):
    ask(client, receipt, scope="WORDS")

    again = ask(client, receipt, scope="WORDS")

    assert again.status_code == 403
    assert "waits for a coordinator already" in again.content.decode()
    assert Erasure.objects.count() == 1


def test_the_author_may_ask_long_after_everything_is_over(receipt, running):
    running.answered_at = NOON
    running.save()
    its = Submission.objects.get()

    later = NOON + timedelta(days=2000)
    row = erasing.ask_own_erasure(submission=its, scope="CONTACT", ground="", at=later)

    assert row.carried_out


def test_one_network_asks_only_so_often(client, receipt, settings):
    settings.CACHES = {
        **settings.CACHES,
        "limits": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "own"},
    }
    caches["limits"].clear()

    codes = [ask(client, receipt, scope="NOTHING") for _ in range(21)]
    last = ask(client, receipt, scope="CONTACT")

    assert {answer.status_code for answer in codes} == {422}
    assert (last.status_code, "Too many requests" in last.content.decode()) == (422, True)
    assert Submission.objects.get().email == EMAIL


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EDITOR, Role.AUDITOR])
def test_the_desk_itself_still_erases_by_two_people_only(receipt, role):
    erasure = erasing.ask_own_erasure(
        submission=receipt.submission, scope="WORDS", ground="", at=NOON
    )

    verdict = rules.may_decide_erasure(make.member(of=erasure.group, role=role), erasure, NOON)

    assert not verdict
