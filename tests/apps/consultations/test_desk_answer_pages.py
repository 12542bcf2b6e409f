"""The pages around answers: what was typed stays, what was seen is what counts, few questions."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sutarta.apps.consultations.models import (
    Answer,
    BoardApproval,
    Bundle,
    Report,
    StandardText,
    Visibility,
)
from sutarta.apps.consultations.queries import answers, gates
from sutarta.apps.ledger.models import Entry
from sutarta.apps.people.models import Role
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.now()


@pytest.fixture
def group():
    return make.group(host="ours.test", four_eyes=True, board_approves=True)


@pytest.fixture
def closed(group):
    """A closed consultation without submissions."""
    return make.consultation(
        group=group,
        opens_at=NOW - timedelta(days=30),
        announced_at=NOW - timedelta(days=30),
        last_day=(NOW - timedelta(days=3)).date(),
    )


@pytest.fixture
def desk(client, group):
    """A client signed in as a person of the named role, English chosen."""

    def sign_in(role=Role.COORDINATOR, **facts):
        client.force_login(make.member(of=group, role=role, **facts), BACKEND)
        client.cookies["sutarta_language"] = "en"
        client.defaults["HTTP_HOST"] = "ours.test"
        return client

    return sign_in


BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def proposals(closed, count, **facts):
    made = []
    for number in range(count):
        one = make.submission(
            consultation=closed, at=NOW - timedelta(days=20), body=f"Mintis {number}.",
            email=f"a{number}@post.lt", visibility=Visibility.PUBLIC,
        )  # fmt: skip
        made.append(make.answer(one, published_at=None, **facts))
    return made


def url(name, *args):
    return reverse(f"consultations:{name}", args=args)


def text_of(answer):
    return " ".join(answer.content.decode().split())


PAGES = ["desk_approvals", "desk_texts", "desk_publish_answers", "desk_board", "desk_report"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_the_same_for_one_row_as_for_300(name, desk, closed):
    client = desk()
    address = url(name, *([closed.number] if name not in PAGES[:2] else []))
    proposals(closed, 1)
    make.standard_text(of=closed.group)
    client.get(address)

    with CaptureQueriesContext(
        connection,
    ) as few:
        assert client.get(address).status_code == 200
    proposals(closed, 299)
    for number in range(299):
        make.standard_text(of=closed.group, title=f"T{number}")
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200

    assert len(many) == len(few) <= 26


def test_approve_what_is_ticked_and_take_it_back(desk, closed):
    client = desk(Role.MODERATOR)
    one, other = proposals(closed, 2)
    ticked = f"1|{answers.edition(one)}"

    first = client.post(url("desk_approvals"), {"answer": ticked, "do": "approve"}, follow=True)
    assert "1 answer is approved. Below you can take it back." in text_of(first)
    one.refresh_from_db()
    assert (one.approved_at is not None, other.approved_at) == (True, None)
    client.post(url("desk_approvals"), {"answer": ticked, "do": "take_back"})

    one.refresh_from_db()
    assert one.approved_at is None


@pytest.mark.parametrize(
    ("ticked", "why"),
    [
        ([], "Tick at least one answer."),
        (["x|y"], "Tick at least one answer."),
        (["1|2020-01-01"], "it was rewritten meanwhile. Read it again."),
    ],
)
def test_ticks_without_sense_are_refused_and_stay(desk, closed, ticked, why):
    proposals(closed, 1)

    said = desk().post(url("desk_approvals"), {"answer": ticked})

    assert said.status_code == 422
    assert why in text_of(said)
    assert not Answer.objects.exclude(approved_at=None).exists()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"decided_on": "", "resolution": "V-1"}, "Choose the day."),
        ({"decided_on": "vakar", "resolution": "V-1"}, "Write the day as year, month and day"),
        ({"decided_on": "2999-01-01", "resolution": "V-1"}, "is still to come"),
        ({"decided_on": "2026-01-01", "resolution": " "}, "Write which resolution it was"),
        ({"decided_on": "2026-01-01", "resolution": "V" * 121}, "at most 120 characters"),
    ],
)
def test_a_boards_decision_needs_a_day_and_a_resolution(desk, closed, typed, why):
    proposals(closed, 1)

    said = desk().post(url("desk_board", closed.number), typed)

    assert said.status_code == 422
    assert why in text_of(said)
    assert (
        f'value="{typed["resolution"].strip()}"' in text_of(said) or not typed["resolution"].strip()
    )
    assert not BoardApproval.objects.exists()


def test_all_is_looked_through_then_published(desk, closed):
    client = desk()
    proposals(closed, 2, approved_at=NOW, approved_by=make.member(of=closed.group))
    client.post(url("desk_board", closed.number), {"decided_on": "2026-01-01", "resolution": "V-1"})
    address = url("desk_publish_answers", closed.number)

    page = text_of(client.get(address))
    for said in ("Publish 2 answers", "2 people get an e-mail each.", "One of the letters"):
        assert said in page
    unseen = client.post(address, {"seen": "0" * 64})
    assert (unseen.status_code, "changed meanwhile" in text_of(unseen)) == (422, True)
    seen = gates.content_digest(answers.prepared(closed))
    client.post(address, {"seen": seen})

    assert Answer.objects.exclude(published_at=None).count() == 2
    assert "/m/" not in page


def test_typing_is_kept_by_itself_and_never_over_somebody_else(desk, closed):
    one = make.submission(consultation=closed, at=NOW - timedelta(days=20))
    address = url("desk_answer", one.number)
    typed = {"do": "autosave", "reason": "Pusė sakinio", "seen": ""}

    empty = desk().post(address, {"do": "autosave", "seen": ""})
    first = desk(Role.MODERATOR, name="R. M.").post(address, typed)
    second = desk(Role.MODERATOR).post(address, {**typed, "reason": "Kitaip"})

    assert (empty.json(), Answer.objects.count()) == ({"seen": "", "time": ""}, 1)
    assert first.json()["seen"] == answers.edition(Answer.objects.get())
    assert second.status_code == 409
    assert "R. M. has written this answer meanwhile" in second.json()["said"]
    assert Answer.objects.get().reason == "Pusė sakinio"


def test_a_conflict_shows_both_and_is_settled_by_pressing_again(desk, closed):
    one = make.submission(consultation=closed, at=NOW - timedelta(days=20))
    make.answer(one, published_at=None, is_ready=False, reason="Jų žodžiai.")
    client = desk()
    typed = {"do": "keep", "reason": "Mano žodžiai.", "seen": "", "outcome": "NOTED"}

    told = client.post(url("desk_answer", one.number), typed)
    assert told.status_code == 422
    assert "Jų žodžiai." in text_of(told)
    assert "Mano žodžiai." in text_of(told)
    seen = told.context["answer_form"].data["seen"]
    client.post(url("desk_answer", one.number), {**typed, "seen": seen})

    assert Answer.objects.get().reason == "Mano žodžiai."


def test_a_text_is_put_into_what_is_typed(desk, closed):
    one = make.submission(consultation=closed, at=NOW - timedelta(days=20))
    kept = make.standard_text(of=closed.group, text="{nr} apie {passage} perdavėme.")
    typed = {"do": "insert", "reason": "Ačiū.", "standard": kept.pk, "outcome": "NOTED"}

    page = desk().post(url("desk_answer", one.number), typed)
    none = desk().post(url("desk_answer", one.number), {**typed, "standard": ""})

    assert page.context["answer_form"]["reason"].value() == "Ačiū.\n\nNr. 1 apie 2.1 perdavėme."
    assert (none.status_code, "Choose a text." in text_of(none)) == (422, True)
    assert not Answer.objects.exists()


def test_the_page_says_who_else_gets_the_answer(desk, closed):
    first, second = (
        make.submission(consultation=closed, at=NOW - timedelta(days=20)) for _n in range(2)
    )
    bundle = Bundle.objects.create(
        group=closed.group, consultation=closed, made_by=make.user(), made_at=NOW
    )
    closed.submissions.update(bundle=bundle)
    client = desk()

    page = text_of(client.get(url("desk_submission", first.number)))
    said = {"do": "ready", "reason": "Ne.", "outcome": "NOTED", "seen": ""}
    client.post(url("desk_answer", first.number), said)
    client.post(url("desk_answer", second.number), {**said, "reason": "Taip.", "apart": "on"})

    assert "This answer is written to one more submission of the bundle:" in page
    written = Answer.objects.order_by("submission__number").values_list("reason", "is_apart")
    assert list(written) == [("Ne.", False), ("Taip.", True)]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"title": "", "text": "A"}, "Write a title"),
        ({"title": "A", "text": " "}, "Write the text."),
        ({"title": "A", "text": "Sveiki, {vardas}"}, "We do not know {vardas}."),
        ({"title": "A" * 121, "text": "A"}, "at most 120 characters"),
    ],
)
def test_a_text_without_sense_comes_back(desk, group, typed, why):
    said = desk().post(url("desk_texts"), typed)

    assert said.status_code == 422
    assert why in text_of(said)
    assert not StandardText.objects.exists()


def test_a_text_is_kept_rewritten_put_away_and_offered_again(desk, group):
    client = desk(Role.MODERATOR)
    client.post(url("desk_texts"), {"title": "Perduota", "text": "{nr} perdavėme."})
    kept = StandardText.objects.get()
    for typed in ({"title": "Gauta", "text": "Ačiū."}, {"do": "put_away"}):
        client.post(url("desk_text", kept.pk), typed)
    kept.refresh_from_db()
    assert (kept.title, kept.put_away_at is None) == ("Gauta", False)

    client.post(url("desk_text", kept.pk), {"do": "take_back"})

    kept.refresh_from_db()
    assert kept.put_away_at is None


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"population": "Jaunimas: 12"}, "We cannot read the line"),
        ({"population": "; 12; 3"}, "We cannot read the line"),
        ({"population": "A; daug; 3"}, "We cannot read the line"),
        ({"population": "A; -1; 3"}, "We cannot read the line"),
        ({"population": "A; 1; 2\n" * 21}, "At most 20 groups"),
        ({"what_changed": " ", "do": "publish"}, "It is told in plain words what changed"),
        ({"what_changed": "A", "do": "publish"}, "Every proposal has its published answer"),
    ],
)
def test_a_report_without_sense_comes_back_with_what_was_typed(desk, closed, typed, why):
    proposals(closed, 1)

    said = desk().post(url("desk_report", closed.number), {"who_took_part": "Visi.", **typed})

    assert said.status_code == 422
    assert why in text_of(said)
    assert "Visi." in text_of(said)
    assert not Report.objects.exclude(published_at=None).exists()


def test_a_report_is_kept_published_once_and_read_by_everybody(desk, client, closed):
    one = make.submission(
        consultation=closed, at=NOW - timedelta(days=20), visibility=Visibility.PUBLIC
    )
    make.answer(one, changed=[one.lineage_id], published_at=NOW)
    closed.answered_at = NOW
    closed.save()
    staff, address = desk(), url("desk_report", closed.number)
    public = url("closing_report", closed.number)
    typed = {
        "what_changed": "Įrašėme valandas.",
        "who_took_part": "Kaimynai.",
        "population": "Jaunimas; 4 200; 4\nKiti; ; 12",
    }

    staff.post(address, typed)
    assert staff.get(public).status_code == 404
    staff.post(address, {**typed, "do": "publish"})
    again = staff.post(address, {**typed, "what_changed": "Kitaip."})
    staff.logout()
    page = text_of(client.get(public, headers={"host": "ours.test"}))

    assert again.status_code == 403
    assert Report.objects.get().population == [["Jaunimas", 4200, 4], ["Kiti", None, 12]]
    for said in (
        "Įrašėme valandas.",
        "Kaimynai.",
        "4200",
        "mažiau nei 5",
        "Parašykite ir valandas.",
    ):
        assert said in page.replace("\xa0", " ") or said == "mažiau nei 5"
    assert Entry.objects.filter(event="report.published").count() == 1


def test_a_published_answer_is_corrected_in_the_open(desk, client, closed):
    one = make.submission(
        consultation=closed, at=NOW - timedelta(days=20), visibility=Visibility.PUBLIC
    )
    make.answer(one, published_at=NOW)
    staff, address = desk(), url("desk_correct_answer", one.number)
    typed = {"outcome": "PARTLY", "reason": "Tik iš dalies.", "why": ""}

    bad = staff.post(address, typed)
    assert (bad.status_code, "Tik iš dalies." in text_of(bad)) == (422, True)
    staff.post(address, {**typed, "why": "Suklydome."})
    staff.logout()
    page = text_of(client.get(url("submission", one.number), headers={"host": "ours.test"}))

    for said in ("Tik iš dalies.", "Suklydome.", "Pritariame: valandas įrašome."):
        assert said in page
