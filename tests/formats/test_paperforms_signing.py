"""Sheets to sign in on, seen by a reader that is not their writer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from sutarta.formats.paperforms import SignInSheet, write_sign_in
from sutarta.formats.papers import Emblem
from tests.formats.papers import fonts, opened, tags, words

EMBLEM = Emblem("Bendrai finansuoja Europos Sąjunga", "Projekto Nr. 10-001-P-0001", "ES vėliava")
SHEET = SignInSheet(
    heading="Dalyvių sąrašas",
    title="Ką keičiame Alksniuose",
    language="lt",
    author="Alksnių miesto vietos veiklos grupė",
    made_at=datetime(2026, 11, 22, tzinfo=UTC),
    facts=(
        ("Kada:", "2026 m. lapkričio 24 d., antradienį, 17.30–19.00"),
        ("Kur:", "Biblioteka, Liepų g. 2, Alksniai"),
    ),
    privacy="Sąrašas parodo, kiek žmonių atėjo. Vardų neskelbiame, po metų sunaikiname.",
    marks_say="Kam atstovaujate:",
    marks=(
        ("G", "gyventojai"),
        ("P", "asociacijos ir kita pilietinė visuomenė"),
        ("V", "verslas"),
        ("S", "savivaldybė ir kitos viešosios įstaigos"),
        ("K", "kiti"),
    ),
    number="Nr.",
    name="Vardas, pavardė",
    organisation="Organizacija (jei atstovaujate)",
    contact="El. paštas arba telefonas",
    consents=("Rašykite apie rezultatus", "Kvieskite kitą kartą"),
    signature="Parašas",
    page="{page} psl. iš {pages}",
    rows=20,
    emblem=EMBLEM,
)
MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def sheet() -> bytes:
    return write_sign_in(SHEET)


def _drawn(data: bytes) -> tuple[set[float], set[float]]:
    """Sizes of all letters, and heights of all rows to write in, as they are drawn."""
    sizes, heights = set(), set()
    for page in opened(data).pages:
        numbers = {}

        def note(text, cm, matrix, _font, size, numbers=numbers):
            if text.strip():
                sizes.add(round(abs(matrix[3]) * size, 1))
            if text.strip().isdecimal():
                numbers[int(text)] = matrix[5] * cm[3] + cm[5]

        page.extract_text(visitor_text=note)
        ordered = [numbers[number] for number in sorted(numbers)]
        heights |= {round(abs(a - b)) for a, b in pairwise(ordered)}
    return sizes, heights


def test_everything_is_on_it_across_a_sheet_of_a4(sheet):
    pages = opened(sheet).pages

    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height)))
            for page in pages} == {(842, 595)}  # fmt: skip
    said = words(sheet)
    wanted = [SHEET.author, SHEET.title, SHEET.privacy, EMBLEM.sentence, EMBLEM.project]
    wanted += [words for fact in SHEET.facts for words in fact]
    assert [one for one in wanted if one not in said] == []


def test_the_heads_of_the_columns_stand_on_every_page(sheet):
    pages = [" ".join(page.extract_text().split()) for page in opened(sheet).pages]

    heads = [SHEET.name, SHEET.contact, *SHEET.consents, SHEET.signature, SHEET.marks_say]
    heads += [meaning for _letter, meaning in SHEET.marks]
    assert len(pages) > 1
    assert [(at, head) for at, page in enumerate(pages) for head in heads if head not in page] == []
    assert f"2 psl. iš {len(pages)}" in pages[1]


@pytest.mark.parametrize("rows", [20, 40, 60])
def test_there_are_as_many_rows_as_were_asked_for_all_high_enough_to_write_in(rows):
    data = write_sign_in(replace(SHEET, rows=rows))
    sizes, heights = _drawn(data)

    assert len([tag for tag, _element in tags(data) if tag == "/TR"]) >= rows + 2
    assert min(sizes) >= 12
    assert heights and min(heights) >= round(11 * MILLIMETRE)


def test_it_is_open_to_those_who_hear_it(sheet):
    form = opened(sheet)

    assert form.metadata.title == "Dalyvių sąrašas – Ką keičiame Alksniuose"
    assert form.metadata.author == SHEET.author
    assert form.trailer["/Root"]["/Lang"] == "lt"
    assert form.trailer["/Root"]["/MarkInfo"]["/Marked"]
    found = [tag for tag, _element in tags(sheet)]
    assert (found.count("/H1"), found.count("/Table")) == (1, 1)
    assert "/TH" in found


def test_the_same_sheet_gives_the_same_bytes_in_our_own_letters(sheet):
    assert write_sign_in(SHEET) == sheet
    assert all(name.startswith("Inter") for name in fonts(sheet))


def test_words_are_never_markup_and_long_ones_stay_whole():
    odd = '#panic() $x^2$ *bold* _it_ @ref <label> \\ "quoted" // end'
    data = write_sign_in(replace(SHEET, title=odd, privacy="Ilgas sakinys apie sąrašą. " * 12))

    said = words(data)
    assert "#panic() $x^2$ *bold* _it_ @ref" in said
    assert said.count("Ilgas sakinys") == 12


@pytest.mark.parametrize("rows", [0, 201])
def test_there_are_no_sheets_without_end(rows):
    with pytest.raises(ValueError, match="rows"):
        write_sign_in(replace(SHEET, rows=rows))
