"""Posters seen by readers that are not their writer."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import segno
from PIL import Image

from sutarta.formats import posters
from sutarta.formats.papers import Emblem
from sutarta.formats.posters import Form, Poster, qr
from tests.formats.papers import attribute, fonts, opened, tags

LINK = "https://alksniai.lt/c/3/"
EMBLEM = Emblem("Bendrai finansuoja Europos Sąjunga", "Projekto Nr. 10-001-P-0001", "ES vėliava")
POSTER = Poster(
    title="Alksnių strategija: laukiame pasiūlymų",
    language="lt",
    author="Alksnių miesto vietos veiklos grupė",
    made_at=datetime(2026, 11, 22, tzinfo=UTC),
    call="Pasiūlymų laukiame iki",
    until="2026 m. lapkričio 30 d. (pirmadienio) 24.00 val., Lietuvos laiku",
    about="Aptariame, kokios pagalbos reikia arčiau namų.",
    ways_title="Kaip dar galima pasisakyti",
    ways=("el. paštu pasiulymai@alksniai.lt", "paštu: Liepų g. 7, Alksniai"),
    link=LINK,
    shown="alksniai.lt/c/3",
    scan="Skaityti ir siūlyti:",
    code_alt="Adreso QR kodas",
    form=Form(
        cut="Kirpkite čia",
        title="Mano pasiūlymas",
        about="Konsultacija Nr. 3, 2 versija",
        back="Grąžinkite iki lapkričio 30 d.: Liepų g. 7",
        fields=("Vardas (galima nerašyti):",),
    ),
    emblem=EMBLEM,
)
LONG = replace(
    POSTER,
    title="Ilgas " * 33 + "pavadinimas",
    author="Vietos veiklos grupė " * 9,
    about="Apie ką kalbame. " * 17,
    ways=tuple(f"būdas: {'labai ilgas adresas ' * 6}" for _ in range(4)),
    shown="labai-ilgas-vardas." * 4 + "lt/c/12345",
    emblem=replace(EMBLEM, project="Projekto Nr. " + "1" * 50),
)


@pytest.fixture(scope="module")
def made() -> bytes:
    return posters.write_pdf(POSTER)


def _text(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in opened(data).pages).split())


def test_everything_stands_on_one_page_of_a4(made):
    [page] = opened(made).pages

    width, height = float(page.mediabox.width), float(page.mediabox.height)
    assert (round(width), round(height)) == (595, 842)
    text = _text(made)
    wanted = [
        POSTER.title, POSTER.author, "Lietuvos laiku", POSTER.shown, POSTER.about, *POSTER.ways,
        POSTER.form.title, POSTER.form.about, POSTER.form.back, *POSTER.form.fields,
        EMBLEM.sentence, EMBLEM.project,
    ]  # fmt: skip
    assert [words for words in wanted if words not in text] == []


def test_it_is_open_to_those_who_hear_it(made):
    poster = opened(made)

    assert poster.metadata.title == POSTER.title
    assert poster.metadata.author == POSTER.author
    assert poster.trailer["/Root"]["/Lang"] == "lt"
    assert poster.trailer["/Root"]["/MarkInfo"]["/Marked"]
    found = [tag for tag, _values in tags(made)]
    assert {"/H1", "/H2", "/Figure"} <= set(found)
    alts = {attribute(values, "/Alt") or values.get("/Alt") for tag, values in tags(made)}
    assert {POSTER.code_alt, EMBLEM.alt} <= alts


def test_its_letters_are_inter_and_lie_in_the_file(made):
    found = fonts(made)

    assert found and all(found.values())
    assert all(name.startswith("Inter") for name in found)


def test_the_code_is_that_of_the_address():
    rows = posters.matrix(LINK)

    expected = segno.make(LINK, error="m", micro=False, boost_error=False)
    assert rows == tuple(bytes(row) for row in expected.matrix)
    assert len(rows) == len(rows[0]) == expected.symbol_size(border=0)[0]
    assert posters.matrix("https://alksniai.lt/c/4/") != rows


def test_the_drawing_of_the_code_holds_its_rows_in_a_white_border():
    drawing = qr.svg(LINK)

    side = len(posters.matrix(LINK)) + 2 * qr.QUIET
    assert f'width="{side}" height="{side}"' in drawing
    assert "#fff" in drawing and "#000" in drawing


def test_words_are_never_markup():
    odd = '#panic() $x^2$ *bold* _it_ @ref <label> \\ "quoted" // end'
    data = posters.write_pdf(replace(POSTER, title=odd, ways=(odd,)))

    assert _text(data).count("#panic() $x^2$ *bold* _it_ @ref") == 2


def test_a_letter_of_another_script_is_a_box():
    assert "□" in _text(posters.write_pdf(replace(POSTER, about="中")))


def test_whatever_is_long_grows_smaller_and_stays_on_the_page():
    data = posters.write_pdf(LONG)

    text = _text(data)
    assert len(opened(data).pages) == 1
    assert LONG.shown in text.replace(" ", "") and LONG.form.back in text
    assert "pavadinimas" in text


@pytest.mark.parametrize("poster", [POSTER, LONG, replace(POSTER, emblem=None)])
def test_the_picture_is_as_large_as_networks_show_it(poster):
    picture = Image.open(io.BytesIO(posters.write_picture(poster)))

    assert (picture.format, picture.size) == ("PNG", (1200, 630))


@pytest.mark.parametrize("accent", ["red", "#12", '#000000") panic("', ""])
def test_an_odd_colour_is_not_taken(accent):
    assert posters.write_picture(replace(POSTER, accent=accent))


def test_the_colour_of_the_group_is_the_band():
    picture = Image.open(io.BytesIO(posters.write_picture(replace(POSTER, accent="#7a1f5c"))))

    assert picture.convert("RGB").getpixel((5, 300)) == (0x7A, 0x1F, 0x5C)


def test_the_same_poster_is_the_same_file(made):
    assert posters.write_pdf(POSTER) == made


def test_a_typesetter_out_of_time_is_refused():
    with pytest.raises(posters.NotWritten):
        posters.write_pdf(POSTER, seconds=0.01)
