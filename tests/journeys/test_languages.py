"""Somebody writes in Ukrainian on a phone; the desk translates; both texts stand side by side."""

from __future__ import annotations

import pytest

from sutarta.apps.consultations.actions import answering
from sutarta.apps.consultations.models import Answer, Outcome, Submission
from sutarta.apps.people import actions as people
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Нехай у бібліотеці щосуботи буде година литовської мови для новоприбулих."
LITHUANIAN = "Tegul bibliotekoje kiekvieną šeštadienį būna lietuvių kalbos valanda atvykusiems."


def signed_in(walk, group, width=1280):
    who = make.member(of=group)
    way = walk(js=True, width=width)  # axe needs scripts
    way.open(f"/in/{people.make_link(group=group, user=who, at=make.now())}/")
    way.page.get_by_role("button").last.click()
    way.page.wait_for_load_state()
    return way


def violations(axe, page):
    found = axe.run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"][:160]) for one in found]


def sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


def _look_at(walk, axe, *addresses):
    """No page is wider than a small phone, and axe finds nothing; also after a mistake."""
    eye = walk(js=True, width=320)
    for address in addresses:
        eye.open(address)
        assert not sideways(eye.page), address
        assert violations(axe, eye.page) == []
    eye.press("Надіслати й отримати номер")
    assert eye.says("Напишіть свою пропозицію.")
    assert not sideways(eye.page)
    assert violations(axe, eye.page) == []


def test_the_office_offers_a_language_and_tells_it_more_plainly(walk, consultation, axe):
    way = signed_in(walk, consultation.group)
    way.open("/desk/settings/languages/")
    way.press("українська")
    way.press("Užpildyti jais tuščius laukelius")
    way.picture("languages-words-1280")
    assert violations(axe, way.page) == []
    way.press("Išsaugoti ir siūlyti formą")
    assert way.says("Išsaugota. Dabar gyventojai gali rašyti šia kalba.")

    way.open(f"/desk/c/{consultation.number}/")
    way.press("Paprastai ir kitomis kalbomis")
    way.press("Parašyti paprastai")
    way.fill("Pavadinimas", "Miesto planas paprastai")
    way.fill("Tekstas", "Miestas rašo planą. Pasakykite, ko trūksta.")
    way.press("Patikrinti, ar lengva skaityti")
    assert way.says("Sakinių: 2.")
    way.picture("languages-easy-1280")
    assert violations(axe, way.page) == []
    way.press("Išsaugoti tekstą")
    way.tell("a language of the form and an easy text, at the desk")

    resident = walk(width=320)
    resident.open(f"/c/{consultation.number}/")
    resident.press("Paprastai")
    assert resident.says("Miestas rašo planą.")
    assert resident.page.locator("article").get_attribute("lang") == "lt"
    seen = walk(js=True, width=320)
    seen.open(resident.page.url)
    assert not sideways(seen.page)
    assert violations(axe, seen.page) == []


def test_both_texts_stand_side_by_side(walk, consultation, axe):
    group = consultation.group
    make.form_words(of=group)
    make.rendition(consultation, text="Розкажіть, чого бракує.")

    way = walk(width=390)
    way.open(f"/c/{consultation.number}/")
    way.press("українська")
    way.press("Розкажіть, що ви думаєте")
    way.pages = way.clicks = 0  # from here on: the pages of speaking itself
    way.press("Надіслати й отримати номер")
    assert way.says("Напишіть свою пропозицію.")
    way.picture("languages-errors-390")
    way.fill("Ваша пропозиція", WORDS)
    way.fill("Електронна пошта", "o.k@alksniai.example")
    way.press("Надіслати й отримати номер")
    assert way.says("Дякуємо, ми отримали вашу пропозицію")
    assert way.says("Ваш номер: 1")
    assert way.says("Ačiū")
    way.picture("languages-receipt-390")
    way.tell("a proposal in Ukrainian without JavaScript")
    assert (way.fields, way.pages) == (2, 2)
    own_page = way.page.url
    _look_at(walk, axe, own_page, f"/c/{consultation.number}/say/in/uk/")

    desk = signed_in(walk, group)
    desk.open("/desk/p/1/")
    desk.choose("Visą tekstą")
    desk.press("Nuspręsti, ką matys visi")
    desk.page.get_by_text("Nuspręsta, ką matys visi.").first.wait_for()
    desk.open("/desk/p/?show=foreign")
    assert desk.says("dar neišversta")
    desk.open("/desk/p/1/")
    desk.pages = desk.clicks = desk.fields = 0
    desk.press("Versti")
    desk.page.wait_for_url("**/translate/")
    desk.fill("Ką žmogus sako", LITHUANIAN)
    desk.picture("languages-translate-1280")
    assert violations(axe, desk.page) == []
    desk.press("Padėti šalia originalo")
    desk.page.get_by_text("Vertimas padėtas šalia originalo.").first.wait_for()
    assert desk.says(LITHUANIAN)
    desk.tell("a translation, at the desk")

    its = Submission.objects.get()
    answering.draft_answer(
        actor=make.member(of=group), submission=its, outcome=Outcome.ACCEPTED,
        reason="Susitarėme su biblioteka.", changed=[], is_ready=True, at=make.now(),
    )  # fmt: skip
    Answer.objects.update(published_at=make.now())

    reader = walk(js=True, width=1280)
    reader.open("/p/1/")
    original = reader.page.locator(".said[lang=uk]")
    translated = reader.page.locator(".translated .said[lang=lt]")
    assert WORDS in original.inner_text()
    assert LITHUANIAN in translated.inner_text()
    assert original.bounding_box()["x"] < translated.bounding_box()["x"]
    assert reader.says("Susitarėme su biblioteka.")
    reader.picture("languages-both-1280")
    assert violations(axe, reader.page) == []
    narrow = walk(js=True, width=320)
    narrow.open("/p/1/")
    assert not sideways(narrow.page)
    way.open(own_page)
    assert way.says("Susitarėme su biblioteka.")
