"""A library becomes a witness: its command, the coordinator's press, the resident's page."""

from __future__ import annotations

import pytest

from sutarta.apps.people import actions as people
from sutarta.cli import main
from sutarta.cli.witnessing.folder import Folder
from tests import logs as bent
from tests import make
from tests.journeys.faults import faults

pytestmark = pytest.mark.django_db(transaction=True)


def _looks(folder, walk_address: str, capsys) -> str:
    where = ["--folder", str(folder), "--language", "lt", "--name", "alksniu-biblioteka"]
    assert main.main(["witness", walk_address, *where]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_a_library_becomes_a_witness(walk, group, axe, tmp_path, capsys, width, scheme):
    bent.grow(group, 5)
    resident = walk(js=True, width=width, scheme=scheme)
    resident.open("/log/witnesses/")
    assert resident.says("Kol kas niekas neliudija")
    assert resident.says("dviem žmonėms grupė dar galėtų rodyti du skirtingus žurnalus")
    assert faults(axe, resident) == ([], False)

    said = _looks(tmp_path / "library", resident.base, capsys)
    assert "Svetainė mūsų parašo nerodo" in said
    key = str(Folder(tmp_path / "library").signer().verifier)
    assert key in said

    way = walk(js=True, width=width, scheme=scheme)
    link = people.make_link(group=group, user=make.member(of=group), at=make.now())
    way.open(f"/in/{link}/")
    way.page.locator("main button").click()
    way.page.wait_for_load_state()
    way.open("/desk/settings/witnesses/")
    assert way.says("Kol kas niekas neliudija")
    way.fill("Kas liudys?", "Alksnių biblioteka")
    way.fill("Liudytojo raktas", "alksniu-biblioteka")
    way.press("Paskirti liudytoją")
    assert way.says("Tai ne raktas. Nukopijuokite visą eilutę")
    assert faults(axe, way) == ([], False)
    way.fill("Liudytojo raktas", key)
    way.press("Paskirti liudytoją")
    assert way.says("Liudytojas paskirtas. Svetainė jį parodys, kai tik jis pasirašys.")
    assert way.says("dar nieko nepasirašė")
    assert faults(axe, way) == ([], False)
    way.picture(f"witnesses-desk-{width}-{scheme}")

    bent.grow(group, 2)
    assert "Svetainė rodo mūsų parašą." in _looks(tmp_path / "library", resident.base, capsys)
    resident.open("/log/")
    resident.press("Ką daro liudytojas ir kaip juo tapti")
    assert resident.says("pasirašė žurnalą: jame buvo 8 veiksmai")
    assert not resident.says("Kol kas niekas neliudija")
    assert faults(axe, resident) == ([], False)
    resident.picture(f"witnesses-{width}-{scheme}")
    resident.tell("who witnesses")
    way.open("/desk/settings/witnesses/")
    way.press("Panaikinti")
    assert way.says("Nebeliudija: Alksnių biblioteka.")
    way.tell("naming a witness and ending it")
