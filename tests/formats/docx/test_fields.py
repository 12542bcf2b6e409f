"""Of a field only what Word showed last is kept."""

import pytest

from sutarta.core.documents import Span
from sutarta.formats.docx import read

from .packages import paragraph, style, text, word_file


def mark(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def field(code, shown):
    coded = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return mark("begin") + coded + mark("separate") + shown + mark("end")


def spans(content):
    return read(word_file(paragraph(content))).document.blocks[0].spans


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (text("p. ") + field(" PAGE ", text("7")), "p. 7"),
        (text("a") + mark("begin") + text("kodas") + mark("end") + text("b"), "ab"),
        (field(" IF 1 = 1 ", field(" DATE ", text("2026-03-01"))), "2026-03-01"),
        (mark("begin") + text("be galo"), "be galo"),
        (text("a") + mark("end") + text("b"), "ab"),
        (f'<w:fldSimple w:instr=" AUTHOR ">{text("A. B.")}</w:fldSimple>', "A. B."),
    ],
)
def test_codes_do_not_show(content, words):
    assert "".join(span.text for span in spans(content)) == words


def test_a_field_may_run_over_several_paragraphs():
    first = text("a") + mark("begin") + "<w:r><w:instrText>QUOTE</w:instrText></w:r>"
    body = (
        paragraph(first + mark("separate") + text("b"))
        + paragraph("c")
        + paragraph(text("d") + mark("end"))
    )

    assert [block.text for block in read(word_file(body)).document.blocks] == ["ab", "c", "d"]


@pytest.mark.parametrize(
    ("code", "link"),
    [
        (' HYPERLINK "https://vvg.example/a" ', "https://vvg.example/a"),
        (' HYPERLINK "https://vvg.example/" \\l "b" ', "https://vvg.example/#b"),
        (" HYPERLINK mailto:a@vvg.example ", "mailto:a@vvg.example"),
        (' HYPERLINK "javascript:x" ', ""),
        (" PAGE ", ""),
    ],
)
def test_a_hyperlink_field_is_a_link(code, link):
    assert spans(field(code.replace('"', "&quot;"), text("čia"))) == (Span("čia", link=link),)


def test_a_cross_reference_leads_to_its_bookmark():
    target = '<w:bookmarkStart w:id="1" w:name="_Ref1"/>' + text("Lėšos")
    body = paragraph(field(" REF _Ref1 \\h ", text("3 skyrius"))) + paragraph(target)

    assert read(word_file(body)).document.blocks[0].spans == (Span("3 skyrius", link="#1"),)


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ('<w:checkBox><w:checked/></w:checkBox>', "☒"),
        ('<w:checkBox><w:default w:val="0"/></w:checkBox>', "☐"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "☒"),
        ('<w:ddList><w:result w:val="1"/><w:listEntry w:val="ne"/><w:listEntry w:val="taip"/>'
         '</w:ddList>', "taip"),
        ('<w:ddList><w:result w:val="7"/><w:listEntry w:val="ne"/></w:ddList>', ""),
    ],
)  # fmt: skip
def test_a_form_field_shows_its_choice(data, shown):
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
    code = "<w:r><w:instrText>FORM</w:instrText></w:r>"

    assert "".join(s.text for s in spans(text("x") + begin + code + mark("end"))) == f"x{shown}"


CONTENTS_STYLES = style("Turinys1", "toc 1") + style("Turinioantrat", "TOC Heading")


def contents():
    open_field = mark("begin") + '<w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    first = paragraph(open_field + mark("separate") + text("1. Įvadas 3"), "Turinys1")
    return first + paragraph("2. Tikslai 4", "Turinys1") + paragraph(mark("end"))


def framed(inner):
    gallery = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    return f"<w:sdt><w:sdtPr>{gallery}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


@pytest.mark.parametrize(
    "body",
    [
        contents(),
        paragraph("Turinys") + contents(),
        framed(paragraph("Turinys", "Turinioantrat") + contents()),
        paragraph("Turinys", "Turinioantrat")
        + paragraph("1. Įvadas 3", "Turinys1")
        + paragraph("2. Tikslai 4", "Turinys1"),
    ],
    ids=["field", "field with its title", "frame", "styles only"],
)
def test_a_table_of_contents_is_left_out_and_told_once(body):
    reading = read(word_file(body + paragraph("Įvadas"), styles=CONTENTS_STYLES))

    assert [block.text for block in reading.document.blocks] == ["Įvadas"]
    assert [(found.code, found.block) for found in reading.findings] == [("left_out.contents", 0)]


def test_words_that_stand_in_a_code_are_told():
    body = (
        paragraph(text("a") + mark("begin") + text("kodas"))
        + paragraph(text("visa pastraipa") + field(" PAGE ", text("7")))
        + paragraph(mark("end") + text("b"))
    )

    reading = read(word_file(body))

    assert [block.text for block in reading.document.blocks] == ["a", "b"]
    assert [(found.code, found.detail["text"]) for found in reading.findings] == [
        ("left_out.hidden", "kodas\nvisa pastraipa7")
    ]


def test_a_result_inside_a_code_is_no_text_of_its_own():
    assert (
        read(
            word_file(paragraph(text("a") + field(field(" PAGE ", text("7")), text("b"))))
        ).findings
        == ()
    )
