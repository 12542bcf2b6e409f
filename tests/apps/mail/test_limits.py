"""Strangers cannot make us flood anybody, and nobody is shut out because of them."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import RequestFactory
from django.urls import reverse

from sutarta.apps.consultations.models import Submission
from sutarta.apps.mail import actions, limits
from sutarta.apps.mail.models import Letter, LetterState
from tests import make
from tests.make import NOON

HOST = {"host": "ours.test"}


@pytest.fixture(autouse=True)
def counting(settings):
    """The tests' own settings count nothing."""
    memory = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {**settings.CACHES, "limits": {"BACKEND": memory, "LOCATION": "limits"}}
    caches["limits"].clear()
    yield
    caches["limits"].clear()


def test_one_address_gets_a_few_letters_an_hour():
    sent = [limits.may_write("A@post.example", f"n{n}", NOON) for n in range(7)]
    other = limits.may_write("b@post.example", "n", NOON)
    later = limits.may_write("a@post.example", "n", NOON + timedelta(hours=1))

    assert sent == [True] * 5 + [False] * 2
    assert (other, later) == (True, True)


def test_one_network_causes_a_few_letters_an_hour():
    sent = [limits.may_write(f"{n}@post.example", "10.0.0.1/32", NOON) for n in range(32)]

    assert sent == [True] * 30 + [False] * 2
    assert limits.may_write("z@post.example", "10.0.0.2/32", NOON)


def test_nothing_counted_names_anybody():
    limits.may_write("a@post.example", "10.0.0.1/32", NOON)

    kept = " ".join(caches["limits"]._cache)
    assert "post.example" not in kept
    assert "10.0.0.1" not in kept


@pytest.mark.parametrize(
    ("behind", "forwarded", "network"),
    [
        (False, "198.51.100.7", "192.0.2.1/32"),
        (True, "198.51.100.7", "198.51.100.7/32"),
        (True, "10.9.9.9, 198.51.100.7", "198.51.100.7/32"),
        (True, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        (True, "::ffff:198.51.100.7", "198.51.100.7/32"),
        (True, "nonsense", "unknown"),
    ],
)
def test_the_network_is_what_our_own_proxy_saw_last(settings, behind, forwarded, network):
    settings.BEHIND_PROXY = behind
    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get(
        "/", headers={"X-Forwarded-For": forwarded}
    )

    assert limits.network_of(request) == network


@pytest.mark.django_db
def test_beyond_the_limit_everything_is_taken_but_no_letter_is_sent(client):
    now = make.now()
    its = make.consultation(
        group=make.group(host="ours.test"),
        opens_at=now - timedelta(days=9),
        announced_at=now - timedelta(days=9),
        last_day=(now + timedelta(days=9)).date(),
    )
    address = reverse("consultations:say", args=[its.number])
    said = {"kind": "general", "step": "send", "email": "robbed@post.example"}

    pages = [
        client.post(address, {**said, "body": f"Siūlymas {n}"}, headers=HOST, follow=True)
        for n in range(7)
    ]

    assert {page.status_code for page in pages} == {200}
    assert Submission.objects.filter(confirmed_at=None).count() == 7
    assert Letter.objects.filter(to="robbed@post.example").count() == 5
    told = ["letter we have sent" in page.content.decode() for page in _in_english(client, pages)]
    assert told == [True] * 5 + [False] * 2


def _in_english(client, pages):
    client.cookies["sutarta_language"] = "en"
    return [client.get(page.redirect_chain[-1][0], headers=HOST) for page in pages]


@pytest.mark.django_db
def test_what_no_server_can_send_holds_no_other_letter_up(monkeypatch):
    group = make.group()
    for n, to in enumerate(["a@post.example", "b@post.example"]):
        actions.post(
            group=group, to=to, subject="x", text="x", kind="x", key=f"{n}", language="lt",
            at=NOON + timedelta(seconds=n),
        )  # fmt: skip
    message = actions.sending._message

    def poisoned(letter):
        if letter.to.startswith("a@"):
            raise UnicodeError("label too long")
        return message(letter)

    monkeypatch.setattr(actions.sending, "_message", poisoned)

    assert actions.send_due(NOON + timedelta(minutes=1)) == 1
    assert list(Letter.objects.order_by("key").values_list("state", "attempts")) == [
        ("QUEUED", 1),
        ("SENT", 0),
    ]


@pytest.mark.django_db
def test_no_letter_is_kept_longer_than_a_year(settings):
    settings.MAIL_URL = ""
    group = make.group()
    for state in LetterState.values:
        actions.post(
            group=group, to="a@post.example", subject="x", text="x", kind="x", key=state,
            language="lt", at=NOON,
        )  # fmt: skip
        Letter.objects.filter(key=state).update(state=state)
    Letter.objects.filter(key="SENT").update(sent_at=NOON)

    actions.forget_sent(NOON + timedelta(days=31))
    after_a_month = set(Letter.objects.values_list("key", flat=True))
    actions.forget_sent(NOON + timedelta(days=366))

    assert after_a_month == {"QUEUED", "FAILED"}
    assert Letter.objects.count() == 0


def test_one_address_gets_so_many_letters_a_day():
    sent = [
        limits.may_write("a@post.example", f"n{n}", NOON + (n // 3) * timedelta(minutes=61))
        for n in range(36)
    ]
    tomorrow = limits.may_write("a@post.example", "n", NOON + timedelta(days=1))

    assert (sum(sent), sent[:20], tomorrow) == (20, [True] * 20, True)
