"""What few files hold is taken in as Word shows it, or told with what it says; never lost."""

import pytest

from sutarta.core.documents import Kind
from sutarta.formats.docx import read
from sutarta.formats.docx.package import TRANSITIONAL

from . import packages
from .packages import (
    OFFICE,
    PNG,
    XMLNS,
    cell,
    item,
    paragraph,
    row,
    style,
    table,
    text,
    word_file,
)


def reading(body, **parts):
    """Texts of the blocks, and findings as code and details."""
    found = read(word_file(body, **parts))
    told = [(each.code, dict(each.detail)) for each in found.findings]
    return [block.text for block in found.document.blocks], told


def mark(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def code(words):
    return f"{mark('begin')}<w:r><w:instrText>{words}</w:instrText></w:r>{mark('end')}"


def font(name):
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(
    ("name", "typed", "shown"),
    [
        ("Wingdings 2", "P", "✓"),
        ("Wingdings", "ü", "✓"),
        ("Symbol", "abc", "αβχ"),
        ("Wingdings", "\uf0fe", "☑"),
        ("Wingdings", "Ąžuolas", "Ąžuolas"),
        ("Arial", "P", "P"),
    ],
)
def test_letters_typed_in_a_symbol_font_are_the_signs_it_shows(name, typed, shown):
    words, told = reading(paragraph(text(typed, font(name)) + text(" gerai.")))

    assert (words, told) == ([f"{shown} gerai."], [])


def test_a_letter_of_a_symbol_font_that_nobody_knows_is_told():
    words, told = reading(paragraph(text("\uf04b", font("Webdings")) + text(" gerai.")))

    assert words == ["□ gerai."]
    assert told == [("object.unreadable", {"kind": "symbol", "name": "Webdings"})]


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        (' SYMBOL 183 \\f "Symbol" \\s 12 ', "• gerai."),
        (" SYMBOL 0x105 ", "ą gerai."),
        (" MACROBUTTON NoMacro [pavadinimas] ", "[pavadinimas] gerai."),
        (' XE "rodyklė" ', "gerai."),
    ],
)
def test_a_field_without_a_result_shows_what_its_code_says(field, shown):
    assert reading(paragraph(code(field) + text(" gerai."))) == ([shown], [])


@pytest.mark.parametrize("field", ["LISTNUM", "AUTONUM \\* Arabic", "EQ \\f(1;2)"])
def test_a_field_that_word_works_out_when_it_shows_it_is_told(field):
    _words, told = reading(paragraph(code(f" {field} ") + text("gerai.")))

    assert told == [("object.unreadable", {"kind": "field", "name": field})]


def test_fields_in_fields_show_the_result_of_the_outer_one():
    inner = code(" MERGEFIELD vardas ")
    outer = mark("begin") + "<w:r><w:instrText> IF </w:instrText></w:r>" + inner
    body = paragraph(outer + mark("separate") + text("taip.") + mark("end"))

    assert reading(body) == (["taip."], [])


def test_a_hidden_row_is_left_out_and_told():
    body = table(
        row("Takas", "5", properties="<w:tblHeader/>"), row("c", "d", properties="<w:hidden/>")
    )

    assert reading(body) == (["", "Takas\t5"], [("left_out.hidden", {"text": "c d"})])


CHUNK = f'<Relationship Id="c1" Type="{OFFICE}/aFChunk" Target="d.bin"/>'
INNER = word_file(paragraph("Svetimi žodžiai"))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><style>p {}</style><p>Svetimi <b>&#382;od&#382;iai</b></p></html>",
         "Svetimi žodžiai"),
        ("Svetimi žodžiai".encode(), "Svetimi žodžiai"),
        (INNER, "Svetimi žodžiai"),
        (INNER[:40], ""),
        (b"{\\rtf1 Svetimi}", ""),
    ],
    ids=["html", "text", "docx", "broken docx", "rtf"],
)  # fmt: skip
@pytest.mark.parametrize("is_in_cell", [False, True])
def test_a_document_inside_is_told_with_its_words(data, words, is_in_cell):
    chunk = '<w:altChunk r:id="c1"/>' + paragraph("Takas.")
    body = table(row(cell(chunk))) if is_in_cell else chunk

    shown, told = reading(body, links=CHUNK, media={"word/d.bin": data})

    assert shown[-1] == "Takas."
    detail = {"kind": "embedded document", "name": "d.bin"} | ({"text": words} if words else {})
    assert told == [("object.unreadable", detail)]


def test_a_part_of_a_master_document_is_told_wherever_it_stands():
    link = (
        f'<Relationship Id="s1" Type="{OFFICE}/subDocument" Target="kitas.docx" '
        'TargetMode="External"/>'
    )
    body = paragraph('<w:subDoc r:id="s1"/>') + paragraph("Takas.")

    assert reading(body, links=link) == (
        ["Takas."], [("object.unreadable", {"kind": "embedded document", "name": "kitas.docx"})]
    )  # fmt: skip


def test_building_blocks_of_a_template_are_no_text():
    glossary = f"<w:document {XMLNS}><w:body>{paragraph('ruošinys')}</w:body></w:document>"
    link = f'<Relationship Id="g" Type="{OFFICE}/glossaryDocument" Target="glossary/document.xml"/>'

    found = reading(
        paragraph("Takas."), links=link, media={"word/glossary/document.xml": glossary.encode()}
    )

    assert found == (["Takas."], [])


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
    f"{paragraph('Kaimas')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict>"
    f"<v:textbox><w:txbxContent>{paragraph('Kaimas')}</w:txbxContent></v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>"
)
DRAWN_WORDS = '<w:r><w:pict><v:shape><v:textpath string="PROJEKTAS"/></v:shape></w:pict></w:r>'


def test_a_text_box_in_a_page_header_is_told_once_and_drawn_words_too():
    header = paragraph(BOX) + paragraph(DRAWN_WORDS)
    body = paragraph("Takas.") + '<w:sectPr><w:headerReference r:id="r-header"/></w:sectPr>'

    assert reading(body, header=header)[1] == [("left_out.header", {"text": "Kaimas\nPROJEKTAS"})]


def test_words_in_a_drawing_are_told():
    drawn = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x"/><a:graphic><a:graphicData><a:sp>'
        "<a:txBody><a:p><a:r><a:t>Drobė</a:t></a:r></a:p></a:txBody></a:sp></a:graphicData>"
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )
    told = [("object.unreadable", {"kind": "shape", "text": "Drobė"})]

    assert reading(paragraph(drawn) + paragraph("Takas.")) == (["Takas."], told)


def part(name, *inner):
    return f"<m:{name}>{''.join(inner)}</m:{name}>"


def letters(words):
    return part("r", part("t", words))


@pytest.mark.parametrize(
    ("equation", "shown"),
    [
        (part("acc", part("e", letters("x"))), "x̂"),
        (part("bar", '<m:barPr><m:pos m:val="top"/></m:barPr>', part("e", letters("y"))), "¯y"),
        (part("limLow", part("e", letters("lim")), part("lim", letters("x→0"))), "lim┬(x→0)"),
        (part("eqArr", part("e", letters("a=1")), part("e", letters("b=2"))), "█(a=1@b=2)"),
        (part("groupChr", part("e", letters("z"))), "⏟z"),
    ],
)
def test_no_sign_of_an_equation_is_lost(equation, shown):
    words, told = reading(paragraph(part("oMath", equation)))

    assert (words, told) == ([shown], [("equation.as_text", {"text": shown})])


def test_a_note_in_a_table_in_a_table_keeps_its_own_table():
    reference = text("Takas") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
    inner = table(row(cell(paragraph(reference))))
    notes = f'<w:footnote w:id="2">{table(row("a", "b"))}{paragraph("pastaba")}</w:footnote>'

    words, told = reading(table(row(cell(inner + paragraph()))), footnotes=notes)

    assert words == ["", "Takas1", "a\nb\npastaba"]
    assert [code for code, _detail in told] == ["table.nested", "table.nested"]


def test_a_picture_drawn_as_a_metafile_is_named_and_keeps_its_place():
    drawn = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="Schema"/><a:graphic>'
        '<a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="p1"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    link = f'<Relationship Id="p1" Type="{OFFICE}/image" Target="media/schema.emf"/>'
    media = {"word/media/schema.emf": b"\x01\0\0\0" + PNG}

    found = read(word_file(paragraph(drawn) + paragraph("Takas."), links=link, media=media))

    assert [block.kind for block in found.document.blocks] == [Kind.FIGURE, Kind.PARAGRAPH]
    assert dict(found.findings[0].detail) == {
        "reason": "format", "name": "schema.emf", "alt": "Schema"
    }  # fmt: skip


def test_a_table_as_wide_as_a_sheet_keeps_every_cell_and_number():
    rows = [[f"{line}{column:02} 999,99" for column in range(62)] for line in range(50)]
    body = table(*(row(*each) for each in rows))

    words, _told = reading(body)

    assert words[1:] == ["\t".join(each) for each in rows]


def strict(data):
    """The same file in the names of ISO/IEC 29500 strict."""
    held = packages.unzipped(data)
    for uri, usual in TRANSITIONAL.items():
        held = {name: each.replace(usual.encode(), uri.encode()) for name, each in held.items()}
    return packages.zipped(held)


def test_a_strict_file_is_read_as_any_other():
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
        "</w:lvl>"
    )
    data = word_file(
        paragraph("Tikslai", "Antrat1") + item("Takas.")
        + paragraph(text("a") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
        + table(row("b", "c")) + paragraph(BOX),
        styles=style("Antrat1", "heading 1", numbered),
        numbering=f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/></w:num>',
        footnotes=f'<w:footnote w:id="2">{paragraph("pastaba")}</w:footnote>',
    )  # fmt: skip

    assert strict(data) != data
    assert read(strict(data)) == read(data)


def test_elements_of_other_programs_around_paragraphs_and_rows_hide_nothing():
    foreign = 'xmlns:x="urn:vvg:example"'
    body = (
        f"<x:part {foreign}><x:inner>{paragraph('Takas')}</x:inner>{table(row('A', 'B'))}</x:part>"
        f"<w:tbl><x:rows {foreign}>{row('C', 'D')}</x:rows></w:tbl>"
    )

    blocks = read(word_file(body)).document.blocks

    assert [block.text for block in blocks if block.text] == ["Takas", "A\tB", "C\tD"]
