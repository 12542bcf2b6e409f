"""A resident finds everything about a proposal in the log; a journalist opens a dossier offline."""

from __future__ import annotations

import json
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from sutarta.apps.consultations.actions import moderating
from sutarta.apps.consultations.models import Visibility
from sutarta.apps.consultations.queries.receipts import Text
from sutarta.apps.ledger import actions as ledger
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def its(group):
    """A discussion with two proposals, one with a file, all of it in the log."""
    now = make.now()
    made = make.consultation(
        version=make.version(group=group),
        title="Pataisyto strategijos projekto aptarimas",
        opens_at=now - timedelta(days=9),
        announced_at=now - timedelta(days=9),
        last_day=(now + timedelta(days=8)).date(),
    )
    for _one in range(2):
        shown = make.receipt(consultation=made, at=now, body="Reikia suoliukų.").submission
        moderating.moderate(
            actor=make.member(of=group),
            submission=shown,
            visibility=Visibility.PUBLIC,
            public=Text.of(shown),
            reason="",
            seen=shown.digest,
            at=now,
        )
    make.attachment(shown, approved_at=now)
    ledger.record("group.changed", group=group, at=now, fields=["phone"])
    ledger.sequence_all(now)
    return made


@pytest.mark.parametrize("js", [False, True], ids=["plain", "script"])
def test_a_resident_finds_everything_about_a_proposal_and_takes_its_proof(walk, its, js):
    way = walk(js=js, width=320)
    way.open("/p/1/")
    way.press("Viskas apie tai viešajame žurnale")
    way.picture("log-320")

    assert way.says("Viskas apie Nr. 1")
    assert way.says("Nr. 1 gautas (svetainė)")
    assert not way.says("Nr. 2 gautas")
    assert not way.says("Pakeisti grupės nustatymai")

    way.page.locator(".act-place a").last.click()
    way.page.wait_for_load_state()
    way.pages, way.clicks = way.pages + 1, way.clicks + 1
    with way.page.expect_download() as download:
        way.page.get_by_role("link", name="Atsisiųsti įrodymą").click()
    way.clicks += 1
    said = json.loads(Path(download.value.path()).read_text())

    assert said["act"]["facts"]["number"] == 1
    assert "Reikia suoliukų" not in json.dumps(said, ensure_ascii=False)
    way.tell("From a proposal to its proof")


def test_the_log_is_reached_by_keyboard_and_chosen_from(walk, its):
    way = walk(js=False, width=1280)
    way.open("/")
    link = way.page.get_by_role("link", name="Viešasis žurnalas")
    link.focus()
    way.page.keyboard.press("Enter")
    way.page.wait_for_url("**/log/")
    way.page.get_by_label("Apie ką").focus()
    way.page.keyboard.press("G")  # Grupė
    way.page.get_by_label("Pasiūlymo Nr.").focus()
    way.page.keyboard.press("Enter")
    way.page.wait_for_url("**/log/?kind=group**")

    assert way.says("Pakeisti grupės nustatymai")
    assert not way.says("Nr. 1 gautas")


@pytest.fixture
def dossier(client, its, tmp_path):
    """Unzipped, as on the computer of somebody who has no network."""
    answer = client.get("/c/1/dossier.zip", headers={"host": "localhost"})
    packed = tmp_path / "rinkinys.zip"
    packed.write_bytes(answer.getvalue())
    folder = tmp_path / "rinkinys"
    with zipfile.ZipFile(packed) as found:
        found.extractall(folder)
    return folder


def _verify(walk, folder: Path):
    way = walk(js=True, width=390, offline=True)
    faults: list[str] = []
    way.page.on("pageerror", lambda error: faults.append(str(error)))
    way.page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    asked: list[str] = []
    way.page.on("request", lambda request: asked.append(request.url))
    way.page.goto(f"file://{folder}/verify.html")
    way.page.wait_for_selector("#verdict[data-state]")
    way.page.set_input_files("#folder", folder)
    way.page.wait_for_selector("#findings li:has-text('Failų'), #findings [data-state=failed]")
    assert faults == []
    assert {url.split(":")[0] for url in asked} == {"file"}
    return way


def test_a_dossier_verifies_itself_without_a_network(walk, axe, dossier):
    way = _verify(walk, dossier)
    way.picture("dossier-390")

    assert way.says("Patikrinta: kas išvardyta žemiau, sutampa su viešuoju žurnalu.")
    assert not way.says("Nesutampa")
    assert axe.run(way.page).violations_count == 0


SPOILT = ["submissions.html", "register.csv", "versions/1-1.pdf", "log/checkpoint"]


@pytest.mark.parametrize("name", SPOILT)
def test_a_dossier_names_the_file_of_which_one_byte_was_changed(walk, dossier, name):
    data = bytearray((dossier / name).read_bytes())
    data[len(data) // 2] ^= 1
    (dossier / name).write_bytes(bytes(data))
    way = _verify(walk, dossier)

    assert way.says("Kai kas nesutampa")
    assert way.says(name)


def test_a_dossier_names_public_words_that_the_log_does_not_have(walk, dossier):
    script = dossier / "data.js"
    script.write_text(script.read_text().replace("Reikia suoliukų.", "Reikia suolelių.", 1))
    way = _verify(walk, dossier)

    assert way.says("Kai kas nesutampa")
    assert way.says("Nr. 1")


def test_a_dossier_is_read_without_any_script(walk, dossier):
    way = walk(js=False, width=320, offline=True)
    way.page.goto(f"file://{dossier}/index.html")

    assert way.says("Pataisyto strategijos projekto aptarimas")
    way.press("2 pasiūlymai")
    assert way.says("Reikia suoliukų.")
    assert not way.page.evaluate("document.documentElement.scrollWidth > 320")
