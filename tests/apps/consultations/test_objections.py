"""Reports of public texts and reviews authors ask for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse

from sutarta.apps.consultations.actions import moderating, objecting, opening
from sutarta.apps.consultations.models import Kind, Objection, ObjectionKind, Visibility
from sutarta.apps.consultations.queries import objections as queries
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
LATER = NOON + timedelta(hours=1)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NETWORK = "192.0.2.7/32"


@pytest.fixture
def running():
    return make.consultation(group=make.group(host="ours.test"))


def report(submission, **facts):
    said = {"reason": "PERSONAL", "said": "Tai mano kaimynė.", "network": NETWORK, "at": NOON}
    return objecting.report(submission=submission, **{**said, **facts})


def hide(submission, by, visibility=Visibility.HIDDEN, at=NOON):
    row = moderating.moderate(
        actor=by,
        submission=submission,
        visibility=visibility,
        public=Text("Trumpai."),
        reason="Kito žmogaus duomenys.",
        seen=submission.digest,
        at=at,
    )
    submission.refresh_from_db()
    return row


# --- reports


def test_a_report_hides_nothing_and_is_logged_without_words(running):
    submission = make.submission(consultation=running, visibility=Visibility.PUBLIC)

    row = report(submission)

    submission.refresh_from_db()
    assert submission.visibility == Visibility.PUBLIC
    assert (row.kind, row.reason, row.said) == ("REPORT", "PERSONAL", "Tai mano kaimynė.")
    entry = ledger.acts(running.group, "submission.objected").get()
    assert ledger.facts(entry) == {"number": submission.number, "kind": "REPORT"}


def test_the_same_report_twice_is_one(running):
    submission = make.submission(consultation=running, visibility=Visibility.PUBLIC)

    assert report(submission) == report(submission)

    assert Objection.objects.count() == 1


@override_settings(
    CACHES={
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "reports"}
        for name in ("default", "limits")
    }
)
def test_one_network_reports_only_so_often_in_an_hour(running):
    submission = make.submission(consultation=running, visibility=Visibility.PUBLIC)
    for number in range(objecting.REPORTS_AN_HOUR):
        report(submission, said=f"{number}")

    with pytest.raises(Refused, match="Too many reports"):
        report(submission, said="dar")
    report(submission, said="dar", network="198.51.100.1/32")
    report(submission, said="dar vėliau", at=NOON + timedelta(hours=2))

    assert Objection.objects.count() == objecting.REPORTS_AN_HOUR + 2


@pytest.mark.parametrize(
    ("visibility", "answered", "may"),
    [
        ("CHECKING", False, False),
        ("PUBLIC", False, True),
        ("REDACTED", False, True),
        ("HIDDEN", False, False),
        ("HIDDEN", True, True),
        ("SET_ASIDE", False, False),
    ],
)
def test_what_anybody_may_report(running, visibility, answered, may):
    submission = make.submission(consultation=running, visibility=visibility)
    if answered:
        make.answer(submission)
        submission.refresh_from_db()

    assert bool(rules.may_report(submission)) is may


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"reason": ""}, "Choose what is wrong."),
        ({"reason": "NONSENSE", "said": "Mano žodžiai"}, "Choose what is wrong."),
        ({"reason": "OTHER", "said": ""}, "Write what is wrong."),
        ({"reason": "ABUSE", "said": "a" * 2_001}, "At most 2000 characters"),
        ({"reason": "ABUSE", "said": "Mano žodžiai", "website": "http://x"}, "Only robots"),
    ],
)
def test_a_bad_report_comes_back_with_its_words(client, running, said, told):
    submission = make.submission(consultation=running, visibility=Visibility.PUBLIC)
    client.cookies["sutarta_language"] = "en"

    answer = client.post(_address(submission), said, headers=HOST)
    page = answer.content.decode()

    assert answer.status_code == 422
    assert told in page
    assert said.get("said", "")[:60] in page
    assert not Objection.objects.exists()


def _address(submission):
    return reverse("consultations:report_text", args=[submission.number])


def test_a_report_is_thanked_counted_and_kept_by_no_cache(client, running):
    submission = make.submission(consultation=running, visibility=Visibility.PUBLIC)
    client.cookies["sutarta_language"] = "en"
    page = reverse("consultations:submission", args=[submission.number])
    assert _address(submission) in client.get(page, headers=HOST).content.decode()

    sent = client.post(_address(submission), {"reason": "ABUSE"}, headers=HOST)
    thanks = client.get(sent.headers["Location"], headers=HOST)

    assert "Thank you" in thanks.content.decode()
    assert "no-store" in thanks.headers["Cache-Control"]
    told = " ".join(client.get(page, headers=HOST).content.decode().split())
    assert "1 reader has reported this text. The office has looked at 0 reports." in told


# --- reviews


@pytest.mark.parametrize("visibility", ["REDACTED", "HIDDEN", "SET_ASIDE"])
def test_the_author_asks_for_a_review_once_for_each_decision(running, visibility):
    submission = make.submission(consultation=running)
    who = make.member(of=running.group)
    hide(submission, who, visibility)
    objecting.ask_review(submission=submission, said="Rašiau apie save.", at=LATER)

    with pytest.raises(Refused, match="review of this decision already"):
        objecting.ask_review(submission=submission, said="Dar kartą.", at=LATER)

    again = LATER + timedelta(hours=1)
    hide(submission, who, "HIDDEN", at=again)
    objecting.ask_review(submission=submission, said="Ir vėl.", at=again + timedelta(hours=1))
    assert Objection.objects.filter(kind=ObjectionKind.REVIEW).count() == 2


@pytest.mark.parametrize("visibility", ["CHECKING", "PUBLIC"])
def test_what_is_not_hidden_needs_no_review(running, visibility):
    submission = make.submission(consultation=running, visibility=visibility)

    with pytest.raises(Refused, match="Nothing of your text is covered"):
        objecting.ask_review(submission=submission, said="Kodėl?", at=NOON)


def reviewed(running, by):
    submission = make.submission(consultation=running, email="autorius@post.example")
    hide(submission, by)
    return objecting.ask_review(submission=submission, said="Rašiau apie save.", at=LATER)


def settle(one, by, upheld=False, explanation="Peržiūrėjome.", at=LATER):
    return objecting.settle(actor=by, objection=one, upheld=upheld, explanation=explanation, at=at)


def test_another_person_settles_a_review_when_there_is_one(running):
    moderator = make.member(of=running.group, role=Role.MODERATOR)
    one = reviewed(running, moderator)
    coordinator = make.member(of=running.group)

    with pytest.raises(Refused, match="Somebody else looks at it"):
        settle(one, moderator)
    settle(one, coordinator)

    one.refresh_from_db()
    assert (one.settled_by, one.upheld) == (coordinator, False)
    letter = Letter.objects.get(kind="review_settled")
    assert letter.to == "autorius@post.example"
    assert "Peržiūrėjome." in letter.text


def test_whoever_works_alone_settles_it_alone(running):
    moderator = make.member(of=running.group, role=Role.MODERATOR)
    make.member(of=running.group, role=Role.AUDITOR)

    settle(reviewed(running, moderator), moderator)

    assert Objection.objects.get().settled_by == moderator


def test_a_review_is_upheld_only_after_it_was_decided_anew(running):
    one = reviewed(running, make.member(of=running.group))
    other = make.member(of=running.group)
    with pytest.raises(Refused, match="First decide again"):
        settle(one, other, upheld=True)
    submission = one.submission
    opening.open_original(actor=other, submission=submission, reason="Peržiūra.", at=LATER)
    after = LATER + timedelta(minutes=5)
    hide(submission, other, Visibility.PUBLIC, at=after)

    settle(one, other, upheld=True, at=after)

    assert Objection.objects.get().upheld is True


def test_what_is_settled_stays_settled(running):
    who = make.member(of=running.group)
    one = report(make.submission(consultation=running, visibility=Visibility.PUBLIC))
    settle(one, who, upheld=True)

    with pytest.raises(Refused, match="settled already"):
        settle(one, who)

    assert queries.told(one.submission) == queries.Told(1, 1, 1)


@pytest.mark.parametrize("role", ["COORDINATOR", "EDITOR", "MODERATOR", "AUDITOR"])
@pytest.mark.parametrize("kind", ObjectionKind.values)
@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("settled", [True, False])
def test_who_may_settle_what_and_when(running, role, kind, own, settled):
    who = make.member(of=running.group, role=role)
    made = make.submission(consultation=running)
    one = make.objection(made, kind=kind, settled_at=NOON if settled else None)

    verdict = rules.may_settle(who, one, who if own else make.user(), 1, NOON)

    if role not in {"COORDINATOR", "MODERATOR"}:
        assert "role" in str(verdict.reason)
    elif settled:
        assert "settled already" in str(verdict.reason)
    else:
        assert bool(verdict) is not (own and kind == "REVIEW")


# --- pages


def test_the_author_asks_on_their_own_page_and_reads_how_it_ended(client, running):
    receipt = make.receipt(consultation=running)
    client.cookies["sutarta_language"] = "en"
    hide(receipt.submission, make.member(of=running.group), at=make.now())
    mine = reverse("consultations:mine", args=[receipt.secret])
    ask = reverse("consultations:ask_review", args=[receipt.secret])
    assert ask in client.get(mine, headers=HOST).content.decode()

    empty = client.post(ask, {"said": " "}, headers=HOST)
    sent = client.post(ask, {"said": "Rašiau apie save."}, headers=HOST)

    assert (empty.status_code, sent.status_code) == (422, 302)
    assert "Write why you do not agree." in empty.content.decode()
    waiting = client.get(mine, headers=HOST).content.decode()
    assert "The office has not decided yet." in waiting
    assert ask not in waiting
    settle(Objection.objects.get(), make.member(of=running.group), at=make.now())
    ended = client.get(mine, headers=HOST).content.decode()
    assert "The decision stays." in ended
    assert "Peržiūrėjome." in ended


@pytest.fixture
def desk(client, running):
    client.force_login(make.member(of=running.group), BACKEND)
    client.cookies["sutarta_language"] = "en"
    client.defaults["HTTP_HOST"] = "ours.test"
    return client


def test_the_menu_shows_objections_only_when_there_are_any(desk, running):
    address = reverse("consultations:desk_objections")
    submission = make.submission(consultation=running, visibility=Visibility.PUBLIC)
    assert address not in desk.get("/desk/").content.decode()

    report(submission)

    page = desk.get("/desk/").content.decode()
    assert address in page
    assert "Settle objections" in page


def test_staff_settle_on_the_page_of_the_text(desk, running):
    submission = make.submission(consultation=running, visibility=Visibility.PUBLIC)
    one = report(submission)
    address = reverse("consultations:desk_settle", args=[one.pk])
    assert "Tai mano kaimynė." in desk.get(f"/desk/p/{submission.number}/").content.decode()

    bad = desk.post(address, {"upheld": "", "explanation": "Mano žodžiai"})
    good = desk.post(address, {"upheld": "no", "explanation": "Duomenų nėra."})

    assert (bad.status_code, good.status_code) == (422, 302)
    assert "Choose whether anything changes." in bad.content.decode()
    assert "Mano žodžiai" in bad.content.decode()
    one.refresh_from_db()
    assert (one.upheld, one.settled_with) == (False, "Duomenų nėra.")
    listed = desk.get(reverse("consultations:desk_objections") + "?show=settled")
    assert "not upheld" in listed.content.decode()


@pytest.mark.parametrize("show", ["", "?show=settled"])
def test_the_list_asks_the_same_number_of_questions_for_1_and_300(desk, running, show):
    address = reverse("consultations:desk_objections") + show
    settled = NOON if show else None
    who = make.user()
    submission = make.submission(consultation=running, visibility=Visibility.PUBLIC)
    row = make.objection(submission, settled_at=settled, settled_by=who if show else None)
    desk.get(address)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    few = asked()
    copies = []
    for _number in range(299):
        copy = Objection(**{
            field.attname: getattr(row, field.attname)
            for field in Objection._meta.concrete_fields if field.attname != "id"
        })  # fmt: skip
        copies.append(copy)
    Objection.objects.bulk_create(copies)

    assert asked() == few
    assert few <= 20


# --- questions and answers


def test_answered_questions_stand_on_the_consultations_page_at_once(client, running):
    from sutarta.apps.consultations.actions import answering

    client.cookies["sutarta_language"] = "en"
    page = reverse("consultations:consultation", args=[running.number])
    question = make.submission(
        consultation=running, kind=Kind.QUESTION, body="Kada bus autobusas?", visibility="PUBLIC"
    )
    assert "Kada bus autobusas?" not in client.get(page, headers=HOST).content.decode()

    answering.answer_question(
        actor=make.member(of=running.group), submission=question, reason="Pavasarį.", at=NOON
    )

    told = client.get(page, headers=HOST).content.decode()
    assert 'id="questions"' in told
    assert "Kada bus autobusas?" in told
    assert "Pavasarį." in told
