"""Every page, in either language, light or dark, narrow and wide: no rule of access broken."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sutarta.apps.people import actions as people
from tests import doors, make

pytestmark = pytest.mark.django_db(transaction=True)

KINDS = ("comment", "wording", "general", "question")


@pytest.fixture
def house(transactional_db):
    house = doors.House(host="localhost")
    house.secret = people.make_link(group=house.group, user=house.coordinator, at=make.now())
    return house


def _addresses(house, client, staff: bool) -> list[str]:
    """Every address that shows a page to such a person; files, redirects and forms' ends do not."""
    if staff:
        client.force_login(house.coordinator)
    names = [
        name for name, door in sorted(doors.DOORS.items()) if (door.staff or door.own) is staff
    ]
    found = [reverse(name, args=house.keys(name)) for name in names]
    if not staff:
        say = reverse("consultations:say", args=house.keys("consultations:say"))
        block = f"&block={house.values['lineage']}"
        found += [f"{say}?kind={kind}{block if kind in KINDS[:2] else ''}" for kind in KINDS]
        found.append("/p/?q=nieko")
    pages = [address for address in found if _is_page(client, address)]
    assert len(pages) > (40 if staff else 15), "most addresses are pages"
    return [*pages, "/missing/"]


def _is_page(client, address: str) -> bool:
    answer = client.get(address, headers={"host": "localhost"})
    if answer.streaming or answer.status_code != 200:
        doors.read(answer)
        return False
    return answer.content.lstrip().startswith(b"<!DOCTYPE html>")


# Colours do not depend on the language, nor words on the colours: two ways try all four.
@pytest.mark.parametrize(("language", "scheme"), [("lt", "light"), ("en", "dark")])
@pytest.mark.parametrize("staff", [False, True], ids=["residents", "staff"])
def test_no_page_breaks_a_rule_of_access(walk, axe, house, client, language, scheme, staff):
    way = walk(js=True, width=1280, scheme=scheme, language=language)
    if staff:
        way.open(f"/in/{house.secret}/")
        way.page.locator("main button").click()
        way.page.wait_for_load_state()
    faults = []
    for address in _addresses(house, client, staff):
        # A frame knows no cookie: its address says the language.
        way.open(f"{address}?lang={language}" if address.startswith("/embed/") else address)
        for width in (1280, 320):
            way.page.set_viewport_size({"width": width, "height": 800})
            broken = axe.run(way.page).response["violations"]
            faults += [f"{address} {width}: {rule['id']} {_where(rule)}" for rule in broken]
            if way.page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{address} {width}: scrolls sideways")
        if way.page.evaluate("document.documentElement.lang") != language:
            faults.append(f"{address}: not marked as {language}")

    assert faults == []


def _where(rule) -> str:
    return rule["nodes"][0]["html"][:120]
