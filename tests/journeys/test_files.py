"""Taking files home, on a phone and without JavaScript; and going on in Word at the office."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import docx as word
import pytest

from sutarta.apps.consultations.models import Visibility
from sutarta.apps.people import actions as people
from sutarta.apps.strategies import queries
from sutarta.core.documents import Kind
from sutarta.formats import docx
from tests import make
from tests.formats.papers import words

pytestmark = pytest.mark.django_db(transaction=True)
CARE = "Pagalba į namus teikiama kasdien, taip pat savaitgaliais."


@pytest.fixture
def versions(group):
    first = make.version(CARE, "Autobusas važiuoja kas valandą.", group=group)
    second = make.reworded(first, make.passage(first), "Pagalba į namus teikiama ir naktį.")
    now = make.now()
    its = make.consultation(
        version=first, opens_at=now - timedelta(days=9), announced_at=now - timedelta(days=9),
        last_day=(now - timedelta(days=1)).date(), answered_at=now,
    )  # fmt: skip
    make.answer(make.submission(consultation=its, visibility=Visibility.PUBLIC), published_at=now)
    make.report(its, published_at=now)
    return first, second


def _file(way, name: str) -> bytes:
    """What stands behind the first link called so; asked for as the browser would."""
    address = way.page.get_by_role("link", name=name, exact=True).first.get_attribute("href")
    answer = way.page.context.request.get(way.base + address)
    way.clicks += 1
    assert answer.status == 200
    return answer.body()


def test_a_resident_takes_home_every_paper(walk, versions):
    way = walk()
    said = {
        "/s/1/2/": "Pagalba į namus teikiama ir naktį.",
        "/s/1/2/compare/1/": "Lyginamasis variantas",
        "/p/": "Pritariame: valandas įrašome.",
        "/c/1/report/": "Įrašėme valandas.",
    }
    for address, phrase in said.items():
        way.open(address)
        assert phrase in words(_file(way, "PDF")), address
        blocks = docx.read(_file(way, "Word")).document.blocks
        assert any(phrase in block.text for block in blocks), address
    way.tell("four papers as PDF and as Word")
    assert (way.pages, way.fields, way.clicks) == (4, 0, 8)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_links_fit_and_are_accessible(walk, axe, versions, width):
    way = walk(js=True, width=width)
    for address in ("/s/1/2/", "/s/1/2/compare/1/", "/p/", "/c/1/report/"):
        way.open(address)
        assert way.page.evaluate("document.documentElement.scrollWidth") <= width, address
        found = axe.run(way.page, context=".files")
        assert found.violations_count == 0, found.generate_report()


def test_a_coordinator_goes_on_in_word_and_every_passage_is_known_again(
    walk, group, tmp_path: Path
):
    way = walk(width=1280)
    who = make.member(of=group)
    link = people.make_link(group=group, user=who, at=make.now())
    document = make.document(CARE, "Autobusas važiuoja kas valandą.", "Taip.", "Taip.")
    make.version(group=group, document=document)
    way.open(f"/in/{link}/")
    way.page.locator("main button").last.click()
    way.page.wait_for_load_state()
    way.open("/desk/strategies/")
    way.pages = way.clicks = 0

    href = way.page.locator("a[href$='/word/']").first.get_attribute("href")
    file = word.Document(io.BytesIO(way.page.context.request.get(way.base + href).body()))
    way.clicks += 1
    next(p for p in file.paragraphs if p.text == CARE).runs[0].text = "Pagalba teikiama ir naktį."
    file.save(str(tmp_path / "taisyta.docx"))
    way.open("/desk/strategies/1/file/")
    way.page.locator("input[type=file]").set_input_files(tmp_path / "taisyta.docx")
    way.fields += 1
    way.page.locator(
        "main form[enctype] button[type=submit], main form[enctype] button"
    ).last.click()
    way.page.wait_for_load_state()
    way.clicks += 1

    import_ = queries.open_import(queries.strategy_at(group, 1))
    known = {block.id for block in import_.document.blocks if block.kind is not Kind.FIGURE}
    assert {block.id for block in document.blocks} <= known
    way.tell("a version out to Word and back")
