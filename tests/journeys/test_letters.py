"""A letter from a telephone, with a quoted letter and a PDF, becomes an answered submission."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sutarta.apps.consultations.actions import arriving
from sutarta.apps.consultations.models import Submission
from sutarta.apps.mail.models import Letter
from sutarta.apps.people import actions as people
from sutarta.apps.people.models import Role
from tests import files, make, post

pytestmark = pytest.mark.django_db(transaction=True)
NOW = make.now()
WORDS = """Prašau palikti taką prie ežero.

Išsiųsta iš mano „iPhone“

> 2026-11-10, 10:12, Alksnių VVG <info@alksniai.example> rašė:
>
> Kviečiame siūlyti.
"""


@pytest.fixture
def closed(group):
    """Closed three days ago; letters to its address come to our own server."""
    make.mailbox(of=group)
    return make.consultation(
        version=make.version(group=group),
        opens_at=NOW - timedelta(days=30),
        announced_at=NOW - timedelta(days=30),
        last_day=(NOW - timedelta(days=3)).date(),
    )


@pytest.fixture
def office(walk, group):
    def begin(**facts):
        who = make.member(of=group, role=Role.COORDINATOR)
        secret = people.make_link(group=group, user=who, at=make.now())
        way = walk(**facts)
        way.open(f"/in/{secret}/")
        way.press("Prisijungti")
        return way

    return begin


def _came(its, raw, at, fetched_at, to=None) -> None:
    to = to or f"info+c{its.number}@alksniai.example"
    make.raw_letter(raw, group=its.group, to=to, received_at=at, fetched_at=fetched_at)
    arriving.take_waiting(fetched_at)


@pytest.mark.parametrize("js", [True, False], ids=["with-js", "without-js"])
def test_from_a_letter_to_its_published_answer(office, closed, js):
    in_time = closed.deadline.closes_at - timedelta(milliseconds=1)
    raw = post.letter(WORDS, sent_at=in_time, files={"Takas.pdf": ("application/pdf", files.pdf())})
    _came(closed, raw, in_time, closed.deadline.closes_at + timedelta(hours=2))
    made = Submission.objects.get()
    way = office(js=js, width=1280)

    way.open(f"/desk/p/{made.number}/")
    assert way.says("Prašau palikti taką prie ežero.")
    assert way.says("Atėjo iki termino pabaigos, o paimtas vėliau: pateiktas laiku.")
    assert way.says("Kviečiame siūlyti.")
    assert way.says("Takas.pdf")
    way.picture(f"letter-of-{'js' if js else 'nojs'}")
    way.page.locator("[name=visibility][value=PUBLIC]").check()
    way.press("Nuspręsti, ką matys visi")
    way.open(f"/desk/p/{made.number}/")
    way.choose("Atsižvelgta")
    way.page.get_by_label("Priežastis, skelbiama viešai").fill("Taką paliekame.")
    way.press("Atsakymas parengtas")
    way.open(f"/desk/c/{closed.number}/answers/")
    way.press("Skelbti 1 atsakymą")

    receipt, answer = Letter.objects.order_by("created_at", "id")
    assert not made.is_late
    assert (receipt.subject, receipt.thread) == ("Re: Dėl tako", "a1@post.example")
    assert (answer.kind, answer.to, answer.thread) == (
        "answered", "j.b@post.example", "a1@post.example",
    )  # fmt: skip
    assert "Taką paliekame." in answer.text


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark"), (320, "light")])
def test_letters_to_the_general_address_are_sorted_with_one_press(
    office, closed, axe, width, scheme
):
    at, general = NOW - timedelta(days=4), "info@alksniai.example"
    for n in range(3):
        raw = post.letter(f"{n} takas prie ežero", to=general, message_id=f"<{n}@post.example>")
        _came(closed, raw, at + timedelta(seconds=n), at + timedelta(minutes=1), to=general)
    way = office(width=width, scheme=scheme, js=True)

    way.open("/desk/")
    assert way.says("Surūšiuoti laiškus")
    assert way.says("3 laukia ilgiau nei dvi dienas.")
    way.open("/desk/letters/")
    way.picture(f"letters-in-{width}-{scheme}")
    assert axe.run(way.page).violations_count == 0
    assert way.page.evaluate("document.documentElement.scrollWidth") <= width
    way.press("Į registrą")
    assert way.says("Užregistruota: Nr. 1.")

    way.open("/desk/letters/")
    way.page.locator("tbody th a").first.click()
    way.page.wait_for_load_state()
    way.picture(f"letter-in-{width}-{scheme}")
    assert axe.run(way.page).violations_count == 0
    assert way.page.evaluate("document.documentElement.scrollWidth") <= width
    way.choose("Laiškas apie ką kita.")
    way.press("Atidėti")
    assert way.says("2 takas prie ežero") or way.page.url.endswith("/desk/letters/")
    way.open("/desk/letters/?show=aside")
    way.page.locator("tbody th a").first.click()
    way.press("Grąžinti prie rūšiuotinų")
    assert way.says("Buvo atidėtas ir grąžintas.")
    assert Submission.objects.get().received_at == at
