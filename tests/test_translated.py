"""On Lithuanian pages and in Lithuanian letters no English is left."""

from __future__ import annotations

import gettext
import html
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

import sutarta
from sutarta.apps.consultations.actions import answering, moderating, running
from sutarta.apps.consultations.models import Kind, Visibility
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.mail.models import Letter
from sutarta.apps.people import actions as people
from sutarta.core import deadlines
from tests import doors, make
from tests.doors import read
from tests.make import NOON

pytestmark = pytest.mark.django_db

ROOT = Path(sutarta.__file__).parent
HOST = {"host": "ours.test"}
GAP = re.compile(r"%\(\w+\)[sd]|%[sd]|\s*\n\s*")
UNSEEN = re.compile(r"<(script|style|svg)\b.*?</\1>|<!--.*?-->", re.DOTALL)
MARKED = re.compile(r'<pre\b[^>]*\blang="en".*?</pre>', re.DOTALL)  # a line for English pages
SPOKEN = re.compile(r'\b(?:alt|aria-label|title|placeholder|content|data-done)="([^"]*)"')
ENGLISH = re.compile(r"\b(?:the|and|with|your|this|that|from|have|been|please)\b", re.IGNORECASE)
LONG = 12  # letters: shorter pieces may be the same in both languages


def _pieces() -> Iterator[str]:
    """Every piece of an English sentence that has a Lithuanian one."""
    for compiled in sorted(ROOT.rglob("locale/lt/LC_MESSAGES/django.mo")):
        with compiled.open("rb") as file:
            strings = gettext.GNUTranslations(file)._catalog
        for key, said in strings.items():
            words = (key[0] if isinstance(key, tuple) else key).rsplit("\x04", 1)[-1]
            yield from (
                piece.strip()
                for piece in GAP.split(words)
                if sum(map(str.isalpha, piece)) > LONG and piece.strip() not in said
            )


PIECES = frozenset(_pieces())


def _visible(page: str) -> str:
    """What is read or heard of a page."""
    page = MARKED.sub(" ", UNSEEN.sub(" ", page))
    spoken = " ".join(SPOKEN.findall(page))
    words = re.sub(r"<[^>]+>", " ", page)
    return " ".join(html.unescape(f"{words} {spoken}").split())


def _english(text: str) -> set[str]:
    """What of the text is English."""
    text = " ".join(text.split())
    return {piece for piece in PIECES if piece in text} | set(ENGLISH.findall(text))


def _is_page(answer) -> bool:
    return answer.headers.get("Content-Type", "").startswith("text/html")


def test_the_catalogues_were_read():
    assert len(PIECES) > 500
    assert _english("Ačiū. Write your comment.") == {"Write your comment.", "your"}


def _asked(client, verb, address):
    """The page, with whatever asking for it changed undone."""
    with transaction.atomic():
        answer = getattr(client, verb)(address, headers=HOST)
        read(answer)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("verb", ["get", "post"])  # what is sent empty comes back with its errors
@pytest.mark.parametrize("who", ["resident", "coordinator", "auditor"])
def test_no_page_speaks_english(who, verb, house_and_clients):
    house, clients = house_and_clients
    pages = {}

    for name in sorted(doors.DOORS):
        answer = _asked(clients[who], verb, reverse(name, args=house.keys(name)))
        if _is_page(answer):
            pages[name] = _visible(answer.content.decode())

    assert len(pages) > 20
    assert {name: left for name, page in pages.items() if (left := _english(page))} == {}


def test_english_pages_are_english(client, house_and_clients):
    """What the other tests look for is there when it should be."""
    client.cookies["sutarta_language"] = "en"

    pages = [client.get(path, headers=HOST).content.decode() for path in ("/", "/p/", "/c/1/say/")]

    assert min(len(_english(_visible(page))) for page in pages) > 10


@pytest.fixture
def house_and_clients():
    house = doors.House()
    clients = {"resident": Client(), "coordinator": Client(), "auditor": Client()}
    clients["coordinator"].force_login(house.coordinator)
    clients["auditor"].force_login(make.member(of=house.group, role="AUDITOR"))
    return house, clients


SAYING = [
    "?kind=general",
    "?kind=question",
    "?kind=comment&block={block}",
    "?kind=wording&block={block}",
]


@pytest.mark.parametrize("query", SAYING)
@pytest.mark.parametrize("step", ["write", "check", "wrong"])
def test_no_step_of_speaking_is_english(client, house_and_clients, query, step):
    house, _clients = house_and_clients
    block = house.values["lineage"]
    kind = re.search(r"kind=(\w+)", query)[1]
    said = {"kind": kind, "block": block if "block" in query else "", "step": step}
    said |= {"body": "Žodžiai", "proposed": "Kiti žodžiai"} if step != "wrong" else {
        "body": "a" * 20_001,
        "proposed": "a" * 20_001,
        "email": "ne",
        "behalf": "organisation",
        "website": "x",
    }  # fmt: skip
    address = reverse("consultations:say", args=[house.values["consultation"]])

    pages = [
        client.get(address + query.format(block=block), headers=HOST),
        client.post(address, said, headers=HOST),
    ]

    assert [_english(_visible(page.content.decode())) for page in pages] == [set(), set()]


@pytest.mark.parametrize(
    ("method", "path", "facts", "status"),
    [
        ("get", "/nowhere/", {}, 404),
        ("get", "/in/oldoldoldoldoldoldoldoldoldold/", {}, 410),
        ("post", "/c/1/say/", {"CONTENT_LENGTH": "90000000"}, 413),
        ("post", "/desk/strategies/new/", {"CONTENT_LENGTH": "90000000"}, 413),
        ("get", "/p/?q=niekas&state=late", {}, 200),
    ],
)
def test_what_goes_wrong_is_told_in_lithuanian(
    client, house_and_clients, method, path, facts, status
):
    answer = getattr(client, method)(path, headers=HOST, **facts)

    assert answer.status_code == status
    assert _english(_visible(answer.content.decode())) == set()


def test_what_breaks_is_told_in_lithuanian(house_and_clients, monkeypatch):
    monkeypatch.setattr("sutarta.apps.strategies.queries.newest", None)
    stale = Client(enforce_csrf_checks=True).post("/c/1/say/", {"body": "Kas"}, headers=HOST)
    broken = Client(raise_request_exception=False).get("/p/1/", headers=HOST)

    assert (stale.status_code, broken.status_code) == (403, 500)
    assert _english(_visible(stale.content.decode() + broken.content.decode())) == set()


def test_no_letter_is_english(client):
    now = make.now()
    group = make.group(host="ours.test")
    who = make.member(of=group)
    its = make.consultation(group=group)
    make.submission(consultation=its, email="velai@post.example", at=NOON + timedelta(days=30))
    for at, visibility in enumerate([Visibility.REDACTED, Visibility.HIDDEN]):
        _decide(who, make.submission(consultation=its, email=f"{at}@post.example"), visibility)
    _answer(who, its)
    _extend(who, its)
    client.post(reverse("account_request_login_code"), {"email": who.email}, headers=HOST)
    people.make_link(group=group, user=who, at=now)

    letters = list(Letter.objects.all())

    assert {letter.kind for letter in letters} == {
        "submission.receipt", "moderated", "answered", "deadline_extended", "sign_in",
    }  # fmt: skip
    assert {letter.language for letter in letters} == {"lt"}
    assert [_english(f"{letter.subject}\n{letter.text}") for letter in letters] == [set()] * len(
        letters
    )


def _decide(who, submission, visibility):
    moderating.moderate(
        actor=who,
        submission=submission,
        visibility=visibility,
        public=Text(body="Uždengta."),
        reason="Kitų žmonių duomenys.",
        seen=submission.digest,
        at=NOON,
    )


def _answer(who, its):
    question = make.submission(
        consultation=its, kind=Kind.QUESTION, visibility=Visibility.PUBLIC, email="q@post.example"
    )
    answering.answer_question(actor=who, submission=question, reason="Taip.", at=NOON)
    closed = make.consultation(version=its.version)
    make.answer(
        make.submission(consultation=closed, visibility=Visibility.PUBLIC, email="c@post.example"),
        published_at=None,
    )
    answering.publish_answers(actor=who, consultation=closed, at=NOON + timedelta(days=20))


def _extend(who, its):
    later = deadlines.Deadline.of(
        make.LAST_DAY + timedelta(days=7), deadlines.Wording(), its.group.zone
    )
    running.set_deadline(
        actor=who,
        consultation=its,
        deadline=later,
        reason="Daugelis prašė.",
        answers_by=make.LAST_DAY + timedelta(days=21),
        at=NOON,
    )
