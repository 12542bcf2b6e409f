"""Speaking on the pages: every step without a script, and nothing typed is ever lost."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from sutarta.apps.consultations.models import Consultation, Submission
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def running() -> Consultation:
    """A consultation open right now: the pages take their time from the middleware."""
    now = make.now()
    return make.consultation(
        opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=8)).date(),
    )


@pytest.fixture
def over() -> Consultation:
    now = make.now()
    return make.consultation(
        opens_at=now - timedelta(days=30),
        announced_at=now - timedelta(days=30),
        last_day=(now - timedelta(days=2)).date(),
    )


def say(consultation: Consultation) -> str:
    return reverse("consultations:say", args=[consultation.number])


def host(consultation: Consultation) -> dict[str, str]:
    return {"host": consultation.group.hosts.get().name}


def hidden_values(page: str) -> dict[str, str]:
    """Names and values of hidden fields, as a browser would send them back."""
    found = {}
    for tag in re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page):
        name = re.search(r'name="([^"]*)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and name[1] not in {"csrfmiddlewaretoken", "next"}:
            found[name[1]] = html.unescape(value[1]) if value else ""
    return found


TYPED = {
    "proposed": "Pagalba teikiama kasdien\nnuo 8 iki 20 val.",
    "why": "Vakare tėtis „vienas“ <nebeužlipa> laiptais & laukia.",
    "behalf": "organisation",
    "organisation": "Pušyno bendruomenė",
    "author_name": "J. B.",
    "show_name": "on",
    "email": "jb@post.example",
}


def test_a_wording_goes_from_the_form_over_the_check_to_a_receipt(client, running):
    block = make.passage(running.version)
    form = client.get(say(running), {"kind": "wording", "block": block}, headers=host(running))
    sent = {**hidden_values(form.content.decode()), **TYPED, "step": "check"}
    check = client.post(say(running), sent, headers=host(running))
    assert (form.status_code, check.status_code) == (200, 200)
    assert Submission.objects.count() == 0

    sent = {**hidden_values(check.content.decode()), "step": "send"}
    done = client.post(say(running), sent, headers=host(running))
    receipt = client.get(done.headers["Location"], headers=host(running))

    submission = Submission.objects.get()
    assert done.status_code == 302
    assert receipt.status_code == 200
    assert submission.proposed == TYPED["proposed"]
    assert submission.why == TYPED["why"]
    assert (submission.kind, submission.lineage_id) == ("WORDING", block)
    assert submission.organisation == "Pušyno bendruomenė"
    assert (submission.show_name, submission.email) == (True, "jb@post.example")
    assert submission.received_at <= submission.recorded_at
    assert submission.digest[:4] in receipt.content.decode()


def test_one_field_is_enough(client, running):
    sent = {"kind": "general", "body": "Trūksta suoliukų.", "step": "send"}

    done = client.post(say(running), sent, headers=host(running))

    submission = Submission.objects.get()
    assert done.status_code == 302
    assert (submission.kind, submission.body, submission.email) == (
        "GENERAL",
        "Trūksta suoliukų.",
        "",
    )
    assert submission.confirmed_at is None


def test_sending_the_check_page_twice_leads_to_the_same_receipt(client, running):
    form = client.get(say(running), {"kind": "general"}, headers=host(running))
    sent = {**hidden_values(form.content.decode()), "body": "Suoliukų!", "step": "send"}

    first = client.post(say(running), sent, headers=host(running))
    second = client.post(say(running), sent, headers=host(running))

    assert first.headers["Location"] == second.headers["Location"]
    assert Submission.objects.count() == 1


def test_going_back_brings_everything_typed_along(client, running):
    block = make.passage(running.version)
    sent = {"kind": "wording", "block": block, **TYPED}
    check = client.post(say(running), {**sent, "step": "check"}, headers=host(running))

    back = {**hidden_values(check.content.decode()), "step": "write"}
    page = client.post(say(running), back, headers=host(running))

    form = page.context["form"]
    held = {name: form[name].value() for name in TYPED if name != "show_name"}
    assert held == {name: value for name, value in TYPED.items() if name != "show_name"}
    assert 'name="show_name"' in page.content.decode()
    assert re.search(r'name="show_name"[^>]*checked', page.content.decode())
    assert form.errors == {}


GOOD = {"kind": "general", "body": "Geras tekstas, kurio gaila."}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"body": ""}, "body"),
        ({"body": "  \n "}, "body"),
        ({"body": "\x00\x07"}, "body"),
        ({"body": "ą" * 20_001}, "body"),
        ({"email": "jb@"}, "email"),
        ({"email": "not an address"}, "email"),
        ({"email": "a@b.lt, c@d.lt"}, "email"),
        ({"behalf": "organisation", "organisation": ""}, "organisation"),
        ({"organisation": "o" * 201}, "organisation"),
        ({"author_name": "v" * 121}, "author_name"),
        ({"behalf": "neighbour"}, "behalf"),
        ({"website": "http://robot.example"}, "website"),
    ],
    ids=str,
)
def test_whatever_is_wrong_the_form_says_so_and_keeps_what_was_typed(client, running, wrong, field):
    sent = {**GOOD, "author_name": "J. B.", "email": "jb@post.example", **wrong}

    for step in ("check", "send"):
        page = client.post(say(running), {**sent, "step": step}, headers=host(running))

        form = page.context["form"]
        shown = html.unescape(page.content.decode())
        assert page.status_code == 422
        assert list(form.errors) == [field]
        assert "ds-error-summary" in shown
        for name in ("body", "author_name", "email", "organisation"):
            if value := sent.get(name, "").strip("\x00\x07 \n"):
                assert value in shown
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    "proposed",
    ["", "Pagalba į namus teikiama kasdien,  taip pat savaitgaliais.\r\n", "x" * 20_001],
    ids=["empty", "unchanged but for spaces", "too long"],
)
def test_a_wording_that_cannot_be_taken_stays_in_the_form(client, running, proposed):
    sent = {"kind": "wording", "block": make.passage(running.version), "why": "Todėl, kad."}

    page = client.post(say(running), {**sent, "proposed": proposed}, headers=host(running))

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["proposed"]
    assert "Todėl, kad." in page.content.decode()


def test_the_original_is_shown_and_stands_ready_in_the_form(client, running):
    block = make.passage(running.version)
    text = running.version.document.blocks[1].text

    page = client.get(say(running), {"kind": "wording", "block": block}, headers=host(running))

    assert page.context["form"]["proposed"].value() == text
    assert page.content.decode().count(html.escape(text)) == 2


def test_the_check_page_shows_what_is_struck_and_inserted(client, running):
    sent = {
        "kind": "wording",
        "block": make.passage(running.version),
        "proposed": "Pagalba į namus teikiama kasdien, taip pat naktimis.",
    }

    page = client.post(say(running), {**sent, "step": "check"}, headers=host(running))

    text = re.sub(r'<span class="ds-sr-only">.*?</span>', "", page.content.decode())
    assert "<del>savaitgaliais</del><ins>naktimis</ins>" in text.replace(
        "</del> <ins>", "</del><ins>"
    )


def test_without_a_kind_four_equal_ways_are_offered(client, running):
    page = client.get(say(running), headers=host(running))

    text = f"/s/1/{running.version.number}/"
    assert page.context["links"] == {
        "comment": text,
        "wording": text,
        "general": f"{say(running)}?kind=general",
        "question": f"{say(running)}?kind=question",
    }


@pytest.mark.parametrize(
    "asked", [{"kind": "comment"}, {"kind": "shout"}, {"kind": "wording", "block": ""}], ids=str
)
def test_a_kind_that_needs_a_passage_leads_back_to_the_choice(client, running, asked):
    page = client.get(say(running), asked, headers=host(running))

    assert page.status_code == 200
    assert "links" in page.context


def test_a_passage_that_is_not_there_is_not_found(client, running):
    asked = {"kind": "comment", "block": "bnowhere"}

    assert client.get(say(running), asked, headers=host(running)).status_code == 404
    assert client.post(say(running), asked, headers=host(running)).status_code == 404


def test_after_the_deadline_the_form_says_so_and_the_submission_is_taken(client, over):
    page = client.get(say(over), {"kind": "general"}, headers=host(over))
    done = client.post(say(over), {**GOOD, "step": "send"}, headers=host(over))

    assert page.context["is_late"] is True
    assert done.status_code == 302
    assert Submission.objects.get().is_late is True


def test_before_the_opening_nobody_speaks_and_the_page_says_why(client):
    now = make.now()
    early = make.consultation(
        opens_at=now + timedelta(days=1), last_day=(now + timedelta(days=9)).date()
    )

    page = client.post(say(early), {**GOOD, "step": "send"}, headers=host(early))

    assert page.status_code == 403
    assert Submission.objects.count() == 0


def test_what_is_not_announced_is_not_found(client):
    hidden = make.consultation(announced_at=None)

    for address in (say(hidden), reverse("consultations:consultation", args=[hidden.number])):
        assert client.get(address, headers=host(hidden)).status_code == 404


@pytest.mark.parametrize("evil", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_markup_in_any_field_stays_text(client, running, evil):
    block = make.passage(running.version)
    sent = {
        "kind": "wording",
        "block": block,
        "proposed": evil,
        "why": evil,
        "author_name": evil,
        "show_name": "on",
        "behalf": "own",
    }
    check = client.post(say(running), {**sent, "step": "check"}, headers=host(running))
    done = client.post(say(running), {**sent, "step": "send"}, headers=host(running))
    submission = Submission.objects.get()
    submission.visibility = "PUBLIC"
    submission.public_proposed = submission.public_why = evil
    submission.save()
    make.answer(submission, reason=evil)

    addresses = [
        done.headers["Location"],
        reverse("consultations:register"),
        reverse("consultations:submission", args=[1]),
        reverse("consultations:passage", args=[1, 1, block]),
        reverse("consultations:history", args=[1, 1, block]),
    ]
    pages = [check, *(client.get(address, headers=host(running)) for address in addresses)]

    assert {page.status_code for page in pages} == {200}
    for page in pages:
        assert evil not in page.content.decode()
        assert html.escape(evil.split(">")[1][:5]) in page.content.decode()


def test_the_form_alone_is_sent_into_the_page_by_htmx(client, running):
    asked = {"kind": "comment", "block": make.passage(running.version)}

    page = client.get(
        say(running), asked, headers={**host(running), "HX-Request": "true"}
    ).content.decode()

    assert page.lstrip().startswith("<form")
    assert "<html" not in page
    assert "csrfmiddlewaretoken" in page


def test_a_form_without_its_token_is_refused(running):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)

    page = strict.post(say(running), {**GOOD, "step": "send"}, headers=host(running))

    assert page.status_code == 403
    assert "Geras tekstas, kurio gaila." in page.content.decode()
