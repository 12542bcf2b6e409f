"""A campaign of like letters: looked through, answered once, published; nobody is hidden.

Sixty letters, so that it takes seconds; LETTERS=300 tries it with as many as one likes.
"""

from __future__ import annotations

import os
import re
import time
from datetime import timedelta

import pytest
from bench.similarity.letters import letters
from django.db.models import F
from django.test import Client

from sutarta.apps.consultations.models import Answer, Submission, Visibility
from sutarta.apps.mail.models import Letter
from sutarta.apps.people import actions as people
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)
NOW = make.now()
PHONE = re.compile(r", tel[. 0-9]+", re.IGNORECASE)
MANY = int(os.environ.get("LETTERS", "60"))


@pytest.fixture
def group():
    return make.group(host="localhost")


@pytest.fixture
def arrived(group):
    """What came in before the consultation closed: letters of a campaign and ten of nobody's."""
    consultation = make.consultation(
        version=make.version(group=group),
        opens_at=NOW - timedelta(days=30),
        announced_at=NOW - timedelta(days=30),
        last_day=(NOW - timedelta(days=3)).date(),
    )
    made = letters((1, MANY), outside=10, seed=5)
    for n, (text, campaign) in enumerate(zip(made.texts, made.campaigns, strict=True), start=1):
        make.submission(
            consultation=consultation,
            at=NOW - timedelta(days=9),
            kind="GENERAL",
            body=PHONE.sub("", text),  # a letter that has one is not published with the others
            email=f"rasytojas{n}@alksniai.example" if campaign == 2 else "",
            author_name=f"{chr(65 + n % 26)}. {chr(65 + n % 23)}.",
            show_name=True,
        )
    Letter.objects.all().delete()
    return consultation


def test_a_campaign_is_handled_in_minutes_without_hiding_an_author(walk, group, arrived):
    way = walk(js=True, width=1280)
    way.base = way.base.replace("127.0.0.1", "localhost")
    coordinator = make.member(of=group)
    way.open(f"/in/{people.make_link(group=group, user=coordinator, at=make.now())}/")
    way.press("Prisijungti")
    way.pages = way.clicks = way.fields = 0
    begun = time.monotonic()

    way.open("/desk/p/")
    way.press("Kampanijos ir pasikartojantys tekstai")
    way.picture("campaigns-1280")
    way.page.locator("ul.similar a").first.click()
    way.clicks += 1
    way.page.wait_for_load_state()
    way.picture("campaign-1280")
    together = way.page.locator("input[name=ticked]").count()
    assert together >= 0.9 * MANY
    way.press("Sujungti bendram atsakymui")
    for _hundred in range(0, together, 100):
        way.press("dar neperžiūrėt")
    assert Submission.objects.filter(visibility=Visibility.PUBLIC).count() == together
    way.press("Rašyti atsakymą")
    way.choose("Atsižvelgta iš dalies")
    way.page.get_by_label("Priežastis, skelbiama viešai").fill(
        "Lėšų takui numatyta 2.1 pastraipoje."
    )
    way.fields += 1
    way.press("Atsakymas parengtas")
    spent = time.monotonic() - begun
    way.tell(f"{together} letters put together, published and answered in {spent:.0f} s")

    assert Answer.objects.filter(is_ready=True, outcome="PARTLY").count() == together
    _others_are_answered(coordinator, together)
    way.open(f"/desk/c/{arrived.number}/")
    way.press("Peržiūrėti ir skelbti")
    way.press(f"Skelbti {MANY + 11}")
    way.tell("published")

    members = Submission.objects.exclude(bundle=None)
    told = set(Letter.objects.filter(kind="answered").values_list("to", flat=True))
    assert {one.email for one in members if one.email} <= told
    _each_stands_in_the_register(members)
    reader = walk(js=False, width=390)
    reader.base = way.base
    reader.open(f"/p/{members.order_by('number').first().number}/")
    assert reader.says(f"Tą patį siūlė dar {together - 1}: atsakyta visiems")
    reader.picture("campaign-public-390")


def _others_are_answered(coordinator, together):
    rest = Submission.objects.filter(bundle=None)
    assert rest.count() == MANY + 11 - together
    rest.update(visibility=Visibility.PUBLIC, public_body=F("body"))
    for one in rest:
        make.answer(one, published_at=None, written_by=coordinator)


def _each_stands_in_the_register(members):
    for one in members.order_by("number")[:: max(1, MANY // 20)]:
        page = Client().get(f"/p/{one.number}/", headers={"host": "localhost"}).content.decode()
        assert one.author_name in page
        assert "Lėšų takui numatyta" in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_campaign_suit_a_narrow_screen_and_every_reader(walk, group, axe, scheme):
    consultation = make.running(version=make.version(group=group))
    for text in letters((1, 5), outside=0, seed=5).texts:
        make.submission(consultation=consultation, kind="GENERAL", body=text)
    way = walk(js=True, width=320, scheme=scheme)
    way.base = way.base.replace("127.0.0.1", "localhost")
    link = people.make_link(group=group, user=make.member(of=group), at=make.now())
    way.open(f"/in/{link}/")
    way.press("Prisijungti")

    for address in ("/desk/campaigns/", "/desk/campaigns/1/", "/desk/p/"):
        way.open(address)
        way.picture(f"campaign-320-{scheme}-{address.count('/')}")
        found = axe.run(way.page).response["violations"]
        wide = way.page.evaluate("document.documentElement.scrollWidth")
        assert (address, [one["id"] for one in found], wide) == (address, [], 320)
