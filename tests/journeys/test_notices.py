"""A coordinator puts the notice into the newspaper and on the notice boards."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from sutarta.apps.people import actions as people
from sutarta.apps.tenants.models import Group
from tests import make
from tests.apps.publishing import announced
from tests.journeys.faults import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def its(group):
    """An open consultation on version 2 of which two things are still to be said."""
    Group.objects.filter(pk=group.pk).update(
        is_demo=True, is_financed=True, project_number="10-001-P-0001"
    )
    group.refresh_from_db()
    now = make.now()
    return announced.second(
        group, contact_name="", opens_at=now - timedelta(days=1),
        announced_at=now - timedelta(days=1), last_day=(now + timedelta(days=20)).date(),
    )  # fmt: skip


def _signed_in(walk, group, **how):
    coordinator = make.member(of=group)
    way = walk(**how)
    way.open(f"/in/{people.make_link(group=group, user=coordinator, at=make.now())}/")
    way.page.locator("main button").click()
    way.page.wait_for_load_state()
    return way


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_newspaper_text_is_copied(walk, group, its, axe, scheme):
    way = _signed_in(walk, group, js=True, width=1280, scheme=scheme)
    way.page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    way.open(f"/desk/c/{its.number}/")
    way.press("Skelbimas viešumai")
    assert way.says("Dar neatiduodame: pirma pataisykite")
    assert way.says("2 versija – ne pirmoji, bet nepasakyta, kas pasikeitė.")
    assert way.page.get_by_role("button", name="Kopijuoti").count() == 0
    way.picture(f"notice-refused-{scheme}")
    assert faults(axe, way) == ([], False)

    _mend_contact(way)
    way.open(f"/desk/c/{its.number}/notice/")
    _mend(way, "ne pirmoji")
    _write_words(way, axe, scheme)

    way.press("Laikraštis")
    text = way.page.get_by_role("textbox", name="Visas skelbimas").input_value()
    way.page.get_by_role("button", name="Kopijuoti").first.click()
    way.clicks += 1
    way.page.get_by_text("Nukopijuota").wait_for()
    copied = way.page.evaluate("navigator.clipboard.readText()")
    assert copied == text
    for words in ("Lietuvos laiku", f"/c/{its.number}/", "R. M.", "10-001-P-0001", "gaires"):
        assert words in copied
    way.picture(f"notice-newspaper-{scheme}")
    assert faults(axe, way) == ([], False)

    _take_poster(way, its, axe, scheme)
    way.tell("a newspaper text copied, a poster taken")


def _mend(way, finding):
    """Follow the link beside that finding."""
    way.page.get_by_role("listitem").filter(has_text=finding).get_by_role("link").click()
    way.page.wait_for_load_state()
    way.clicks += 1
    way.pages += 1


def _mend_contact(way):
    _mend(way, "Nenurodyta, į ką kreiptis")
    way.fill("Kontaktinis asmuo", "R. M.")
    way.press("Išsaugoti")


def _write_words(way, axe, scheme):
    way.fill("Kas pasikeitė", "Pataisyta pagal ministerijos gaires. Projektą rasite čia:")
    way.press("Peržiūrėti")
    assert way.says("Dar neišsaugota") and way.says("popieriuje niekur neveda")
    way.picture(f"notice-words-{scheme}")
    assert faults(axe, way) == ([], False)
    way.fill("Kas pasikeitė", "Pataisyta pagal ministerijos gaires.")
    way.press("Išsaugoti")
    assert way.says("Parengta")


def _take_poster(way, its, axe, scheme):
    way.press("Plakatas ir failai")
    way.picture(f"notice-files-{scheme}")
    assert faults(axe, way) == ([], False)
    with way.page.expect_download() as download:
        way.page.get_by_role("link", name="Plakatas su nukerpama forma").click()
    way.clicks += 1
    poster = PdfReader(io.BytesIO(download.value.path().read_bytes()))
    text = " ".join(poster.pages[0].extract_text().split())
    assert len(poster.pages) == 1
    assert f"localhost/c/{its.number}" in text and "Mano pasiūlymas" in text


def test_the_text_is_there_to_select_without_scripts_on_a_phone(walk, group, its, axe):
    its.contact_name = "R. M."
    its.save()
    way = _signed_in(walk, group, js=False, width=320)

    way.open(f"/desk/c/{its.number}/notice/lt/")
    way.fill("Kas pasikeitė", "Pataisyta pagal ministerijos gaires.")
    way.press("Išsaugoti")
    way.press("Laikraštis")

    text = way.page.get_by_role("textbox", name="Trumpas skelbimas")
    assert "Lietuvos laiku" in text.input_value() and text.get_attribute("readonly") is not None
    assert way.page.get_by_role("button", name="Kopijuoti").count() == 0
    assert way.page.get_by_role("link", name="Atsisiųsti").count() == 2
    assert way.page.evaluate("document.documentElement.scrollWidth") <= 320
    way.picture("notice-phone")
    way.tell("a newspaper text without scripts, on a phone")
