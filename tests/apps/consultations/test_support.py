""" "I agree": who may and when, once per device or address, taken back any time, counted alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from sutarta.apps.consultations.actions import speaking, supporting
from sutarta.apps.consultations.models import Support
from sutarta.apps.consultations.queries import supports
from sutarta.apps.consultations.rules import supporting as rules
from sutarta.apps.ledger.models import Entry
from sutarta.apps.mail import actions as mail
from sutarta.apps.people.access import Refused
from tests import make
from tests.make import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
HOST = {"host": "ours.test"}
OURS = {**HOST, "origin": "http://ours.test"}
OVER = make.LAST_DAY - NOON.date() + timedelta(days=2)
UNREAD = "Its words are not published, so nobody can agree with them."
CLOSED = "One can agree only while the discussion is open."


@pytest.fixture(autouse=True)
def fresh_memory():
    cache.clear()


@pytest.fixture
def spoken():
    """A public proposal in a consultation that is open now."""
    now = make.now()
    running = make.consultation(
        version=make.version(group=make.group(host="ours.test")),
        opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=8)).date(),
    )
    return make.submission(consultation=running, at=now, visibility="PUBLIC")


@pytest.mark.parametrize(
    ("facts", "later", "reason"),
    [
        ({"visibility": "PUBLIC"}, timedelta(), ""),
        ({"visibility": "REDACTED"}, timedelta(), ""),
        ({"visibility": "CHECKING"}, timedelta(), UNREAD),
        ({"visibility": "HIDDEN"}, timedelta(), UNREAD),
        ({"visibility": "SET_ASIDE"}, timedelta(), UNREAD),
        ({"visibility": "PUBLIC"}, OVER, CLOSED),
        ({"visibility": "PUBLIC"}, -timedelta(days=30), CLOSED),
        (
            {"visibility": "PUBLIC", "kind": "QUESTION", "lineage_id": ""},
            timedelta(),
            "A question gets an answer; there is nothing to agree with.",
        ),
    ],
)
def test_may_support(facts, later, reason):
    assert rules.may_support(make.submission(**facts), NOON + later).reason == reason


def test_nobody_agrees_with_what_was_withdrawn():
    spoken = make.submission(visibility="PUBLIC")
    speaking.withdraw(submission=spoken, at=NOON)
    spoken.refresh_from_db()

    assert rules.may_support(spoken, NOON).reason == UNREAD


def agree(spoken, device="a" * 64):
    supporting.agree(submission=spoken, device=device, network="n", at=make.now())


def test_a_device_counts_once_and_again_after_it_was_taken_back(spoken):
    counts = []
    for _time in range(2):
        agree(spoken)
        agree(spoken)
        counts.append(supports.count(spoken))
        supporting.take_back(submission=spoken, device="a" * 64, at=make.now())
        counts.append(supports.count(spoken))

    assert counts == [1, 0, 1, 0]
    assert Support.objects.count() == 1
    assert not Entry.objects.filter(event__startswith="support").exists()


def test_one_network_agrees_sixty_times_an_hour(spoken, settings):
    settings.CACHES = {**settings.CACHES, "limits": settings.CACHES["default"]}
    for number in range(supporting.FROM_NETWORK):
        agree(spoken, f"{number:064}")

    with pytest.raises(Refused):
        agree(spoken, "b" * 64)
    agree(spoken, f"{5:064}")  # who agreed already is not counted anew


def test_what_is_kept_of_a_device_tells_nothing_of_others(spoken):
    other = make.submission(consultation=spoken.consultation, at=make.now())

    kept = {supports.of_cookie(one, "x") for one in (spoken, other)}
    kept |= {supports.of_address(one, "J.B@post.lt") for one in (spoken, other)}

    assert len(kept) == 4
    assert supports.of_address(spoken, "j.b@POST.lt") in kept


def _address(spoken):
    return reverse("consultations:support", args=[spoken.number])


def test_one_press_without_scripts_and_without_a_token(spoken):
    client = Client(enforce_csrf_checks=True)

    pressed = client.post(_address(spoken), headers=OURS)
    cookie = pressed.cookies["sutarta_device"]
    page = client.get(_address(spoken), headers=HOST).content.decode()
    back = client.post(_address(spoken), {"take_back": "1"}, headers=OURS)

    assert (pressed.status_code, back.status_code) == (302, 302)
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 31536000)
    assert 'name="take_back"' in page
    assert supports.count(spoken) == 0


def test_looking_sets_no_cookie(client, spoken):
    for path in (_address(spoken), "/p/", "/p/1/"):
        assert "sutarta_device" not in client.get(path, headers=HOST).cookies


@pytest.mark.parametrize("origin", ["", "null", "https://elsewhere.test", "http://ours.test.evil"])
def test_a_press_from_elsewhere_is_refused(client, spoken, origin):
    answer = client.post(_address(spoken), headers={**HOST, "origin": origin})

    assert answer.status_code == 403
    assert supports.count(spoken) == 0


def test_a_forged_device_is_a_new_device(client, spoken):
    client.post(_address(spoken), headers=OURS)
    client.cookies["sutarta_device"] = "made:up"
    client.post(_address(spoken), headers=OURS)

    assert supports.count(spoken) == 2


def test_with_scripts_only_the_button_changes(client, spoken):
    answer = client.post(_address(spoken), headers={**OURS, "hx-request": "true"})

    assert answer.status_code == 200
    assert answer.content.decode().lstrip().startswith("<form")
    assert 'name="take_back"' in answer.content.decode()


def _letter(client, spoken, email="j.b@alksniai.example"):
    answer = client.post(_address(spoken), {"email": email}, headers=OURS)
    mail.send_due(make.now())
    return answer


def test_by_letter_the_link_counts_nothing_and_its_button_counts_once(client, spoken):
    _letter(client, spoken)
    link = re.search(r"http://ours\.test(\S+)", outbox.outbox[0].body)[1]

    client.get(link, headers=HOST)
    looked = supports.count(spoken)
    for _time in range(2):
        client.post(link, headers=HOST)
    agreed = supports.count(spoken)
    client.post(link, {"take_back": "1"}, headers=HOST)

    assert (looked, agreed, supports.count(spoken)) == (0, 1, 0)
    assert "alksniai.example" not in str(Support.objects.values())


@pytest.mark.parametrize("email", ["", "x", "x@", "a b@c.lt"])
def test_a_bad_address_is_told_and_stays(client, spoken, email):
    client.cookies["sutarta_language"] = "en"
    answer = _letter(client, spoken, email)

    assert answer.status_code == 422
    assert f'value="{email}"' in answer.content.decode() or not email
    assert outbox.outbox == []


@pytest.mark.parametrize("signed", ["x", "x:y:z"])
def test_a_made_up_link_leads_nowhere(client, spoken, signed):
    address = reverse("consultations:support_link", args=[spoken.number, signed])

    assert client.get(address, headers=HOST).status_code == 404


def test_a_link_opens_no_other_proposal(client, spoken):
    other = make.submission(consultation=spoken.consultation, at=make.now(), visibility="PUBLIC")
    signed = supports.link_for(spoken, "a" * 64)
    address = reverse("consultations:support_link", args=[other.number, signed])

    assert client.get(address, headers=HOST).status_code == 404


@pytest.mark.parametrize("path", ["/p/", "/p/1/", "/s/1/1/{lineage}/"])
def test_the_count_is_right_on_kept_pages_at_once(client, spoken, path):
    path = path.format(lineage=spoken.lineage_id)
    client.cookies["sutarta_language"] = "en"
    counts = []
    for device in ("a" * 64, "b" * 64):
        page = client.get(path, headers=HOST).content.decode()
        counts.append(bool(re.search(r"\b\d agree", page)))
        agree(spoken, device)

    page = client.get(path, headers=HOST).content.decode()
    assert counts == [False, True]
    assert re.search(r"\b2 agree", page)
    assert "csrf" not in page
