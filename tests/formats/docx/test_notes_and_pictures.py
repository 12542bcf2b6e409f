"""Footnotes, pictures, text boxes, comments and page headers."""

import hashlib

import pytest

from sutarta.core.documents import Kind, Span
from sutarta.formats.docx import read

from .packages import OFFICE, PNG, cell, paragraph, row, table, text, word_file


def reference(identity, kind="footnote", own=""):
    flag = ' w:customMarkFollows="1"' if own else ""
    shown = f"<w:t>{own}</w:t>" if own else ""
    return f'<w:r><w:{kind}Reference w:id="{identity}"{flag}/>{shown}</w:r>'


def note(identity, *paragraphs, kind="footnote"):
    return f'<w:{kind} w:id="{identity}">{"".join(paragraphs)}</w:{kind}>'


def test_footnotes_stand_last_in_the_order_of_their_references():
    body = (
        paragraph(text("a") + reference(5)) + paragraph(text("b") + reference(2)) + paragraph("c")
    )
    notes = note(2, paragraph(" antroji")) + note(5, paragraph(text("pirmoji", "<w:i/>")))

    blocks = read(word_file(body, footnotes=notes)).document.blocks

    assert blocks[0].spans == (Span("a"), Span("1", note="1"))
    assert [(b.kind, b.label, b.spans, b.source.part) for b in blocks[3:]] == [
        (Kind.FOOTNOTE, "1", (Span("pirmoji", ("italic",)),), "word/footnotes.xml"),
        (Kind.FOOTNOTE, "2", (Span("antroji"),), "word/footnotes.xml"),
    ]


def test_endnotes_have_labels_of_their_own():
    body = paragraph(text("a") + reference(1) + reference(1, "endnote"))
    reading = read(
        word_file(
            body,
            footnotes=note(1, paragraph("f")),
            endnotes=note(1, paragraph("e"), kind="endnote"),
        )
    )

    assert [(block.label, block.text) for block in reading.document.blocks[1:]] == [
        ("1", "f"), ("i", "e")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "labels"),
    [
        ('<w:footnotePr><w:numFmt w:val="lowerLetter"/></w:footnotePr>', ["a", "b", "i"]),
        ('<w:footnotePr><w:numStart w:val="4"/></w:footnotePr>', ["4", "5", "i"]),
        ('<w:endnotePr><w:numFmt w:val="decimal"/></w:endnotePr>', ["1", "2", "i"]),
        ('<w:endnotePr><w:numFmt w:val="upperRoman"/></w:endnotePr>', ["1", "2", "I"]),
    ],
)
def test_labels_follow_the_settings_and_stay_one_notes_own(settings, labels):
    body = paragraph(text("a") + reference(1) + reference(2) + reference(1, "endnote"))
    notes = note(1, paragraph("x")) + note(2, paragraph("y"))
    ends = note(1, paragraph("z"), kind="endnote")

    document = read(word_file(body, footnotes=notes, endnotes=ends, settings=settings)).document

    assert [block.label for block in document.blocks[1:]] == labels


def test_an_authors_own_mark_is_the_label():
    body = paragraph(text("a") + reference(1, own="*") + reference(2, own="*") + reference(3))
    notes = "".join(note(each, paragraph(f"n{each}")) for each in (1, 2, 3))

    blocks = read(word_file(body, footnotes=notes)).document.blocks

    assert [block.label for block in blocks[1:]] == ["*", "*-2", "1"]
    assert [span.note for span in blocks[0].spans] == ["", "*", "*-2", "1"]


def test_a_note_with_a_table_keeps_its_words():
    body = paragraph(text("a") + reference(1))
    notes = note(1, paragraph("Lentelė:"), table(row("x", "y")))

    assert read(word_file(body, footnotes=notes)).document.blocks[1].text == "Lentelė:\nx\ny"


def test_a_reference_to_no_note_is_told_and_keeps_only_a_mark_of_its_own():
    body = paragraph(text("a") + reference(7) + reference(8, own="*") + reference(1))
    notes = note(1, paragraph("x")) + note(8)

    reading = read(word_file(body, footnotes=notes))

    assert [block.text for block in reading.document.blocks] == ["a*1", "x"]
    assert [(found.code, found.block, found.detail["kind"]) for found in reading.findings] == [
        ("object.unreadable", 0, "footnote")
    ] * 2


def image(identity, target, external=False):
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{identity}" Type="{OFFICE}/image" Target="{target}"{mode}/>'


def drawing(identity="p1", alt="", name="Picture 1", inner=""):
    pictured = f'<pic:pic><pic:blipFill><a:blip r:embed="{identity}"/></pic:blipFill></pic:pic>'
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{name}" descr="{alt}"/>'
        f"<a:graphic><a:graphicData>{inner or pictured}</a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    )


def vml(identity="p1", alt=""):
    shape = f'<v:shape alt="{alt}"><v:imagedata r:id="{identity}"/></v:shape>'
    return f"<w:r><w:pict>{shape}</w:pict></w:r>"


PICTURE = {"links": image("p1", "media/image1.png"), "media": {"word/media/image1.png": PNG}}
DIGEST = hashlib.sha256(PNG).hexdigest()


@pytest.mark.parametrize("drawn", [drawing(alt="Kaimo planas"), vml(alt="Kaimo planas")])
def test_a_picture_follows_its_paragraph(drawn):
    reading = read(word_file(paragraph(text("Planas") + drawn) + paragraph("Po"), **PICTURE))

    assert [(block.kind, block.image, block.alt) for block in reading.document.blocks] == [
        (Kind.PARAGRAPH, "", ""),
        (Kind.FIGURE, DIGEST, "Kaimo planas"),
        (Kind.PARAGRAPH, "", ""),
    ]
    assert (reading.document.media, reading.pictures) == ({DIGEST: "image/png"}, {DIGEST: PNG})
    assert reading.findings == ()


@pytest.mark.parametrize("alt", ["", "  ", "C:\\Nuotraukos\\IMG_1.jpg", "planas.png"])
def test_a_picture_without_alternative_text_is_told(alt):
    reading = read(word_file(paragraph(text("a") + drawing(alt=alt)), **PICTURE))

    assert [(found.code, found.block) for found in reading.findings] == [("picture.no_alt", 1)]
    assert reading.document.blocks[1].alt == ""


@pytest.mark.parametrize(
    ("links", "media", "detail"),
    [
        (image("p1", "media/a.emf"), {"word/media/a.emf": b"\x01\x00\x00\x00"},
         {"reason": "format", "name": "a.emf", "alt": "Planas"}),
        (image("p1", "media/a.png"), {"word/media/a.png": b"<svg/>"},
         {"reason": "format", "name": "a.png", "alt": "Planas"}),
        (image("p1", "media/a.png"), {}, {"reason": "not in the file", "alt": "Planas"}),
        (image("p1", "https://vvg.example/a.png", external=True), {},
         {"reason": "not in the file", "alt": "Planas"}),
    ],
    ids=["EMF", "SVG named PNG", "missing", "on another machine"],
)  # fmt: skip
def test_a_picture_that_cannot_be_read_keeps_its_place(links, media, detail):
    data = word_file(paragraph(text("a") + drawing(alt="Planas")), links=links, media=media)
    reading = read(data)

    assert (reading.document.blocks[1].kind, reading.document.blocks[1].image) == (Kind.FIGURE, "")
    assert [(f.code, f.detail) for f in reading.findings] == [("picture.unreadable", detail)]


def test_pictures_in_a_table_follow_the_table():
    body = table(row(cell(paragraph(text("a") + drawing(alt="x"))), "b")) + paragraph("Po")

    kinds = [block.kind for block in read(word_file(body, **PICTURE)).document.blocks]

    assert kinds == [Kind.TABLE, Kind.ROW, Kind.FIGURE, Kind.PARAGRAPH]


def test_a_chart_keeps_its_place_and_its_words_are_told():
    chart = '<c:chart r:id="c1"/>'
    links = f'<Relationship Id="c1" Type="{OFFICE}/chart" Target="charts/c.xml"/>'
    title = (
        "<c xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'><a:t>Lėšos</a:t></c>"
    )
    data = word_file(
        paragraph(text("a") + drawing(inner=chart)), links, {"word/charts/c.xml": title}
    )
    reading = read(data)

    assert reading.document.blocks[1].kind is Kind.FIGURE
    assert [(each.code, each.block, each.detail) for each in reading.findings] == [
        ("object.unreadable", 1, {"kind": "chart", "text": "Lėšos"})
    ]


def test_an_embedded_object_is_told_by_its_program():
    ole = '<w:r><w:object><o:OLEObject ProgID="Equation.3"/></w:object></w:r>'
    reading = read(word_file(paragraph(text("a") + ole)))

    assert [each.detail for each in reading.findings] == [{"kind": "Equation.3"}]


def box(words):
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp>'
        f"<wps:txbx><w:txbxContent>{paragraph(words)}</w:txbxContent></wps:txbx></wps:wsp>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{paragraph(words)}</w:txbxContent></v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_is_read_once_after_its_paragraph():
    reading = read(word_file(paragraph(box("Dėžutė") + text("Pastraipa")) + paragraph("Po")))

    assert [block.text for block in reading.document.blocks] == ["Pastraipa", "Dėžutė", "Po"]
    assert [block.source.index for block in reading.document.blocks] == [0, 1, 3]
    assert [(each.code, each.block) for each in reading.findings] == [("textbox.moved", 1)]


def test_a_text_box_in_a_cell_stays_in_the_cell():
    body = table(row(cell(paragraph(text("a") + box("b"))), "c"))

    assert read(word_file(body)).document.blocks[1].text == "a\nb\tc"


def test_a_comment_is_told_with_the_words_it_is_about():
    start, end = '<w:commentRangeStart w:id="3"/>', '<w:commentRangeEnd w:id="3"/>'
    body = paragraph("Prieš") + paragraph(
        text("Takas ") + start + text("iki ") + text("ežero") + end + text(".")
    )
    comments = (
        f'<w:comment w:id="3" w:author="A. B." w:date="2026-03-01T10:00:00Z">{paragraph("Kurio?")}'
        "</w:comment>"
    )
    reading = read(word_file(body, comments=comments))

    assert [(each.code, each.block, each.detail) for each in reading.findings] == [
        ("comment", 1, {"author": "A. B.", "date": "2026-03-01T10:00:00Z", "text": "Kurio?",
                        "quote": "iki ežero"})
    ]  # fmt: skip


def test_page_headers_and_footers_are_told_unless_they_only_count_pages():
    edges = (
        '<w:sectPr><w:headerReference w:type="default" r:id="r-header"/>'
        '<w:footerReference w:type="default" r:id="r-footer"/></w:sectPr>'
    )
    reading = read(
        word_file(paragraph("a") + edges, header=paragraph("Alksnių VVG"), footer=paragraph("7"))
    )

    assert [(each.code, each.block, each.detail) for each in reading.findings] == [
        ("left_out.header", None, {"text": "Alksnių VVG"})
    ]
