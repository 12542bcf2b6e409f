"""Correcting a draft here instead of in Word: with scripts and without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sutarta.apps.people import actions as people
from sutarta.apps.strategies import actions, queries
from sutarta.apps.strategies.models import VersionReason
from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify
from tests import make

CARE = "Pagalba į namus teikiama kasdien, taip pat savaitgaliais."
REST = "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę."


def words():
    spans = (
        Span("Pagalba į namus teikiama "),
        Span("kasdien", ("bold",)),
        Span(", taip pat savaitgaliais"),
        Span("1", ("sup",), note="1"),
        Span("."),
    )
    table = Block(Kind.TABLE, (Span("Rodikliai"),))
    head = Block(Kind.ROW, cells=_cells("Rodiklis", "Reikšmė"), header=True)
    row = Block(Kind.ROW, cells=_cells("Lankytojai", "140"))
    blocks = (
        make.block("Ko žmonėms trūksta", Kind.HEADING, level=1, number="2."),
        Block(Kind.PARAGRAPH, spans), make.block(REST), table, head, row,
        make.block("Apklausa, 2026 m.", Kind.FOOTNOTE, label="1"),
    )  # fmt: skip
    return identify(Document(blocks), "test")


def _cells(*texts):
    return tuple(Cell(((Span(text),),)) for text in texts)


@pytest.fixture
def version(group):
    return make.version(document=words(), group=group)


@pytest.fixture
def editor(group):
    return make.member(of=group, role="EDITOR", name="R M")


def signed_in(walk, version, editor, **facts):
    way = walk(**facts)
    secret = people.make_link(group=version.group, user=editor, at=make.now())
    way.open(f"/in/{secret}/")
    way.page.get_by_role("button").last.click()
    way.page.wait_for_load_state()
    way.pages = way.clicks = way.fields = 0
    return way


def draft(version):
    return queries.draft_of(version.strategy)


def test_without_scripts_a_paragraph_is_corrected_split_and_brought_back(walk, version, editor):
    way = signed_in(walk, version, editor)
    way.open("/desk/strategies/")
    way.press("Taisyti čia")
    way.choose("Redakcin")
    way.fill("Vieša pastaba", "Pataisyti žodžiai.")
    way.press("Sudaryti juodraštį")
    way.tell("start a draft without a Word file")
    assert way.says("2 versijos juodraščio tekstas")

    way.page.locator(f"a[href='{version.document.blocks[1].id}/']").click()
    way.page.wait_for_load_state()
    box = way.page.get_by_label("Žodžiai")
    assert box.input_value() == "Pagalba į namus teikiama kasdien, taip pat savaitgaliais[1]."
    box.fill("Pagalba į namus teikiama kasdien, ir naktį[1].\n\nTaip pat savaitgaliais.")
    way.press("Įrašyti į juodraštį")
    way.tell("correct one paragraph")

    blocks = draft(version).document.blocks
    assert blocks[1].spans[1] == Span("kasdien", ("bold",))
    assert blocks[1].spans[3] == Span("1", ("sup",), note="1")
    assert blocks[2].text == "Taip pat savaitgaliais."
    assert way.page.url.endswith(f"#{blocks[1].id}")
    assert queries.passages_of(draft(version)).get().outcome == "split"

    way.open("/desk/strategies/1/draft/history/")
    way.press("Atšaukti")
    assert draft(version).document == version.document
    way.picture("editing-history-390")


def test_with_scripts_words_become_bold_and_a_link(walk, version, editor):
    start(version, editor)
    way = signed_in(walk, version, editor, js=True, width=1280)
    complaints = []
    way.page.on("console", lambda said: complaints.append(said.text))
    way.page.on("pageerror", lambda error: complaints.append(str(error)))
    block = version.document.blocks[2]
    way.open(f"/desk/strategies/1/draft/edit/{block.id}/")
    box = way.page.get_by_role("textbox", name="Žodžiai")
    assert box.get_attribute("contenteditable") == "true"

    box.click()
    way.page.keyboard.press("Control+Home")
    way.page.keyboard.press("Control+Shift+ArrowRight")
    way.page.get_by_role("button", name="Paryškintas").click()
    way.page.keyboard.press("Control+End")
    way.page.keyboard.type(" Žr. ")
    way.page.keyboard.press("Control+k")
    way.page.get_by_label("Adresas").fill("alksniai.example")
    way.page.get_by_role("button", name="Įdėti nuorodą").click()
    assert way.says("Adresas prasideda https://")
    way.page.get_by_label("Adresas").fill("https://alksniai.example")
    way.page.get_by_role("button", name="Įdėti nuorodą").click()
    way.page.keyboard.press("Control+End")
    way.page.keyboard.press("Enter")
    way.page.keyboard.type("Nauja pastraipa.")
    way.picture("editing-block-1280")
    way.press("Įrašyti į juodraštį")

    blocks = draft(version).document.blocks
    assert blocks[2].spans[0].marks == ("bold",)
    assert blocks[2].spans[-1] == Span("https://alksniai.example", (), "https://alksniai.example")
    assert blocks[3].text == "Nauja pastraipa."
    assert complaints == []


def test_with_scripts_nothing_changed_is_nothing_saved(walk, version, editor):
    start(version, editor)
    way = signed_in(walk, version, editor, js=True, width=1280)
    way.open(f"/desk/strategies/1/draft/edit/{version.document.blocks[1].id}/")
    way.page.get_by_role("textbox", name="Žodžiai").click()
    way.page.keyboard.type("x")
    way.page.keyboard.press("Backspace")
    way.press("Įrašyti į juodraštį")

    assert draft(version).edits.count() == 0


def test_with_scripts_a_row_is_corrected_cell_by_cell(walk, version, editor):
    start(version, editor)
    way = signed_in(walk, version, editor, js=True, width=390)
    way.open(f"/desk/strategies/1/draft/edit/{version.document.blocks[5].id}/")
    way.page.get_by_role("textbox", name="Reikšmė").click()
    way.page.keyboard.press("Control+a")
    way.page.keyboard.type("180")
    way.press("Įrašyti į juodraštį")

    assert draft(version).document.blocks[5].text == "Lankytojai\t180"
    assert queries.passages_of(draft(version)).get().outcome == "reworded"


def test_when_the_script_does_not_come_the_plain_box_does(walk, version, editor):
    start(version, editor)
    way = signed_in(walk, version, editor, js=True, width=1280)
    way.page.route("**/prosemirror/editor*.js", lambda route: route.abort())
    way.open(f"/desk/strategies/1/draft/edit/{version.document.blocks[2].id}/")
    way.fill("Žodžiai", "Kitaip.")
    way.press("Įrašyti į juodraštį")

    assert draft(version).document.blocks[2].text == "Kitaip."


def test_two_people_at_one_paragraph_lose_nothing(walk, version, editor):
    start(version, editor)
    address = f"/desk/strategies/1/draft/edit/{version.document.blocks[2].id}/"
    first, second = (signed_in(walk, version, editor) for _ in range(2))
    for way in (first, second):
        way.open(address)
    first.fill("Žodžiai", "Pirmoji taisė.")
    first.press("Įrašyti į juodraštį")
    second.fill("Žodžiai", "Antroji taisė.")
    second.press("Įrašyti į juodraštį")

    assert second.says("Pirmoji taisė.")
    assert second.page.get_by_label("Žodžiai").input_value() == "Antroji taisė."
    second.picture("editing-conflict-390")
    second.press("Įrašyti mano tekstą")
    assert draft(version).document.blocks[2].text == "Antroji taisė."
    assert draft(version).edits.count() == 2


def test_a_paragraph_people_spoke_of_is_taken_out_knowingly(walk, version, editor):
    consultation = make.consultation(version=version)
    make.submission(consultation=consultation, lineage_id=version.document.blocks[2].id)
    start(version, editor)
    way = signed_in(walk, version, editor)
    way.open(f"/desk/strategies/1/draft/edit/{version.document.blocks[2].id}/")
    way.press("Išimti")
    assert way.says("1 pasiūlymas")
    way.picture("editing-remove-390")
    way.press("Išimti")
    way.tell("take a paragraph out")

    assert queries.passages_of(draft(version)).get().outcome == "gone"


@pytest.mark.parametrize("language", ["lt", "en"])
@pytest.mark.parametrize(("js", "scheme"), [(True, "light"), (True, "dark"), (False, "light")])
def test_every_page_of_editing_is_accessible(walk, version, editor, axe, language, js, scheme):
    start(version, editor)
    block, row = version.document.blocks[1], version.document.blocks[5]
    correct(version, editor, block)
    facts = {"js": js, "language": language, "scheme": scheme}
    way = signed_in(walk, version, editor, width=320, **facts)
    base = "/desk/strategies/1/draft"
    for page in (
        "/", "/edit/", "/edit/?find=pagalba", f"/edit/{block.id}/", f"/edit/{row.id}/",
        f"/edit/{block.id}/add/", f"/edit/{block.id}/remove/", "/history/",
    ):  # fmt: skip
        answer = way.page.goto(way.base + base + page)
        assert answer.status == 200, page
        if js:
            found = axe.run(way.page)
            assert found.violations_count == 0, (page, found.generate_report())
            assert way.page.evaluate("document.documentElement.scrollWidth") <= 320, page


def start(version, editor):
    return actions.start_draft_from(
        actor=editor, version=version, reason=VersionReason.EDITING, note="Taisoma.", at=make.now()
    )


def correct(version, editor, block):
    actions.edit_block(
        actor=editor, version=draft(version), lineage_id=block.id,
        blocks=[replace(block, spans=(*block.spans, Span(" Ir naktį.")))],
        seen=queries.seen(block), at=make.now(),
    )  # fmt: skip


def test_what_was_typed_outlives_a_closed_tab(walk, version, editor):
    start(version, editor)
    way = signed_in(walk, version, editor, js=True, width=1280)
    address = f"/desk/strategies/1/draft/edit/{version.document.blocks[1].id}/"
    way.open(address)
    way.page.get_by_role("textbox", name="Žodžiai").click()
    way.page.keyboard.press("Control+End")
    way.page.keyboard.type(" Ir naktį.")
    way.page.wait_for_timeout(600)
    way.page.on("dialog", lambda dialog: dialog.accept())
    way.open(address)

    box = way.page.get_by_label("Žodžiai")
    assert box.input_value().endswith("savaitgaliais[1]. Ir naktį.")
    way.press("Įrašyti į juodraštį")
    assert draft(version).document.blocks[1].spans[1] == Span("kasdien", ("bold",))
