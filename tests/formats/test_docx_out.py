"""Papers as Word files, seen by python-docx and by our own reader."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace

import docx as word
import pytest
from lxml import etree
from PIL import Image

from sutarta.core.documents import Kind, display_numbers, identify
from sutarta.formats import docx
from sutarta.formats.docx import writing
from sutarta.formats.docx.ooxml import NAMESPACES
from sutarta.formats.papers import (
    Break,
    Cell,
    Emblem,
    Figure,
    Remark,
    Row,
    Run,
    Table,
    Words,
    notes_of,
    pieces_of,
    plain,
)
from tests.formats.papers import changed, heading, paper, table


def opened(data: bytes):
    return word.Document(io.BytesIO(data))


def part(data: bytes, name: str):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def found(data: bytes, path: str, name: str = "word/document.xml"):
    return part(data, name).xpath(path, namespaces=NAMESPACES)


def picture(kind: str = "PNG") -> tuple[str, bytes]:
    written = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(written, kind)
    return hashlib.sha256(written.getvalue()).hexdigest(), written.getvalue()


@pytest.fixture(scope="module")
def made() -> bytes:
    digest, data = picture()
    return writing.write(
        paper(
            heading("Kaip gyvename", 1, number="1.", anchor="b1"),
            heading("Paslaugos", 2, anchor="b2"),
            Words(
                (
                    Run("Žemė, "),
                    Run("ąžuolas", ("bold", "italic")),
                    Run("1", note="1"),
                    Run(" žr. "),
                    Run("pradžią", link="#b1"),
                    Run(" ir "),
                    Run("svetainę", link="https://alksniai.example/"),
                ),
                anchor="b3",
            ),
            Words(plain("pirmas"), "a)", is_item=True, anchor="b4"),
            Words(plain("gilesnis"), "•", is_item=True, depth=1, anchor="b5"),
            table(["Metai", "Žmonės"], ["2025", "11 840"], caption=plain("1 lentelė"), anchor="b6"),
            Figure(digest, "Gyventojų skaičius", anchor="b9"),
            notes={"1": plain("Registrų centras.")},
            pictures={digest: data},
            emblem=Emblem("Bendrai finansuoja Europos Sąjunga", "BIVP-1", "ES emblema"),
        )
    )


def test_it_has_real_styles_and_names_no_person(made):
    document = opened(made)

    assert [(p.style.name, p.text) for p in document.paragraphs[:4]] == [
        ("Title", "Alksnių strategija"),
        ("Heading 1", "Kaip gyvename"),
        ("Heading 2", "Paslaugos"),
        ("Normal", "Žemė, ąžuolas žr. pradžią ir svetainę"),
    ]
    assert document.core_properties.title == "Alksnių strategija"
    assert document.core_properties.author == "Alksnių VVG"
    assert document.core_properties.language == "lt"
    assert found(made, "//w:lang/@w:val", "word/styles.xml") == ["lt-LT"]


def test_our_own_reader_finds_every_word_once(made):
    blocks = docx.read(made).document.blocks

    assert [(block.kind.value, block.number, block.text) for block in blocks] == [
        ("heading", "", "Alksnių strategija"),
        ("heading", "1.", "Kaip gyvename"),
        ("heading", "", "Paslaugos"),
        ("paragraph", "", "Žemė, ąžuolas1 žr. pradžią ir svetainę"),
        ("item", "a)", "pirmas"),
        ("item", "•", "gilesnis"),
        ("paragraph", "", "1 lentelė"),
        ("table", "", ""),
        ("row", "", "Metai\tŽmonės"),
        ("row", "", "2025\t11 840"),
        ("figure", "", ""),
        ("footnote", "", "Registrų centras."),
    ]
    assert blocks[8].header
    assert blocks[-2].alt == "Gyventojų skaičius"
    links = {span.text: span.link for span in blocks[3].spans if span.link}
    assert links == {"pradžią": "#1", "svetainę": "https://alksniai.example/"}


def test_header_rows_are_repeated_and_the_emblem_stands_above(made):
    assert len(found(made, "//w:tr[w:trPr/w:tblHeader]")) == 1
    header = "".join(found(made, "//w:t/text()", "word/header1.xml"))
    assert "Bendrai finansuoja Europos Sąjunga · BIVP-1" in header
    assert found(made, "//wp:docPr/@descr", "word/header1.xml") == ["ES emblema"]


def test_lineage_ids_are_bookmarks(made):
    names = found(made, "//w:bookmarkStart/@w:name")

    assert names == ["st_b1", "st_b2", "st_b3", "st_b4", "st_b5", "stt_b6", "stf_b9"]
    assert len(set(found(made, "//w:bookmarkStart/@w:id"))) == 7


def test_changes_are_tracked_and_reasons_are_comments():
    remark = Remark((plain("Nr. 17, R. M."), plain("Parašykite sumą.")))
    row = Row((Cell((plain("nauja"),)),), change="new")
    data = writing.write(
        paper(
            Words(changed("1 200", "1 500"), remarks=(remark,)),
            Words((Run("Visa nauja.", change="new"),)),
            Words((Run("Visa dingusi.", change="gone"),)),
            Table((Row((Cell((plain("sena"),)),)), row)),
            tracked=True,
            legend=(Run("išbraukta", change="gone"),),
        )
    )

    def texts(how):
        return [block.text for block in docx.read(data, changes=how).document.blocks][1:]

    assert texts("accept") == ["Skirta 1 500 eurų.", "Visa nauja.", "", "sena", "nauja"]
    assert texts("reject") == ["Skirta 1 200 eurų.", "Visa dingusi.", "", "sena"]
    assert set(found(data, "//w:ins/@w:author | //w:del/@w:author")) == {"Alksnių VVG"}
    assert set(found(data, "//w:rPr/w:ins/@w:date")) == {"2026-11-01T00:00:00Z"}
    [comment] = opened(data).comments
    assert (comment.author, comment.text) == ("Alksnių VVG", "Nr. 17, R. M.\nParašykite sumą.")


def test_quoted_changes_are_only_shown():
    legend = (Run("perbraukta", change="gone"),)
    row = Row((Cell((plain("nauja"),)),), change="new")
    data = writing.write(paper(Words(changed("1 200", "1 500")), Table((row,)), legend=legend))

    assert found(data, "//w:ins | //w:del | //w:delText") == []
    assert found(data, "//w:r[w:rPr/w:strike]/w:t/text()") == ["perbraukta", "1 200"]
    assert found(data, "//w:r[w:rPr/w:u]/w:t/text()") == ["1 500", "nauja"]


def test_the_same_paper_gives_the_same_bytes():
    one = paper("Tas pats.", Break(), "Kitas puslapis.")

    assert writing.write(one) == writing.write(one)
    assert len(found(writing.write(one), "//w:pageBreakBefore")) == 1


@pytest.mark.parametrize("text", ["<w:t>&amp;", "a\x00b", "\ud800", "]]>", "中文 \U0001f600"])
def test_any_words_can_be_written(text):
    data = writing.write(paper(text, title=text, running=text))

    assert len(opened(data).paragraphs) == 2


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_pictures_of_every_kind_are_shown(kind):
    digest, data = picture(kind)

    written = writing.write(paper(Figure(digest, "Planas"), pictures={digest: data}))

    assert len(opened(written).inline_shapes) == 1


def test_a_broken_picture_is_told_in_words():
    written = writing.write(paper(Figure("0" * 64, "Planas"), pictures={"0" * 64: b"x"}))

    assert opened(written).paragraphs[-1].text == "[Planas]"


def test_merged_cells_stay_merged():
    rows = (
        Row((Cell((plain("a"),), rowspan=2), Cell((plain("b"),), colspan=2))),
        Row((Cell((plain("c"),)), Cell((plain("d"),)))),
    )

    blocks = docx.read(writing.write(paper(Table(rows)))).document.blocks

    cells = [[(c.text, c.colspan, c.rowspan) for c in block.cells] for block in blocks[2:]]
    assert cells == [[("a", 1, 2), ("b", 2, 1)], [("c", 1, 1), ("d", 1, 1)]]


@pytest.mark.data
@pytest.mark.parametrize(
    "name",
    ["docx_tricky/poi-bug57031.docx", "docx_versions/fedramp-appendix-b-v06.docx",
     "docx_compare/WC033-Merged-Cells-Before.docx", "docx_tricky/poi-drawing.docx"],
)  # fmt: skip
def test_documents_others_wrote_keep_their_words(shared_data, name):
    reading = docx.read((shared_data / "documents" / name).read_bytes())
    kept = (b for b in reading.document.blocks if b.kind is not Kind.FIGURE or b.image)
    document = identify(replace(reading.document, blocks=tuple(kept)), "test")
    data = writing.write(
        paper(
            *pieces_of(document, display_numbers(document), "be aprašymo"),
            notes=notes_of(document),
            pictures=reading.pictures,
        )
    )

    again = docx.read(data).document

    assert opened(data)
    assert _letters(again.blocks[1:]) == _letters(document.blocks)


def _words(block) -> str:
    number = block.number if block.kind is Kind.HEADING else ""
    return "".join(f"{number}{block.text}".split())


def _letters(blocks) -> str:
    text = "".join(_words(block) for block in blocks if block.kind is not Kind.FIGURE)
    return "".join(letter for letter in text if letter.isalpha())
