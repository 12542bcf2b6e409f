"""The ways of a text that should not be read by everybody: cover, open, report, review, erase."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sutarta.apps.consultations.models import Moderation, Objection, Opening, Submission
from sutarta.apps.people import actions as people
from tests import make

BODY = "Laba diena, siūlome įrašyti švenčių dienas. Kaimynė Gegutienė serga, jai 44-eri."


@pytest.fixture
def house(group):
    now = make.now()
    its = make.consultation(
        group=group,
        opens_at=now - timedelta(days=5),
        announced_at=now - timedelta(days=5),
        last_day=(now + timedelta(days=9)).date(),
    )
    receipt = make.receipt(consultation=its, body=BODY, at=now, email="autorius@post.example")
    return group, receipt


def signed_in(way, group, role="COORDINATOR", address="/desk/"):
    who = make.member(of=group, role=role)
    way.open(f"/in/{people.make_link(group=group, user=who, at=make.now())}/")
    way.press("Prisijungti")
    way.open(address)
    return who


def no_faults(way, axe, name):
    for width in (1280, 320):
        way.page.set_viewport_size({"width": width, "height": 844})
        broken = axe.run(way.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in broken] == [], (name, width)
        assert way.page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        way.picture(f"{name}-{width}")
    way.page.set_viewport_size({"width": 1280, "height": 844})


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_marked_words_are_covered_and_published(walk, axe, house, scheme):
    group, receipt = house
    way = walk(js=True, width=1280, scheme=scheme)
    signed_in(way, group, "MODERATOR", f"/desk/p/{receipt.submission.number}/")
    box = way.page.locator("#moderation_public_body")

    for kind, words in (("vardas", "Kaimynė Gegutienė"), ("sveikatos duomenys", "serga")):
        at = box.input_value().index(words)
        box.evaluate("(box, at) => { box.focus(); box.setSelectionRange(at[0], at[1]); }",
                     [at, at + len(words)])  # fmt: skip
        way.page.select_option("#cover-kind", kind)
        way.page.locator("[data-cover]").click()
        way.clicks += 2
    assert "„[uždengta: vardas]“ „[uždengta: sveikatos duomenys]“, jai 44-eri." in box.input_value()
    assert way.page.locator(".cover-preview .removed").all_inner_texts() == [
        "vardas", "sveikatos duomenys",
    ]  # fmt: skip
    no_faults(way, axe, f"covering-{scheme}")
    way.fill("Priežastis", "Kito žmogaus sveikatos duomenys.")
    way.press("Nuspręsti, ką matys visi")
    way.tell("cover two places and publish")

    assert Moderation.objects.get().visibility == "REDACTED"
    assert "Gegutienė" not in way.page.content()
    no_faults(way, axe, f"sealed-{scheme}")


def test_ticked_words_are_covered_without_a_script(walk, house):
    group, receipt = house
    way = walk(js=False, width=390)
    signed_in(way, group, "MODERATOR", f"/desk/p/{receipt.submission.number}/")

    for words in ("Kaimynė Gegutienė", "serga", "44-eri"):
        way.choose(f"{words} –")
    way.press("Uždengti pažymėtus")
    way.fill("Priežastis", "Kito žmogaus sveikatos duomenys.")
    way.press("Nuspręsti, ką matys visi")
    way.tell("tick three words, cover and publish")

    assert Submission.objects.get().public_body.endswith(
        "„[uždengta: vardas]“ „[uždengta: sveikatos duomenys]“, jai „[uždengta: kita]“."
    )


def test_from_a_warning_to_publishing_it_anyway(walk, axe, house):
    group, receipt = house
    way = walk(js=True, width=1280)
    signed_in(way, group, "MODERATOR", f"/desk/p/{receipt.submission.number}/")

    way.choose("Visą tekstą")
    way.press("Nuspręsti, ką matys visi")
    assert way.says("galima atpažinti žmogų")
    no_faults(way, axe, "warned")
    way.choose("Vis tiek skelbti")
    way.fill("Kodėl galima skelbti", "Kaimynė pati to prašė.")
    way.press("Nuspręsti, ką matys visi")
    way.tell("publish despite the warning")

    assert Moderation.objects.get().despite == "Kaimynė pati to prašė."


def test_from_hiding_to_a_review_by_somebody_else(walk, axe, house):
    group, receipt = house
    number = receipt.submission.number
    office = walk(js=False, width=1280)
    signed_in(office, group, "MODERATOR", f"/desk/p/{number}/")
    office.choose("Tik numerį, be teksto")
    office.fill("Priežastis", "Kito žmogaus duomenys.")
    office.press("Nuspręsti, ką matys visi")

    author = walk(js=True)
    author.open(f"/m/{receipt.secret}/")
    author.press("Prašyti peržiūrėti")
    author.fill("Kodėl nesutinkate?", "Kaimynė pati to prašė.")
    no_faults(author, axe, "review")
    author.press("Prašyti peržiūrėti")
    assert author.says("Biuras dar nenusprendė.")
    author.tell("ask for a review")

    other = walk(js=True, width=1280)
    signed_in(other, group)
    other.press("Peržiūrėti pranešimus ir prašymus")
    no_faults(other, axe, "objections")
    other.page.locator("table a").first.click()
    other.page.wait_for_load_state()
    other.page.get_by_text("Atverti originalą", exact=True).click()
    other.fill("Kodėl atveriate?", "Peržiūra.")
    other.press("Atverti ir įrašyti")
    assert other.says("Gegutienė")
    no_faults(other, axe, "opened")
    other.choose("Ne, lieka kaip yra")
    other.fill("Paaiškinimas", "Kaimynės sutikimo nėra.")
    other.press("Išspręsti")
    other.tell("open the original and settle the review")

    assert Opening.objects.get().reason == "Peržiūra."
    author.open(f"/m/{receipt.secret}/")
    assert author.says("Sprendimas lieka.")
    assert author.says("Kaimynės sutikimo nėra.")


def test_a_reader_reports_a_text(walk, axe, house):
    _group, receipt = house
    its = receipt.submission
    Submission.objects.update(visibility="PUBLIC", public_body=BODY)
    way = walk(js=True)

    way.open(f"/p/{its.number}/")
    way.press("Pranešti")
    no_faults(way, axe, "report")
    way.choose("Atskleidžia žmogaus privatų gyvenimą")
    way.press("Siųsti pranešimą")
    assert way.says("Ačiū, jūsų pranešimą perskaitys žmogus")
    way.tell("report a text")

    assert Objection.objects.get().reason == "PERSONAL"


def test_two_people_erase(walk, axe, house):
    group, receipt = house
    number = receipt.submission.number
    first = walk(js=True, width=1280)
    signed_in(first, group, "MODERATOR", f"/desk/p/{number}/")
    first.press("Trinti asmens duomenis")
    first.choose("Viskas, kas pasakyta")
    first.page.get_by_role("radio", name="Autorius", exact=True).check()
    first.fill("Pagrindas", "Prašo pats.")
    no_faults(first, axe, "erase-asked")
    first.press("Prašyti antro žmogaus ištrinti")
    first.tell("ask for an erasure")

    second = walk(js=True, width=1280)
    signed_in(second, group, "COORDINATOR", f"/desk/p/{number}/erase/")
    no_faults(second, axe, "erase-decide")
    second.press("Ištrinti")
    assert second.says("Ištrinta.")
    second.tell("carry an erasure out")

    author = walk(js=True)
    author.open(f"/m/{receipt.secret}/")
    assert author.says("Prašė: Autorius.")
    assert not author.says("Gegutienė")
    no_faults(author, axe, "erased-own")
