"""Many groups in one house: each with its look and name; and what is kept about a person."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from PIL import Image

from sutarta.apps.consultations.models import Submission
from sutarta.apps.people import actions as people
from sutarta.apps.tenants import accent
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Group, Host
from tests import doors, make

pytestmark = pytest.mark.django_db(transaction=True)

GREEN, VIOLET = "#2b6e3f", "#6b4a86"


def sign_in(way, group, role="COORDINATOR"):
    """Come in by a one-time link, as a person of that role."""
    who = make.member(of=group, role=role)
    secret = people.make_link(group=group, user=who, at=make.now())
    way.open(f"/in/{secret}/")
    way.page.locator("main button").click()
    way.page.wait_for_load_state()
    return who


def spoken(group, **facts):
    now = make.now()
    consultation = make.consultation(
        group=group,
        opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1),
        last_day=(now + timedelta(days=8)).date(),
    )
    return make.receipt(consultation=consultation, at=now, **facts)


@pytest.fixture
def picture(tmp_path):
    file = tmp_path / "herbas.png"
    out = io.BytesIO()
    Image.new("RGB", (300, 360), (30, 80, 160)).save(out, "PNG")
    file.write_bytes(out.getvalue())
    return file


def base_of(way) -> str:
    """The colour buttons have on the open page."""
    script = "getComputedStyle(document.documentElement).getPropertyValue(%r).trim()"
    return way.page.evaluate(script % "--ds-color-accent-base-default").lower()


@pytest.mark.parametrize("js", [False, True], ids=["plain", "script"])
def test_a_coordinator_gives_the_group_its_colour_and_mark(walk, group, picture, js):
    way = walk(js=js)
    sign_in(way, group)
    way.open(reverse("people:look"))
    way.choose("Sava spalva")
    way.page.locator("input[name=accent]").fill(GREEN)
    way.fields += 1
    way.press("Peržiūrėti")
    assert way.says("Taip atrodytų")
    way.press("Išsaugoti spalvą")
    way.page.locator("input[type=file]").set_input_files(str(picture))
    way.fields += 1
    way.press("Išsaugoti ženklą")
    way.picture("look")

    way.open("/")
    assert way.page.locator(".masthead img.group-mark").count() == 1
    assert way.page.evaluate("document.querySelector('img.group-mark').naturalWidth") == 360
    if js:
        assert base_of(way) == GREEN
    way.tell(f"colour and mark, {'with' if js else 'without'} script")


def test_a_colour_that_cannot_be_read_is_replaced_by_one_press(walk, group):
    way = walk(js=False)
    sign_in(way, group)

    way.open(reverse("people:look"))
    way.choose("Sava spalva")
    way.page.locator("input[name=accent]").fill("#7ac142")
    way.press("Išsaugoti spalvą")
    assert way.says("per šviesi")
    way.press("Rinktis artimiausią tinkamą")

    assert Group.objects.get().accent == accent.nearest("#7ac142")
    way.tell("the nearest colour")


def test_two_groups_in_one_house_look_and_speak_apart(walk, transactional_db, live_server):
    port = urlsplit(live_server.url).port
    for name, colour in (("miestas.localhost", GREEN), ("kaimas.localhost", VIOLET)):
        group = make.group(host=name, short_name=f"{name.partition('.')[0].title()}", accent=colour)
        spoken(group, body=f"Mintis iš {name}.")

    way = walk(js=True, width=1280)
    for name, colour in (("miestas", GREEN), ("kaimas", VIOLET)):
        way.open(f"http://{name}.localhost:{port}/")
        assert way.says(name.title())
        assert base_of(way) == colour
        way.picture(f"tenant-{name}")


def test_a_former_name_leads_to_the_same_page_of_the_new_one(
    walk, transactional_db, live_server, settings
):
    settings.PUBLIC_PORT = urlsplit(live_server.url).port
    group = make.group(host="senas.localhost")
    tenants.make_primary(tenants.add_host(group=group, name="naujas.localhost"))
    tenants.retire_host(Host.objects.get(name="senas.localhost"), make.now())

    way = walk()
    way.open(f"http://senas.localhost:{settings.PUBLIC_PORT}/privacy/?a=1")

    assert way.page.url == f"http://naujas.localhost:{settings.PUBLIC_PORT}/privacy/?a=1"
    assert way.page.context.cookies() == []


@pytest.mark.parametrize("js", [False, True], ids=["plain", "script"])
def test_a_person_sees_what_is_kept_and_has_it_erased(walk, group, js):
    receipt = spoken(group, author_name="J. B.", email="j.b@post.example")
    way = walk(js=js)

    way.open(reverse("consultations:mine", args=[receipt.secret]))
    way.press("Jūsų duomenys")
    assert way.says("j.b@post.example")
    way.choose("Mano vardą ir kontaktus")
    way.press("Prašyti ištrinti")
    assert way.says("Ištrinta")
    assert not way.says("j.b@post.example")
    way.choose("Viską, ką pasakiau")
    way.press("Prašyti ištrinti")
    assert way.says("Koordinatorius peržiūrės")
    way.picture("own-data")
    way.tell(f"own data, {'with' if js else 'without'} script")

    desk = walk(js=False, width=1280)
    sign_in(desk, group)
    desk.open(reverse("consultations:desk_objections"))
    desk.page.locator("section[aria-labelledby=erasures-title] a").click()
    desk.press("Ištrinti")

    way.open(reverse("consultations:own_data", args=[receipt.secret]))
    assert Submission.objects.get().body == ""
    assert not way.says("J. B.")


def test_a_reader_of_every_public_page_asks_nobody_else_and_gets_no_cookie(walk, transactional_db):
    doors.House(host="localhost")
    way = walk(js=True, width=1280)
    asked: set[str] = set()
    way.page.on("request", lambda request: asked.add(request.url))

    way.open("/sitemap.xml")
    addresses = re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", way.page.content())
    if not addresses:  # Chromium draws XML as a tree
        addresses = re.findall(
            r"https?://localhost(?::\d+)?(/[^<\s]*)", way.page.inner_text("body")
        )
    assert len(addresses) > 10
    for address in addresses:
        way.open(address)

    hosts = {urlsplit(url).netloc for url in asked if not url.startswith("data:")}
    assert hosts == {urlsplit(way.base).netloc}
    assert way.page.context.cookies() == []
    way.tell(f"{len(addresses)} public pages, {len(asked)} requests")
