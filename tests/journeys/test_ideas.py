"""An idea becomes a paragraph: told on a phone, published, placed beside the words that came."""

from __future__ import annotations

import io
import json

import pytest
from PIL import Image

from sutarta.apps.consultations.models import Submission, Visibility
from sutarta.apps.people import actions as people
from sutarta.apps.tenants.models import Ward
from tests import ideas, make


@pytest.fixture
def call(group):
    ideas.ward(group)
    ideas.ward(group, "Pievos")
    return ideas.call(group=group)


def photo() -> dict[str, object]:
    kept = io.BytesIO()
    Image.new("RGB", (320, 240), "#6f8f5a").save(kept, "JPEG")
    return {"name": "kiemas.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


def no_faults(way, axe, name):
    for width in (1280, 320):
        way.page.set_viewport_size({"width": width, "height": 844})
        broken = axe.run(way.page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in broken] == [], (name, width)
        assert way.page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        way.picture(f"{name}-{width}")


def signed_in(way, group, address):
    who = make.member(of=group)
    way.open(f"/in/{people.make_link(group=group, user=who, at=make.now())}/")
    way.press("Prisijungti")
    way.open(address)
    return who


@pytest.mark.parametrize("js", [True, False], ids=["js", "no js"])
def test_a_resident_tells_an_idea_with_place_and_photo_on_a_phone(walk, call, js):
    way = walk(js=js, width=390)
    way.open(f"/c/{call.number}/")
    way.press("Parašyti poreikį ar idėją")
    way.press("Idėja")
    way.fill("Ką reikėtų padaryti?", "Prie poliklinikos pastatykite suolelį su atlošu.")
    way.page.get_by_label("Kuri teritorijos dalis?").select_option("Pievos")
    way.fill("Kur tiksliai?", "Poliklinikos g., stotelė")
    way.choose("Vyresniems žmonėms")
    way.press("Toliau")
    assert way.says("Pievos, Poliklinikos g., stotelė") and way.says("Vyresniems žmonėms")
    way.page.set_input_files("input[type=file]", photo())
    way.press("Pateikti")

    assert way.says("Nr. 1")
    told = Submission.objects.get()
    assert (told.kind, told.ward.name, told.for_whom) == ("IDEA", "Pievos", ["OLDER"])
    assert told.attachments.count() == 1
    way.tell("tell an idea with place and photo")
    assert way.pages <= 5


def test_an_idea_becomes_a_paragraph(walk, axe, call):
    group = call.group
    receipt = make.receipt(
        consultation=call, kind="IDEA", body="Pagalbos į namus reikia ir savaitgaliais.",
        place="Pievų g.", at=make.now(),
    )  # fmt: skip
    number = receipt.submission.number
    office = walk(js=True, width=1280)
    signed_in(office, group, f"/desk/p/{number}/")
    office.choose("Visą tekstą")
    office.press("Nuspręsti, ką matys visi")
    assert Submission.objects.get().visibility == Visibility.PUBLIC

    version = make.version(strategy=call.strategy)
    office.open(f"/desk/p/{number}/#places")
    office.fill("Rasti pastraipą", "savaitgaliais")
    office.press("Rodyti pastraipas")
    office.press("Priskirti ir čia")
    no_faults(office, axe, "idea-placed")
    office.open(f"/desk/c/{call.number}/ideas/")
    assert office.says("Iš 1 idėjos į strategiją pateko 1.")
    no_faults(office, axe, "idea-ways")
    office.tell("publish an idea and place it beside a paragraph")

    resident = walk(js=False, width=390)
    resident.open(f"/m/{receipt.secret}/")
    assert resident.says("Iš to radosi: 2.1 pastraipa")
    resident.press("2.1 pastraipa")
    assert f"/s/{version.strategy.number}/1/{make.passage(version)}/" in resident.page.url
    assert resident.says("Iš to radosi ši pastraipa")
    resident.tell("see what became of one's idea")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_call_hold_for_everybody(walk, axe, call, scheme):
    told = ideas.idea(call, ward=Ward.objects.first(), for_whom=("OLDER",))
    make.attachment(told, photo()["buffer"], approved_at=make.now(), media_type="image/jpeg")
    way = walk(js=True, width=1280, scheme=scheme)
    for address in (
        f"/c/{call.number}/", f"/c/{call.number}/?ward=1", f"/c/{call.number}/say/",
        f"/c/{call.number}/say/?kind=need", f"/p/{told.number}/",
    ):  # fmt: skip
        way.open(address)
        no_faults(way, axe, f"ideas-{scheme}-{way.pages}")


def test_a_map_is_taken_from_a_file_after_a_look_at_it(walk, axe, call):
    square = [[[24.0, 55.0], [24.1, 55.0], [24.1, 55.1], [24.0, 55.0]]]
    geometry = {"type": "Polygon", "coordinates": square}
    feature = {"type": "Feature", "properties": {"name": "Paupys"}, "geometry": geometry}
    file = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    way = walk(js=True, width=1280)
    signed_in(way, call.group, "/desk/settings/places/")
    no_faults(way, axe, "territory")
    way.press("Įkelti žemėlapį iš failo")
    sent = {"name": "dalys.geojson", "mimeType": "application/geo+json", "buffer": file}
    way.page.set_input_files("input[type=file]", sent)
    way.press("Parodyti žemėlapį")
    no_faults(way, axe, "territory-preview")
    way.press("Išsaugoti šį žemėlapį")

    assert way.says("Žemėlapis išsaugotas") and way.page.get_by_label("pavadinimas").count() >= 3
    way.tell("take the map from a file")


def test_a_call_is_begun_at_the_desk(walk, axe, group):
    way = walk(js=True, width=1280)
    signed_in(way, group, "/desk/c/")
    way.press("Rinkti idėjas")
    no_faults(way, axe, "begin-ideas")
    way.fill("Naujos strategijos pavadinimas", "Alksnių strategija")
    way.fill("Apie ką tai, paprastais žodžiais", "Pasakykite, ko trūksta.")
    way.press("Išsaugoti")
    way.press("Paskelbti ir pradėti dabar")
    assert way.says("Aptarimas paskelbtas")
    way.open("/c/1/")
    assert way.says("Parašyti poreikį ar idėją")
    way.tell("begin and announce a call for ideas")
