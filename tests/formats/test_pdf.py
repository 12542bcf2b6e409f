"""Papers as PDF, seen by a reader that is not the writer."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace

import pytest
from PIL import Image

from sutarta.core.documents import display_numbers, identify
from sutarta.formats import docx, pdf
from sutarta.formats.papers import (
    Break,
    Cell,
    Emblem,
    Figure,
    Paper,
    Remark,
    Row,
    Run,
    Table,
    Words,
    notes_of,
    pieces_of,
    plain,
)
from tests.formats.papers import (
    attribute,
    changed,
    fonts,
    heading,
    opened,
    outline,
    paper,
    table,
    tags,
    words,
)


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40)) -> tuple[str, bytes]:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind)
    return hashlib.sha256(written.getvalue()).hexdigest(), written.getvalue()


@pytest.fixture(scope="module")
def made() -> bytes:
    """One paper with a bit of everything."""
    digest, data = picture()
    return pdf.write(
        paper(
            heading("Kaip gyvename", 1, number="1.", anchor="b1"),
            heading("Paslaugos", 2, number="1.1.", anchor="b2"),
            Words(
                (
                    Run("Žemė, "),
                    Run("ąžuolas", ("bold",)),
                    Run(" ir šaltinis"),
                    Run("1", note="1"),
                    Run("; žr. "),
                    Run("pradžią", link="#b1"),
                    Run(" ir "),
                    Run("svetainę", link="https://alksniai.example/"),
                ),
                shown="1.1.1",
                anchor="b3",
            ),
            Words(plain("pirmas"), "a)", is_item=True),
            Words(plain("gilesnis"), "•", is_item=True, depth=1),
            Words(plain("antras"), "b)", is_item=True),
            table(["Metai", "Žmonės"], ["2025", "11 840"], caption=plain("1 lentelė")),
            Figure(digest, "Gyventojų skaičius pagal metus"),
            notes={"1": plain("Registrų centras.")},
            pictures={digest: data},
            contents="Turinys",
            emblem=Emblem("Bendrai finansuoja Europos Sąjunga", "BIVP-1", "ES emblema"),
        )
    )


def test_it_says_that_it_is_accessible_and_in_which_language(made):
    root = opened(made).trailer["/Root"]
    metadata = root["/Metadata"].get_data().decode()

    assert root["/MarkInfo"]["/Marked"] is True or str(root["/MarkInfo"]["/Marked"]) == "True"
    assert str(root["/Lang"]) == "lt"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"]) is True
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert opened(made).metadata.title == "Alksnių strategija"
    assert opened(made).metadata.author == "Alksnių VVG"


def test_its_letters_are_inter_and_lie_in_the_file(made):
    assert set(fonts(made)) == {"Inter-Regular", "Inter-SemiBold"}
    assert all(fonts(made).values())


def test_its_words_are_there_in_reading_order(made):
    text = words(made)
    order = ["Alksnių strategija", "Bendrai finansuoja", "Turinys", "1.1.1", "Žemė, ąžuolas ir",
             "a) pirmas", "gilesnis", "b) antras", "1 lentelė", "Metai", "11 840"]  # fmt: skip

    places = [
        text.index(each, 0 if at < 3 else text.index("1.1.1")) for at, each in enumerate(order)
    ]
    assert places == sorted(places)
    assert "Registrų centras." in text


def test_headings_are_bookmarks(made):
    assert outline(made) == ["1. Kaip gyvename", ["1.1. Paslaugos"]]


def test_structure_is_tagged(made):
    found = [tag for tag, _element in tags(made)]

    assert {
        "/H1",
        "/H2",
        "/P",
        "/L",
        "/LI",
        "/Table",
        "/TH",
        "/TD",
        "/Figure",
        "/Link",
        "/Note",
    } <= {*found}
    assert found.count("/LI") == 3


def test_header_cells_name_what_they_head(made):
    heads = [element for tag, element in tags(made) if tag == "/TH"]

    assert [str(attribute(each, "/Scope")) for each in heads] == ["/Column", "/Column"]


def test_pictures_are_told_in_words(made):
    told = [str(element.get("/Alt", "")) for tag, element in tags(made) if tag == "/Figure"]

    assert told == ["ES emblema", "Gyventojų skaičius pagal metus"]


def test_links_lead_inside_and_outside(made):
    inside = outside = 0
    for page in opened(made).pages:
        for note in page.get("/Annots", []):
            action = note.get_object().get("/A", {})
            outside += str(action.get("/URI", "")) == "https://alksniai.example/"
            inside += "/Dest" in note.get_object() or action.get("/S") == "/GoTo"
    assert outside == 1
    assert inside >= 2  # the contents and the link in the text


def test_pages_are_numbered_and_headed(made):
    last = opened(made).pages[1].extract_text()

    assert "2 / 2" in last
    assert "Alksnių VVG, 2 versija" in last


def test_what_changed_is_told_by_line_and_colour_with_the_reason_below():
    remark = Remark((plain("Nr. 17, R. M.: parašykite sumą."),))
    data = pdf.write(paper(Words(changed("1 200", "1 500"), remarks=(remark,))))

    assert "Skirta 1 200 1 500 eurų. Nr. 17, R. M.: parašykite sumą." in words(data)
    drawn = opened(data).pages[0].get_contents().get_data()
    assert drawn.count(b" rg") + drawn.count(b" scn") + drawn.count(b" sc\n") >= 2


@pytest.mark.parametrize(
    "text",
    [
        '#import "x.typ"',
        "$x^2$ *b* _i_ `raw` @b1 <b1> // c",
        "\\u{1F600} #panic(1)",
        "= Ne antraštė",
    ],
)
def test_words_are_never_markup(text):
    assert text in words(pdf.write(paper(text)))


@pytest.mark.parametrize("text", ["中文", "\ue000 ženklas", "עברית", "a\x00b\x0bc", "\ud800x"])
def test_letters_no_font_has_do_not_stop_it(text):
    data = pdf.write(paper(f"Prieš {text} po."))

    assert "Prieš" in words(data)
    assert "po." in words(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_pictures_of_every_kind_are_shown(kind):
    digest, data = picture(kind)

    written = pdf.write(paper(Figure(digest, "Planas"), pictures={digest: data}))

    assert [len(page.images) for page in opened(written).pages] == [1]


def test_a_large_picture_is_made_no_larger_than_paper_shows():
    digest, data = picture("JPEG", (5_000, 1_000))

    written = pdf.write(paper(Figure(digest, "Planas"), pictures={digest: data}))

    assert opened(written).pages[0].images[0].image.size == (2_200, 440)


@pytest.mark.parametrize("data", [b"", b"GIF89a broken", b"<svg/>"])
def test_a_broken_picture_is_told_in_words(data):
    assert "Upės planas" in words(
        pdf.write(paper(Figure("0" * 64, "Upės planas"), pictures={"0" * 64: data}))
    )


def test_a_link_that_leads_nowhere_is_no_link():
    runs = (Run("žr. ", link="#nowhere"), Run("blogis", link="javascript:alert(1)"))
    data = pdf.write(paper(Words(runs)))

    assert "žr. blogis" in words(data)
    assert not any(page.get("/Annots") for page in opened(data).pages)


def test_a_note_referred_to_twice_is_printed_once():
    again = Words((Run("Antra"), Run("1", note="1")))
    first = Words((Run("Pirma"), Run("1", note="1")))

    text = words(pdf.write(paper(first, again, notes={"1": plain("Šaltinis.")})))

    assert text.count("Šaltinis.") == 1


def test_a_crooked_table_is_printed_whole():
    rows = (
        Row((Cell((plain("a"),), rowspan=9), Cell((plain("b"),), colspan=2))),
        Row((Cell((plain("c"),)), Cell((plain("d"),)), Cell((plain("e"),), colspan=3))),
        Row(()),
        Row((Cell((plain("f"),), colspan=5),)),
    )

    assert set("abcdef") <= set(words(pdf.write(paper(Table(rows, heads=1)))).split())


def test_the_same_paper_gives_the_same_bytes():
    one = paper("Tas pats.", Break(), "Kitas puslapis.")

    assert pdf.write(one) == pdf.write(one)
    assert len(opened(pdf.write(one)).pages) == 2


def test_it_is_bounded_in_time(monkeypatch):
    with pytest.raises(pdf.NotWritten):
        pdf.write(paper("x"), seconds=0.01)


def test_it_is_bounded_in_memory():
    with pytest.raises(pdf.NotWritten):
        pdf.write(paper("x"), megabytes=120)


def of_word_file(data: bytes) -> Paper:
    reading = docx.read(data)
    document = identify(reading.document, "test")
    return replace(
        paper(*pieces_of(document, display_numbers(document), "be aprašymo")),
        notes=notes_of(document),
        pictures=reading.pictures,
    )


@pytest.mark.data
@pytest.mark.parametrize(
    "name",
    [
        "docx_tricky/poi-drawing.docx",
        "docx_tricky/poi-bug57031.docx",
        "docx_compare/WC026-Long-Table-Before.docx",
        "docx_versions/fedramp-appendix-b-v06.docx",
    ],
)
def test_documents_others_wrote_are_set(shared_data, name):
    written = of_word_file((shared_data / "documents" / name).read_bytes())

    data = pdf.write(written)

    assert "<pdfuaid:part>1" in opened(data).trailer["/Root"]["/Metadata"].get_data().decode()


def test_an_amount_stays_in_one_line_however_many_columns_there_are():
    amount = "1\N{NO-BREAK SPACE}195\N{NO-BREAK SPACE}000,00"
    row = Row(tuple(Cell(((Run(amount),),)) for _ in range(9)))

    shown = opened(pdf.write(paper(Table((row, row), heads=1))))

    lines = shown.pages[-1].extract_text().replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert sum("1 195 000,00" in line for line in lines) >= 2
    assert not any(line.strip() in {"1", "195", "000,00"} for line in lines)
