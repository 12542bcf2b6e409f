"""The office writes down a call, a letter, an e-mail and a comment, and tells people by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sutarta.apps.consultations.actions import entering
from sutarta.apps.consultations.models import Channel, Submission, Telling, Visibility
from sutarta.apps.people import actions as people
from sutarta.apps.people.models import Role
from tests import make

MOST_KEYS = 25  # besides author and text
CARE = "Pagalba į namus teikiama kasdien, taip pat savaitgaliais."
REST = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę."
LETTER = """Nuo: R M <r.m@alksniai.example>
Data: 2026-11-20 10:12
Tema: Suolas

Prašau suolo prie poliklinikos.

--
R. M.
"""


@pytest.fixture
def consultation(group):
    now = make.now()
    version = make.version(CARE, REST, group=group)
    return make.consultation(
        version=version,
        opens_at=now - timedelta(days=30),
        last_day=(now + timedelta(days=5)).date(),
    )


@pytest.fixture
def office(walk, group):
    """A walk signed in as a moderator."""

    def begin(**facts):
        who = make.member(of=group, role=Role.MODERATOR)
        secret = people.make_link(group=group, user=who, at=make.now())
        way = walk(**facts)
        way.page.goto(f"{way.base}/in/{secret}/")
        way.page.get_by_role("button").last.click()
        way.page.wait_for_load_state()
        return way

    return begin


class Keyboard:
    """Types at the page and counts the keys, author and text apart."""

    def __init__(self, page) -> None:
        self.page, self.count = page, 0

    def press(self, key: str, times: int = 1) -> None:
        for _time in range(times):
            self.page.keyboard.press(key)
            self.count += 1

    def type(self, words: str, *, counted: bool = True) -> None:
        self.page.keyboard.type(words)
        self.count += len(words) if counted else 0

    def until(self, name: str) -> None:
        """Tab on to the field of that name."""
        for _tab in range(20):
            self.press("Tab")
            if self.page.evaluate("document.activeElement.name") == name:
                return
        raise AssertionError(f"{name} is not reached")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_call_is_registered_by_keyboard_alone(office, consultation, width):
    way = office(js=True, width=width)
    way.open("/desk/p/new/?channel=PHONE")
    keys = Keyboard(way.page)

    keys.type("Reikia, kad slaugytoja ateitų ir vakare.", counted=False)
    keys.until("author_name")
    keys.type("R M", counted=False)
    keys.until("find")
    keys.type("2.1")
    keys.until("phone")
    keys.type("860000000")
    with way.page.expect_navigation():
        keys.press("Control+Enter")

    made = Submission.objects.get()
    print(f"a call with passage and telephone: {keys.count} keys besides author and text")
    assert keys.count <= MOST_KEYS
    assert (made.channel, made.phone, made.author_name) == (Channel.PHONE, "860000000", "R M")
    assert made.lineage_id == make.passage(consultation.version)
    assert way.says(f"Nr. {made.number}")


def test_enter_in_the_search_shows_the_passage_and_keeps_everything(office, consultation):
    way = office(js=True, width=1280)
    way.open("/desk/p/new/?channel=PHONE")
    keys = Keyboard(way.page)
    keys.type("Reikia suolo.")
    keys.until("author_name")
    keys.until("find")
    keys.type("laisvų valandų")
    keys.press("Enter")
    way.page.locator("#place blockquote").wait_for()

    assert way.says("prašo kelių laisvų valandų per savaitę")
    assert way.page.locator("[name=text]").input_value() == "Reikia suolo."
    assert way.page.evaluate("document.activeElement.name") == "find"
    assert not Submission.objects.exists()


def test_an_unfinished_entry_outlives_the_tab_and_a_finished_one_does_not(office, consultation):
    way = office(js=True, width=1280)
    way.open("/desk/p/new/?channel=PHONE")
    way.fill("Ką žmogus sako", "Skambutis nutrūko, bet")
    way.page.wait_for_timeout(600)

    way.open("/desk/p/new/?channel=PHONE")
    kept = way.page.locator("[name=text]").input_value()
    way.press("Užregistruoti ir rašyti kitą")
    after = way.page.locator("[name=text]").input_value()

    assert (kept, after) == ("Skambutis nutrūko, bet", "")


def test_a_paper_letter_without_javascript_and_another_one(office, consultation):
    way = office()
    way.open("/desk/p/")
    way.press("Užregistruoti skambutį ar laišką")
    way.choose("Popieriuje")
    way.fill("Ką žmogus sako", "Reikia suolo prie poliklinikos.")
    way.fill("Vardas", "R M")
    way.fill("Pastraipa, apie kurią kalba", "laisvų valandų")
    way.press("Rodyti pastraipą")
    assert way.says("prašo kelių laisvų valandų per savaitę")
    way.press("Užregistruoti ir rašyti kitą")

    made = Submission.objects.get()
    way.tell("a paper letter without JavaScript")
    assert way.says("Užregistruota: Nr. 1.")
    assert (made.channel, made.entered_by is None) == (Channel.PAPER, False)
    assert made.lineage_id == make.passage(consultation.version, 2)
    assert way.page.get_by_label("Popieriuje").is_checked()


def test_an_email_is_pasted_looked_at_and_registered(office, consultation):
    way = office()
    way.open("/desk/p/new/")
    way.press("Paimti iš el. laiško")
    way.fill("Arba įklijuokite laišką", LETTER)
    way.press("Rodyti, kas bus paimta")
    assert way.says("Dar niekas neužregistruota")
    way.picture("entering-email")
    way.press("Užregistruoti")

    made = Submission.objects.get()
    way.tell("an e-mail pasted")
    assert (made.channel, made.email) == (Channel.EMAIL, "r.m@alksniai.example")
    assert made.body == "Prašau suolo prie poliklinikos."
    assert made.notes.get().text.endswith("R. M.")


def test_a_comment_elsewhere_is_registered_and_replied_to(office, consultation):
    way = office()
    way.open("/desk/p/new/?channel=ELSEWHERE")
    way.fill("Ką žmogus sako", "Kada bus takas prie upės?")
    way.fill("Kur tai pasakyta?", "Alksnių kaimynai")
    way.page.get_by_label("Nuoroda").fill("https://kaimynai.example/1")
    way.press("Užregistruoti ir paskelbti, kaip yra")
    assert way.says("Jūsų komentarą užregistravome (Nr. 1)")
    way.picture("entering-elsewhere")
    way.press("Įklijavau")

    made = Submission.objects.get()
    way.tell("a comment elsewhere")
    assert way.says("Įklijuota")
    assert made.visibility == Visibility.PUBLIC
    assert made.source.replied_at is not None


def test_people_without_email_are_told_and_ticked_off(office, consultation):
    at = make.now() - timedelta(hours=1)
    for facts in (
        {"channel": Channel.PHONE, "phone": "+370 600 00000", "origin": entering.Origin()},
        {"channel": Channel.PAPER, "post_address": "Liepų g. 7", "origin": entering.Origin()},
        {},
    ):
        made = make.entered(consultation=consultation, at=at, author_name="R M", **facts)
        make.answer(made, published_at=at)
    way = office()
    way.open("/desk/")
    way.press("Pranešti žmonėms be el. pašto")
    assert way.says("Pranešta: 0 iš 3")
    way.picture("telling")
    way.open(f"/desk/c/{consultation.number}/telling/letters/")
    way.page.emulate_media(media="print")
    assert way.page.locator(".paper-letter").is_visible()
    assert not way.page.locator(".masthead").is_visible()
    assert not way.page.get_by_text("Grįžti į sąrašą").is_visible()
    way.open(f"/desk/c/{consultation.number}/telling/")
    way.page.emulate_media(media="screen")
    for button in ("Laiškas išsiųstas", "Paskambinau", "Įklijavau"):
        way.press(button)

    way.tell("telling three people")
    assert way.says("Pranešta: 3 iš 3")
    assert Telling.objects.count() == 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_page_is_accessible_and_stands_upright(office, consultation, axe, width, scheme):
    at = make.now() - timedelta(hours=1)
    for facts in ({"phone": "+370 600 00000"}, {"post_address": "Liepų g. 7"}):
        made = make.entered(
            consultation=consultation,
            at=at,
            channel=Channel.PAPER,
            origin=entering.Origin(),
            **facts,
        )
        make.answer(made, published_at=at)
    found = make.entered(consultation=consultation, at=at)
    way = office(js=True, width=width, scheme=scheme)
    number = consultation.number

    for address in (
        "/desk/p/new/?channel=ELSEWHERE",
        "/desk/p/letter/",
        f"/desk/p/{found.number}/entered/",
        f"/desk/c/{number}/telling/",
        f"/desk/c/{number}/telling/letters/",
    ):
        way.open(address)
        for details in way.page.locator("main details").all():
            details.evaluate("box => { box.open = true; }")
        way.picture(f"c-{address.strip('/').replace('/', '-').split('?')[0]}-{width}-{scheme}")
        wide = way.page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (address, wide)
        result = axe.run(way.page)
        assert result.violations_count == 0, (address, result.generate_report())
