"""Keeping the list in order: spam set aside at once and taken back, keys, one answer for many."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sutarta.apps.consultations.models import Filing, Kind, Submission, Visibility
from sutarta.apps.people import actions as people
from tests import make
from tests.journeys.conftest import Walk

pytestmark = pytest.mark.django_db(transaction=True)

LAMPS = "Prašome įrengti apšvietimą prie mokyklos, vakarais vaikams tamsu eiti namo."


@pytest.fixture
def group():
    return make.group(host="localhost")


@pytest.fixture
def arrived(group):
    """Two alike, one question and two pieces of spam, received a minute ago."""
    consultation = make.consultation(group=group)
    texts = [LAMPS, f"{LAMPS} Labai reikia.", "Pirkite padangas!", "Geros padangos pigiai."]
    made = [make.submission(consultation=consultation, body=text) for text in texts]
    made.append(make.submission(consultation=consultation, kind=Kind.QUESTION, body="Kada?"))
    return made


def sign_in(way: Walk, group) -> None:
    coordinator = make.member(of=group)
    way.base = way.base.replace("127.0.0.1", "localhost")
    way.open(f"/in/{people.make_link(group=group, user=coordinator, at=make.now())}/")
    way.press("Prisijungti")
    way.pages = way.clicks = 0


def visibility() -> list[str]:
    return list(Submission.objects.order_by("number").values_list("visibility", flat=True))


def test_spam_is_set_aside_with_one_reason_and_taken_back(walk, group, arrived):
    way = walk()
    sign_in(way, group)
    way.open("/desk/p/?show=moderate")
    for number in (3, 4):
        way.choose(f"Nr. {number}")
    way.page.get_by_text("Atidėti…").click()
    way.clicks += 1
    way.fill("Priežastis, viena visiems", "Reklama.")
    way.press("Atidėti kaip brukalą ar įžeidimą")

    assert way.says("Atidėta pasiūlymų: 2.")
    assert visibility()[2:4] == [Visibility.SET_ASIDE] * 2
    way.picture("inbox-set-aside")
    way.press("Atšaukti")

    assert way.says("Atšaukta, pasiūlymų: 2.")
    assert visibility() == [Visibility.CHECKING] * 5
    way.tell("spam set aside and taken back, without JavaScript, 390 px")


def test_the_list_is_worked_through_with_the_keyboard(walk, group, arrived):
    way = walk(js=True, width=1280)
    sign_in(way, group)
    way.open("/desk/p/?show=moderate")
    keys = way.page.keyboard
    for key in "jxjjxjx":  # the question, the second and the third from the top
        keys.press(key)
    ticked = way.page.locator("input[name=ticked]:checked")
    assert [box.get_attribute("value").split(":")[0] for box in ticked.all()] == ["5", "3", "2"]

    way.page.locator("summary", has_text="Žyma…").click()
    way.fill("Žyma", "Skubu")
    keys.press("Enter")
    way.page.get_by_text("Žyma uždėta, pasiūlymų: 3.").wait_for()
    keys.press("u")
    way.page.get_by_text("Atšaukta, pasiūlymų: 3.").wait_for()

    keys.press("/")
    keys.type("padangos ujk?x")
    assert way.page.locator("#words").input_value() == "padangos ujk?x"
    way.page.locator("#words").blur()
    keys.press("?")
    assert way.says("kitas pasiūlymas")
    keys.press("j")
    keys.press("Enter")
    way.page.wait_for_url("**/desk/p/5/**")
    way.tell("three tagged and undone by keys")


def test_alike_ones_are_put_together_and_placed_at_one_more_passage(walk, group, arrived):
    way = walk()
    sign_in(way, group)
    way.open("/desk/p/1/?show=all")
    assert way.says("Šie panašūs")
    way.press("Sujungti")
    assert way.says("Į juos bus atsakoma kartu.")
    assert Submission.objects.filter(bundle__isnull=False).count() == 2

    way.fill("Rasti pastraipą", "laisvų valandų")
    finder = way.page.locator("form", has=way.page.get_by_label("Rasti pastraipą pagal"))
    finder.get_by_role("button", name="Rodyti pastraipas").click()
    way.press("Priskirti ir čia")
    way.picture("inbox-one")

    assert way.says("Dabar jis ir prie tos pastraipos.")
    assert Filing.objects.count() == 1
    way.tell("put together and placed at one more passage, without JavaScript, 390 px")
    strategy = arrived[0].version.strategy.number
    args = [strategy, 1, Filing.objects.get().lineage_id]
    way.open(reverse("consultations:passage", args=args))
    assert way.says("Čia taip pat priskyrė biuras.")


def test_a_view_is_kept_renamed_removed_and_put_back(walk, group, arrived):
    way = walk(width=320)
    sign_in(way, group)
    way.open("/desk/p/?show=all&words=padangos&sort=old")
    way.page.locator("summary", has_text="Išsaugoti šį vaizdą").click()
    way.fill("Vaizdo pavadinimas", "Padangų pardavėjai")
    way.press("Išsaugoti")
    way.open("/desk/p/")
    way.page.get_by_role("link", name="Padangų pardavėjai").click()

    assert way.page.locator("#words").input_value() == "padangos"
    assert way.page.locator(".saved [aria-current]").count() == 1
    way.page.locator("summary", has_text="Pervadinti arba pašalinti").click()
    way.fill("Vaizdo pavadinimas", "Reklama")
    way.press("Išsaugoti")
    assert not way.says("Padangų pardavėjai")

    way.page.locator("summary", has_text="Pervadinti arba pašalinti").click()
    way.picture("inbox-own-view")
    way.press("Pašalinti")
    assert way.page.get_by_role("link", name="Reklama").count() == 0
    way.press("Grąžinti")
    assert way.page.get_by_role("link", name="Reklama").count() == 1
    assert way.page.evaluate("document.documentElement.scrollWidth") <= 320
    way.tell("a view kept, renamed, removed and put back, without JavaScript, 320 px")


def test_the_menu_of_the_desk_opens_on_a_phone(walk, group, arrived):
    way = walk(width=320)
    sign_in(way, group)
    way.open("/desk/p/")
    assert way.page.evaluate("document.documentElement.scrollWidth") <= 320
    way.page.locator(".menu-switch summary").click()
    way.press("Aptarimai")

    assert "/desk/c/" in way.page.url
