"""Paper forms seen by a reader that is not their writer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from sutarta.formats import paperforms
from sutarta.formats.paperforms import PaperForm, Sheet
from sutarta.formats.papers import Emblem
from tests.formats.papers import attribute, fonts, opened, tags, words

EMBLEM = Emblem("Bendrai finansuoja Europos Sąjunga", "Projekto Nr. 10-001-P-0001", "ES vėliava")
SHEETS = tuple(
    Sheet(code, f"https://alksniai.lt/desk/p/sheets/?code={code}")
    for code in ("0041-2", "0042-7", "0043-1")
)
FORM = PaperForm(
    title="Ką manote apie Alksnių strategijos projektą?",
    language="lt",
    author="Alksnių miesto vietos veiklos grupė",
    made_at=datetime(2026, 11, 22, tzinfo=UTC),
    about="Aptarimas Nr. 3, 2 versija. Alksnių strategija",
    call="Pasiūlymų laukiame iki",
    until="2026 m. lapkričio 30 d. (pirmadienio) 24.00 val., Lietuvos laiku",
    link="https://alksniai.lt/c/3/say/",
    shown="alksniai.lt/c/3/say",
    scan="Galite rašyti ir svetainėje:",
    code_alt="Adreso QR kodas",
    kinds_title="Tai:",
    kinds=("pastaba ar pasiūlymas", "klausimas", "nauja formuluotė"),
    text="Ką norite pasakyti?",
    more="Jei neužteks vietos, rašykite kitoje pusėje.",
    name="Vardas (galima nerašyti):",
    consent="Rodyti mano vardą registre",
    contact="Kur atsakyti (galima nerašyti):",
    back_title="Lapą atneškite arba atsiųskite:",
    back="Liepų g. 7, Alksniai, I–IV 9–16 val.",
    privacy="Skelbiame tekstą, kontaktų – niekada.",
    office="Pildo biuras",
    number="Numeris registre:",
    came="Gauta (diena, valanda):",
    overleaf="Tęsinys",
    sheet="Lapas",
    sheet_alt="Biurui: QR kodas, lapas",
    emblem=EMBLEM,
)
LEAST = 14  # points


@pytest.fixture(scope="module")
def stack() -> bytes:
    return paperforms.write(replace(FORM, sheets=SHEETS))


@pytest.fixture(scope="module")
def one() -> bytes:
    return paperforms.write(FORM)


def _sizes(page) -> set[float]:
    """Sizes of all letters on a page, as they are drawn."""
    found = set()

    def note(text, _cm, matrix, _font, size):
        if text.strip():
            found.add(round(abs(matrix[3]) * size, 1))

    page.extract_text(visitor_text=note)
    return found


def test_everything_stands_on_the_front_and_the_back_has_lines(one):
    front, back = opened(one).pages

    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height)))
            for page in (front, back)} == {(595, 842)}  # fmt: skip
    text = " ".join(front.extract_text().split())
    wanted = [
        FORM.title, FORM.author, FORM.about, FORM.until, FORM.shown, *FORM.kinds, FORM.text,
        FORM.more, FORM.name, FORM.consent, FORM.contact, FORM.back, FORM.privacy, FORM.office,
        FORM.number, FORM.came, EMBLEM.sentence, EMBLEM.project,
    ]  # fmt: skip
    assert [said for said in wanted if said not in text] == []
    assert FORM.overleaf in back.extract_text()


def test_no_letter_is_smaller_than_large_print(stack):
    sizes = set().union(*(_sizes(page) for page in opened(stack).pages))

    assert sizes and min(sizes) >= LEAST


def test_each_sheet_has_its_code_on_both_sides(stack):
    pages = [page.extract_text() for page in opened(stack).pages]

    assert len(pages) == 2 * len(SHEETS)
    for at, sheet in enumerate(SHEETS):
        assert sheet.code in pages[2 * at] and sheet.code in pages[2 * at + 1]
        others = {other.code for other in SHEETS} - {sheet.code}
        assert not any(code in pages[2 * at] for code in others)


def test_it_is_open_to_those_who_hear_it(stack):
    form = opened(stack)

    assert form.metadata.title == FORM.title
    assert form.metadata.author == FORM.author
    assert form.trailer["/Root"]["/Lang"] == "lt"
    assert form.trailer["/Root"]["/MarkInfo"]["/Marked"]
    found = [tag for tag, _values in tags(stack)]
    assert found.count("/H1") == len(SHEETS)
    alts = {attribute(values, "/Alt") or values.get("/Alt") for tag, values in tags(stack)}
    assert {FORM.code_alt, EMBLEM.alt, f"{FORM.sheet_alt} {SHEETS[0].code}"} <= alts


def test_its_letters_are_inter_and_lie_in_the_file(one):
    found = fonts(one)

    assert found and all(found.values())
    assert all(name.startswith("Inter") for name in found)


def test_the_same_form_gives_the_same_bytes(one):
    assert paperforms.write(FORM) == one


def test_what_is_long_stays_legible_and_whole():
    long = replace(
        FORM, title="Ilgas " * 32 + "vardas", about="Apie ką. " * 24, author="Grupė " * 30,
        back="Labai ilgas adresas, " * 9, sheets=SHEETS[:1],
    )  # fmt: skip
    data = paperforms.write(long)

    text = words(data)
    assert text.count("Ilgas") == 32 and text.count("Labai ilgas adresas") == 9
    assert FORM.office in text and EMBLEM.project in text


def test_words_are_never_markup():
    odd = '#panic() $x^2$ *bold* _it_ @ref <label> \\ "quoted" // end'
    data = paperforms.write(replace(FORM, title=odd, privacy=odd, kinds=(odd,)))

    assert words(data).count("#panic() $x^2$ *bold* _it_ @ref") == 3


def test_letters_that_no_font_has_become_boxes():
    assert "□" in words(paperforms.write(replace(FORM, title="中文")))
