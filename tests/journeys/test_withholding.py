"""Somebody's illness was published: the office withholds it, and nobody reads it any more."""

from __future__ import annotations

import pytest

from sutarta.apps.people import actions as people
from tests import make
from tests.journeys.faults import faults

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "Ona K. iš Liepų g. 7 serga."


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_words_published_by_mistake_are_withheld_and_shown_again(walk, group, axe, width, scheme):
    version = make.version("Ligonių sąrašas.", SECRET, group=group)
    link = people.make_link(group=group, user=make.member(of=group), at=make.now())
    way = walk(js=True, width=width, scheme=scheme)
    way.open(version.path)
    assert way.says(SECRET)

    way.open(f"/in/{link}/")
    way.page.locator("main button").click()
    way.page.wait_for_load_state()
    way.open(f"/desk/strategies/{version.strategy.number}/{version.number}/withhold/")
    assert faults(axe, way) == ([], False)
    way.fill("Pastraipos numeris", "2.2")
    way.press("Rodyti pastraipą")
    assert way.says(SECRET)
    way.press("Neskelbti šių žodžių")
    assert way.says("Įrašykite priežastį")
    assert faults(axe, way) == ([], False)
    way.fill("Priežastis", "per klaidą paskelbti žmogaus duomenys")
    way.press("Neskelbti šių žodžių")
    assert way.says("Žodžiai neskelbiami 1 versijoje.")
    assert faults(axe, way) == ([], False)
    way.tell("withhold a passage")

    resident = walk(js=False, width=width, scheme=scheme)
    resident.open(version.path)
    assert not resident.says(SECRET)
    assert resident.says("[neskelbiama: per klaidą paskelbti žmogaus duomenys]")

    way.press("Vėl rodyti žodžius")
    resident.open(version.path)
    assert resident.says(SECRET)
