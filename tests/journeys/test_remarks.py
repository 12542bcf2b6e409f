"""A working group's Word file: what colleagues left in it becomes notes and submissions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sutarta.apps.consultations.models import Submission
from sutarta.apps.people import actions as people
from sutarta.apps.strategies.models import StaffNote
from tests import make, remarked
from tests.journeys.faults import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("width", "scheme", "js"), [(320, "dark", True), (390, "light", False), (1280, "light", True)]
)
def test_what_colleagues_left_is_decided_on_and_found_beside_the_passage(
    walk, group, axe, width, scheme, js
):
    version = make.version(remarked.HELP, remarked.REST, "Pabaiga.", group=group)
    make.running(version=version)
    remarked.import_(version.strategy, make.now() - timedelta(days=2), more=1)
    link = people.make_link(group=group, user=make.member(of=group), at=make.now())
    way = walk(js=js, width=width, scheme=scheme)
    way.open(f"/in/{link}/")
    way.page.locator("main button").click()
    way.page.wait_for_load_state()

    way.open(f"/desk/strategies/{version.strategy.number}/preview/")
    way.picture(f"remarks-preview-{width}")
    assert way.says("Pakeistos 4 pastraipos:"), way.page.inner_text("main")
    assert not js or faults(axe, way) == ([], False)
    way.press("Nuspręsti dėl kolegų pastabų")
    assert way.says("Faile laukia 6 kolegų pakeitimai ir komentarai.")
    way.picture(f"remarks-{width}")
    assert not js or faults(axe, way) == ([], False)
    way.choose("Darbuotojų pastaba")
    way.page.locator("#id_t0").select_option("submission")
    way.press("Atlikti")
    assert way.says("Paliktos 4 pastabos. Įrašytas 1 pasiūlymas: Nr. 1. Nepaimta 1 pastaba.")
    way.picture(f"remarks-done-{width}")
    assert not js or faults(axe, way) == ([], False)
    assert Submission.objects.get().proposed == remarked.BETTER

    way.open(f"/desk/strategies/{version.strategy.number}/preview/")
    way.press("Priimti visus keitimus")
    way.choose("Pataisyta pagal gyventojų pasiūlymus")
    way.fill("Vieša pastaba", "Pataisyta.")
    way.press("Sudaryti juodraštį")
    way.press("Darbuotojų pastabos")
    assert way.says(remarked.ASKED) and way.says("K. L.")
    way.picture(f"notes-{width}")
    assert not js or faults(axe, way) == ([], False)
    way.page.locator("article button").first.click()
    way.page.wait_for_load_state()
    assert StaffNote.objects.filter(done_at__isnull=False).count() == 1
    beside = StaffNote.objects.filter(done_at=None).first()
    way.open(f"/desk/strategies/{version.strategy.number}/draft/edit/{beside.lineage_id}/")
    assert way.says(beside.author_name)
    way.picture(f"note-beside-{width}")
    assert not js or faults(axe, way) == ([], False)
    way.tell("settle remarks")
