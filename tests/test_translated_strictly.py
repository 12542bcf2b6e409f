"""No English on Lithuanian pages and no Lithuanian on English ones, form errors included.

The words of the page are read with their languages: what stands in an element marked with
another language may be in that language.
"""

from __future__ import annotations

import gettext
import re
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

import sutarta
from sutarta.apps.consultations import papers
from sutarta.apps.consultations.models import Report
from sutarta.formats.papers import Run
from tests import doors, make
from tests.doors import read

pytestmark = pytest.mark.django_db

HOST = {"host": "ours.test"}
ROOT = Path(sutarta.__file__).parent
# Small words that every English sentence needs and no Lithuanian one has.
SMALL = re.compile(
    r"\b(?:the|of|and|or|with|without|your|you|yours|this|that|these|those|from|have|has|had|been|"
    r"please|is|are|was|were|it|its|they|their|we|our|not|for|by|at|an|when|where|which|who|"
    r"what|why|how|here|there|will|would|can|cannot|could|should|must|may|do|does|did|than|then|"
    r"only|any|every|enter|valid|field|required|value|characters|choice|select|file|page|found|"
    r"error|today|yesterday|tomorrow|now|ago|yes)\b",
    re.IGNORECASE,
)
SPOKEN = {"alt", "aria-label", "title", "placeholder", "data-done", "data-words", "data-busy",
          "data-all", "data-keep-restored", "data-keep-note", "data-keep-again", "label",
          "data-keep-offline", "data-keep-retry"}  # fmt: skip
UNREAD = {"script", "style", "svg", "code", "kbd", "samp"}
EMPTY = {"input", "img", "br", "hr", "meta", "link", "source", "wbr", "col", "use", "path"}
# Addresses, file names, keys and the licence are in nobody's language.
ADDRESS = re.compile(r"\S*[@/]\S*|\S+\.\S+|Ctrl\s?\+\s?\w+|CC BY")


class Reader(HTMLParser):
    """Pieces of a page as (language, words), in the order of reading."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str, bool]] = []
        self.pieces: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        _tag, language, unread = self.open[-1] if self.open else ("", "", False)
        language, unread = facts.get("lang", language), unread or tag in UNREAD
        for name in SPOKEN & set(facts):
            self.pieces.append((language, facts[name] or ""))
        if tag == "input" and facts.get("type") in {"submit", "button"}:
            self.pieces.append((language, facts.get("value") or ""))
        if tag not in EMPTY:
            self.open.append((tag, language, unread))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while any(one[0] == tag for one in self.open) and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        _tag, language, unread = self.open[-1] if self.open else ("", "", False)
        if not unread and data.strip():
            self.pieces.append((language, data))


def said(page: str, language: str) -> str:
    """What the page says in that language, addresses left out."""
    reader = Reader()
    reader.feed(page)
    words = " ".join(text for code, text in reader.pieces if code in {language, ""})
    return " ".join(ADDRESS.sub(" ", " ".join(words.split())).split())


def english(page: str) -> set[str]:
    return {word.lower() for word in SMALL.findall(said(page, "lt"))}


def _lithuanian_pieces():
    gap = re.compile(r"%\(\w+\)[sd]|%[sd]|\s*\n\s*")
    for compiled in sorted(ROOT.rglob("locale/lt/LC_MESSAGES/django.mo")):
        with compiled.open("rb") as file:
            for key, text in gettext.GNUTranslations(file)._catalog.items():
                source = key[0] if isinstance(key, tuple) else key
                yield from (
                    piece.strip()
                    for piece in gap.split(text)
                    if sum(map(str.isalpha, piece)) > 20 and piece.strip() not in source
                )


PIECES = frozenset(_lithuanian_pieces())


def test_the_reader_knows_languages():
    page = (
        '<html lang="lt"><p title="Enter it">Žodis <b lang="en">the word</b> ir <i>of</i></p>'
        "<script>the</script><img alt='who'><p>a@the.lt /of/the</p></html>"
    )

    assert english(page) == {"enter", "it", "of", "who"}


@pytest.fixture
def house():
    return doors.House()


def client_of(house, role, language="lt"):
    client = Client(raise_request_exception=False)
    client.cookies["sutarta_language"] = language
    if role:
        client.force_login(make.member(of=house.group, role=role))
    return client


def is_page(answer):
    return answer.headers.get("Content-Type", "").startswith("text/html")


def asked(client, address, data=None):
    """The answer, with whatever asking changed undone."""
    with transaction.atomic():
        answer = client.get(address, headers=HOST) if data is None else client.post(
            address, data, headers=HOST
        )  # fmt: skip
        read(answer)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("role", ["", "COORDINATOR", "MODERATOR"])
def test_no_small_english_word_is_left_on_any_page(house, role):
    client = client_of(house, role)
    left = {}

    for name in sorted(doors.DOORS):
        answer = asked(client, reverse(name, args=house.keys(name)))
        if is_page(answer) and (words := english(answer.content.decode())):
            left[name] = words

    assert left == {}


@pytest.mark.parametrize("role", ["", "COORDINATOR"])
def test_no_lithuanian_sentence_is_left_on_english_pages(house, role):
    client = client_of(house, role, "en")
    left = {}

    for name in sorted(doors.DOORS):
        answer = asked(client, reverse(name, args=house.keys(name)))
        if is_page(answer):
            page = said(answer.content.decode(), "en")
            if words := {piece for piece in PIECES if piece in page}:
                left[name] = words

    assert left == {}


FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
FIELD = re.compile(r"<(input|textarea|select)\b([^>]*)>", re.DOTALL)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
KEPT = {"hidden", "submit"}
BUTTON = re.compile(r'<button\b[^>]*name="([^"]*)"[^>]*value="([^"]*)"', re.DOTALL)


def forms(page, address):
    """(address, fields, kinds) of every form that sends something."""
    for facts, inside in FORM.findall(page):
        its = dict(ATTRIBUTE.findall(facts))
        if its.get("method", "get").lower() != "post":
            continue
        fields, kinds = {}, {}
        for tag, attributes in FIELD.findall(inside):
            about = dict(ATTRIBUTE.findall(attributes))
            if name := about.get("name"):
                kinds[name] = about.get("type", tag)
                fields[name] = about.get("value", "")
        buttons = dict(BUTTON.findall(inside)[:1])
        target = its.get("action") or address
        yield (address.split("?")[0] + target if target.startswith("?") else target), {
            **fields, **buttons,
        }, kinds  # fmt: skip


NONSENSE = {
    "empty": lambda kind: "",
    "odd": lambda kind: "☃ x \x00 <b>",
    "long": lambda kind: "a" * 30_000,
}


def spoilt(fields, kinds, how):
    """The form with nonsense in everything a person may type or choose."""
    return {
        name: value if kinds.get(name) in KEPT or name not in kinds else NONSENSE[how](kinds[name])
        for name, value in fields.items()
    }


@pytest.mark.parametrize("how", sorted(NONSENSE))
@pytest.mark.parametrize("role", ["", "COORDINATOR"])
def test_no_error_of_any_form_is_english(house, role, how):
    client = client_of(house, role)
    left, tried = {}, 0

    for name in sorted(doors.DOORS):
        address = reverse(name, args=house.keys(name))
        page = asked(client, address)
        if not is_page(page):
            continue
        for target, fields, kinds in forms(page.content.decode(), address):
            answer = asked(client, target.replace("&amp;", "&"), spoilt(fields, kinds, how))
            tried += 1
            if answer.status_code == 500:
                left[f"{name} {target}"] = "broke"
            elif is_page(answer) and (words := english(answer.content.decode())):
                left[f"{name} {target}"] = words

    assert tried > (20 if role else 5)
    assert left == {}


def test_what_is_refused_for_being_too_often_is_told_in_lithuanian(house):
    client = client_of(house, "")
    address = reverse("account_request_login_code")

    mails = [f"{number}@post.example" for number in range(40)]
    answers = [client.post(address, {"email": mail}, headers=HOST) for mail in mails]

    print({answer.status_code for answer in answers})
    pages = [answer.content.decode() for answer in answers if is_page(answer)]
    assert {word for page in pages[-3:] for word in english(page)} == set()


def _runs(piece):
    """The words of a paper, wherever in it they stand."""
    if isinstance(piece, Run):
        yield piece.text
    elif isinstance(piece, tuple | list):
        for one in piece:
            yield from _runs(one)
    elif is_dataclass(piece):
        for one in fields_of(piece):
            yield from _runs(getattr(piece, one.name))


def test_no_small_english_word_is_left_in_papers(house):
    with translation.override("lt"):
        made = [
            papers.register(house.group, "lt", make.now()),
            papers.version(house.group, house.strategy.versions.first()),
            papers.closing_report(Report.objects.get()),
        ]

    said = [" ".join([*_runs(one), one.title, one.running]) for one in made]
    assert [set(SMALL.findall(ADDRESS.sub(" ", words))) for words in said] == [set()] * 3
    assert all(len(words) > 100 for words in said)
