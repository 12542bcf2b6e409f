"""The office's ways: from an empty installation to an open consultation, and to version 2."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from sutarta.apps.consultations.models import Answer, Kind, Placement, Submission
from sutarta.apps.mail.models import Letter
from sutarta.apps.people import actions as people
from tests import make

ROOT = Path(__file__).resolve().parents[2]
DRAFTS = ROOT / "src" / "sutarta" / "cli" / "demo"
CARE = "Pagalba į namus teikiama kasdien, taip pat savaitgaliais."
REST = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę."


@dataclass(frozen=True)
class Installation:
    """A site set up and served by the real commands."""

    address: str
    link: str


@pytest.fixture
def installation(tmp_path) -> Iterator[Installation]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("SUTARTA_", "DJANGO_"))},
        "PYTHONPATH": str(ROOT / "src"),
        "SUTARTA_DATA": str(tmp_path / "data"),
        "SUTARTA_PORT": str(port),
        "SUTARTA_HTTPS": "no",
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "sutarta.cli.main"]
    said = subprocess.run(
        [*command, "setup", "--group", "Gluosnių miesto vietos veiklos grupė",
         "--short", "Gluosnių VVG", "--municipality", "Gluosnių savivaldybė", "--language", "lt",
         "--host", "localhost", "--name", "R M", "--email", "r.m@gluosniai.example"],
        env=environment, capture_output=True, text=True, check=True, timeout=120,
    ).stdout  # fmt: skip
    secret = re.search(r"/in/([\w-]+)/", said)
    address = f"http://localhost:{port}"
    serving = subprocess.Popen(
        [*command, "serve", "--port", str(port), "--workers", "1"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"{address}/healthz")
        yield Installation(address, f"{address}/in/{secret[1]}/")
    finally:
        serving.terminate()
        serving.wait(timeout=30)


def _wait_for(address: str) -> None:
    for _attempt in range(120):
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    pytest.fail("the site did not come up within a minute")


@pytest.mark.parametrize("js", [True, False], ids=["with-js", "without-js"])
def test_from_an_empty_installation_to_an_open_consultation(walk, installation, js):
    way = walk(js=js, width=1280)
    way.base = installation.address

    way.open("/")
    assert way.says("Čia bus mūsų vietos plėtros strategija")
    way.open(installation.link)
    way.press("Prisijungti")
    way.open("/desk/strategies/new/")
    way.fill("Strategijos pavadinimas", "Gluosnių miesto vietos plėtros strategija")
    way.page.set_input_files("input[type=file]", DRAFTS / "alksniai-1.docx")
    way.press("Skaityti failą")
    way.picture(f"preview-1280-{'js' if js else 'nojs'}")
    assert way.says("Kas mes esame")
    way.press("Sudaryti juodraštį")
    way.picture("draft-1280")
    way.press("Toliau: peržiūrėti ir skelbti")
    way.picture("publish-1280")
    way.press("Paskelbti 1 versiją")
    way.open("/desk/c/")
    way.press("Rengti")
    _describe(way)
    way.press("Išsaugoti")
    way.picture("announce-1280")
    way.press("Paskelbti ir pradėti dabar")
    way.tell("from an empty installation to an open consultation")

    resident = walk()
    resident.base = installation.address
    resident.open("/")
    assert resident.says("Vyksta viešas aptarimas")


def _describe(way) -> None:
    """Fill in the consultation: summary, contact, deadline."""
    for part in way.page.locator("fieldset textarea").all():
        part.fill("Trumpai ir paprastai.")
        way.fields += 1
    way.page.locator("input[name=contact_email]").fill("r.m@gluosniai.example")
    last_day = (make.now() + timedelta(days=21)).date()
    way.page.locator("input[name=last_day]").fill(last_day.isoformat())
    answers_by = (make.now() + timedelta(days=35)).date()
    way.page.locator("input[name=answers_by]").fill(answers_by.isoformat())
    way.fields += 3


@pytest.fixture
def closed(group):
    """A consultation that has closed, with a comment, a wording and a question to look after."""
    now = make.now()
    version = make.version(group=group)
    consultation = make.consultation(
        version=version,
        opens_at=now - timedelta(days=30),
        announced_at=now - timedelta(days=30),
        last_day=(now - timedelta(days=3)).date(),
    )
    then = now - timedelta(days=20)
    first, second = (make.passage(version, number) for number in (1, 2))
    make.receipt(consultation=consultation, at=then, lineage_id=first, body="Rašykite valandas.",
                 email="j.b@alksniai.example")  # fmt: skip
    make.receipt(consultation=consultation, at=then, lineage_id=second, kind=Kind.WORDING, body="",
                 proposed=REST.replace("kelių", "penkių"),
                 email="j.b@alksniai.example")  # fmt: skip
    return consultation


def _sign_in(way, group):
    staff = make.member(of=group)
    secret = people.make_link(group=group, user=staff, at=make.now())
    way.open(f"/in/{secret}/")
    way.press("Prisijungti")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("js", [True, False], ids=["with-js", "without-js"])
def test_moderate_answer_and_publish_all_together(walk, group, closed, js):
    way = walk(js=js, width=1280)
    _sign_in(way, group)
    for number in (1, 2):
        way.open(f"/desk/p/{number}/")
        way.choose("Visą tekstą")
        way.press("Nuspręsti, ką matys visi")
        way.open(f"/desk/p/{number}/")
        way.choose("Atsižvelgta")
        way.fill("Priežastis, skelbiama viešai", "Pritariame: parašysime.")
        way.press("Atsakymas parengtas")
    way.open(f"/desk/c/{closed.number}/")
    way.picture("gate-1280")
    way.press("Peržiūrėti ir skelbti 2 atsakymus")
    way.press("Skelbti 2 atsakymus")
    way.tell("moderate, answer and publish two proposals")

    assert Answer.objects.exclude(published_at=None).count() == 2
    assert Letter.objects.filter(kind="answered").count() == 1
    resident = walk()
    resident.open("/p/1/")
    assert resident.says("Pritariame: parašysime.")


@pytest.mark.django_db(transaction=True)
def test_import_version_2_and_decide_the_doubtful(walk, group, closed, tmp_path):
    corrected = tmp_path / "taisyta.docx"
    corrected.write_bytes(
        make.word_file(
            "# Ko žmonėms trūksta",
            CARE.replace("kasdien", "kasdien nuo 8 iki 20 val."),
            REST.replace("kelių", "penkių"),
            REST.replace("kelių", "dviejų"),
        )
    )
    way = walk(js=True, width=1280)
    _sign_in(way, group)
    way.open("/desk/strategies/1/file/")
    way.page.set_input_files("input[type=file]", corrected)
    way.press("Skaityti failą")
    way.choose("Pataisyta pagal gyventojų pasiūlymus")
    way.fill("Vieša pastaba", "Įrašėme valandas.")
    way.press("Sudaryti juodraštį")
    way.picture("draft-2-1280")
    way.press("Toliau: peržiūrėti ir skelbti")
    way.picture("anchors-1280")
    way.page.locator("table a").first.click()
    way.page.wait_for_load_state()
    way.picture("doubtful-1280")
    way.choose("Pastraipos nebėra")
    way.press("Susieti ir rodyti kitą")
    way.open("/desk/anchors/1/")
    way.press("Skelbti 2 versiją ir perkelti 2 pasiūlymus")
    way.tell("import version 2, decide the doubtful, publish")

    outcomes = dict(Placement.objects.values_list("submission__number", "outcome"))
    assert Submission.objects.count() == 2 == len(outcomes)
    assert outcomes == {1: "reworded", 2: "gone"}
    resident = walk()
    resident.open(f"/s/1/1/{make.passage(closed.version)}/history/")
    resident.picture("history-390")
    assert resident.says("Nr. 1")
    assert resident.says("nuo 8 iki 20 val.")
