"""Residents' ways, on a phone and without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sutarta.apps.consultations.models import Channel, Submission, Visibility
from sutarta.apps.mail.models import Letter
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
CARE = "Pagalba į namus teikiama kasdien, taip pat savaitgaliais."


def _open_paragraph(way):
    way.open("/")
    way.press("Skaityti ir komentuoti")
    way.page.locator(".para", has_text=CARE).locator("a.mark").click()
    way.page.wait_for_load_state()
    way.clicks, way.pages = way.clicks + 1, way.pages + 1


def test_a_resident_comments_on_a_paragraph_and_keeps_a_receipt(walk, consultation):
    way = walk()
    _open_paragraph(way)
    way.pages = 0  # from here on: the pages of speaking itself

    way.press("Palikti pastabą")
    way.fill("Jūsų pastaba", "Parašykite ir valandas.")
    way.press("Toliau: peržiūrėti ir pateikti")
    way.press("Pateikti ir gauti numerį")

    submission = Submission.objects.get()
    assert way.says("Nr. 1")
    assert way.shows(submission.digest[:8])
    assert "/m/" in way.page.url
    assert submission.confirmed_at is None
    assert (way.pages, way.fields) == (3, 1)
    way.picture("receipt-390")
    way.tell("comment without JavaScript")

    way.open("/p/1/")
    assert way.says("Tikriname")
    assert not way.says("Parašykite ir valandas")


def test_a_resident_suggests_wording_corrects_it_and_withdraws(walk, consultation):
    way = walk()
    _open_paragraph(way)

    way.press("Siūlyti redakciją")
    way.fill("Nauja redakcija", CARE.replace("savaitgaliais", "savaitgaliais ir per šventes"))
    way.fill("Kodėl taip būtų geriau", "Per Kalėdas tris dienas niekas neatėjo.")
    way.fill("El. paštas", "j.b@alksniai.example")
    way.press("Toliau: peržiūrėti ir pateikti")
    assert "ir per šventes" in way.page.locator("ins").first.inner_text()
    way.picture("check-390")
    way.press("Pateikti ir gauti numerį")
    own_page = way.page.url
    way.press("Pataisyti")
    way.fill("Kodėl taip būtų geriau", "Per Kalėdas buvome vieni.")
    way.press("Išsaugoti pataisymą")
    assert way.says("Per Kalėdas buvome vieni.")
    assert way.says("Per Kalėdas tris dienas niekas neatėjo.")

    way.open(own_page)
    way.press("Atsiimti")
    way.press("Atsiimti pasiūlymą")

    assert Submission.objects.get().withdrawn_at is not None
    assert Letter.objects.filter(to="j.b@alksniai.example").count() == 1
    way.open("/p/")
    assert way.says("Nr. 1")
    way.tell("suggest, correct, withdraw without JavaScript")


def test_what_was_typed_survives_a_mistake_and_going_back(walk, consultation):
    way = walk()
    way.open(f"/c/{consultation.number}/say/")
    way.press("Teikti bendrą pasiūlymą")
    way.fill("Jūsų pasiūlymas", "Suoliukų prie poliklinikos.")
    way.fill("El. paštas", "be eta")
    way.press("Toliau: peržiūrėti ir pateikti")

    assert way.says("Įrašykite visą el. pašto adresą")
    assert way.page.get_by_label("Jūsų pasiūlymas").input_value() == "Suoliukų prie poliklinikos."

    way.fill("El. paštas", "j.b@alksniai.example")
    way.press("Toliau: peržiūrėti ir pateikti")
    way.press("Grįžti ir keisti")

    assert way.page.get_by_label("Jūsų pasiūlymas").input_value() == "Suoliukų prie poliklinikos."
    assert way.page.get_by_label("El. paštas").input_value() == "j.b@alksniai.example"


def test_a_resident_finds_the_answer_and_the_changed_words_by_the_secret_link(walk, group):
    first = make.version(group=group)
    now = make.now()
    consultation = make.consultation(
        version=first,
        opens_at=now - timedelta(days=30),
        announced_at=now - timedelta(days=30),
        last_day=(now - timedelta(days=10)).date(),
        answered_at=now - timedelta(days=2),
    )
    lineage = make.passage(first)
    receipt = make.receipt(
        consultation=consultation, at=now - timedelta(days=20), lineage_id=lineage
    )
    submission = receipt.submission
    Submission.objects.update(visibility=Visibility.PUBLIC, public_body=submission.body)
    make.answer(submission, changed=[lineage], published_at=now - timedelta(days=2))
    make.reworded(first, lineage, CARE.replace("kasdien", "kasdien nuo 8 iki 20 val."))
    way = walk()

    way.open(f"/m/{receipt.secret}/")
    way.picture("answered-390")

    assert way.says("Pritariame: valandas įrašome.")
    way.page.locator(".answer a").first.click()
    way.page.wait_for_load_state()
    assert way.says("nuo 8 iki 20 val.")


def test_everything_can_be_done_by_keyboard(walk, consultation):
    way = walk(js=True, width=1280)
    way.open(f"/c/{consultation.number}/say/?kind=general")

    way.page.keyboard.press("Tab")
    assert way.page.evaluate("document.activeElement.className") == "ds-skip-link"
    box = way.page.get_by_label("Jūsų pasiūlymas")
    box.focus()
    way.page.keyboard.type("Suoliukų prie poliklinikos.")
    for _ in range(20):
        way.page.keyboard.press("Tab")
        if way.page.evaluate("document.activeElement.value") == "check":
            break
    with way.page.expect_navigation():
        way.page.keyboard.press("Enter")

    assert way.says("Patikrinkite prieš pateikdami")


def test_the_register_is_searched_by_stems_and_filtered(walk, consultation):
    now = make.now()
    for text, channel in [
        ("Autobusas savaitgaliais nevažiuoja.", Channel.WEB),
        ("Trūksta suoliukų.", Channel.WEB),
    ]:
        make.submission(
            consultation=consultation,
            body=text,
            channel=channel,
            at=now,
            visibility=Visibility.PUBLIC,
        )
    way = walk()

    way.open("/p/")
    way.fill("Žodis arba numeris", "savaitgali")
    way.press("Rodyti")

    assert way.says("Autobusas savaitgaliais")
    assert not way.says("Trūksta suoliukų")
