"""Every public page on paper: the words, nothing to press, nothing cut, the emblem where due."""

from __future__ import annotations

import io

import pypdf
import pytest
from django.urls import reverse

from sutarta.apps.tenants.models import Group
from tests import doors

pytestmark = pytest.mark.django_db(transaction=True)

PAPER = 660  # CSS px: A4 less the margins of the print style, at 96 px an inch
LEFT_OVER = """() => {
  const seen = one => one.getBoundingClientRect().height > 0;
  const pressable = "nav, button, .ds-button, .ds-skip-link, [type=submit]";
  return [...document.querySelectorAll(pressable)].filter(seen)
    .map(one => one.outerHTML.slice(0, 120));
}"""
DARK_GROUND = """() => [...document.querySelectorAll("body, main, .footer, .masthead")]
  .filter(one => !["rgba(0, 0, 0, 0)", "rgb(255, 255, 255)", "transparent"]
    .includes(getComputedStyle(one).backgroundColor))
  .map(one => one.className || one.tagName)"""
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FORMS = ("say", "support", "report_text", "correct", "withdraw", "files", "ask_review", "confirm")
SIGNING_IN = ("account_", "people:")


@pytest.fixture
def house(transactional_db):
    house = doors.House(host="localhost")
    Group.objects.filter(pk=house.group.pk).update(is_financed=True, project_number="11-001-T-0007")
    return house


def _pages(house, client) -> list[str]:
    """Addresses of public pages that are there to be read, not filled in."""
    public = [name for name, door in sorted(doors.DOORS.items()) if not (door.staff or door.own)]
    names = [
        name for name in public
        if not name.startswith(SIGNING_IN) and name.rpartition(":")[2] not in FORMS
    ]  # fmt: skip
    return [
        address
        for address in (reverse(name, args=house.keys(name)) for name in names)
        if _is_page(client, address)
    ]


def _is_page(client, address: str) -> bool:
    answer = client.get(address, headers={"host": "localhost"})
    if answer.streaming or answer.status_code != 200:
        doors.read(answer)
        return False
    return answer.content.lstrip().startswith(b"<!DOCTYPE html>")


def test_every_public_page_prints(walk, house, client):
    way = walk(width=PAPER)
    way.page.emulate_media(media="print", color_scheme="light")
    faults, pages = [], _pages(house, client)

    for address in pages:
        way.open(address)
        faults += [f"{address}: {left}" for left in way.page.evaluate(LEFT_OVER)]
        faults += [f"{address}: ground of {one}" for one in way.page.evaluate(DARK_GROUND)]
        if way.page.evaluate(WIDER) > 0:
            faults.append(f"{address}: cut at the side")
        printed = _printed(way)
        if "11-001-T-0007" not in printed:
            faults.append(f"{address}: no project number")

    assert not faults, "\n".join(faults)
    assert len(pages) > 10
    print(f"{len(pages)} pages printed")


def _printed(way) -> str:
    """The text of the page's PDF, with spaces and line breaks taken out."""
    paper = pypdf.PdfReader(io.BytesIO(way.page.pdf(prefer_css_page_size=True, format="A4")))
    return "".join("".join(page.extract_text() for page in paper.pages).split())
