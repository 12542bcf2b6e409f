"""Words, marks, links and headings are taken in as they show in Word."""

import pytest

from sutarta.core.documents import Kind, Span
from sutarta.formats.docx import read

from .packages import OFFICE, paragraph, style, text, word_file


def spans(content, **parts):
    return read(word_file(paragraph(content), **parts)).document.blocks[0].spans


def codes(data):
    return [finding.code for finding in read(data).findings]


@pytest.mark.parametrize(
    ("properties", "marks"),
    [
        ("", ()),
        ("<w:b/>", ("bold",)),
        ('<w:b w:val="0"/>', ()),
        ('<w:b w:val="false"/><w:i w:val="true"/>', ("italic",)),
        ('<w:u w:val="single"/>', ("underline",)),
        ('<w:u w:val="none"/>', ()),
        ("<w:strike/>", ("strike",)),
        ("<w:dstrike/>", ("strike",)),
        ('<w:vertAlign w:val="superscript"/>', ("sup",)),
        ('<w:vertAlign w:val="subscript"/>', ("sub",)),
        ('<w:vertAlign w:val="baseline"/>', ()),
        ('<w:b/><w:i/><w:strike/><w:u w:val="wave"/>', ("bold", "italic", "strike", "underline")),
        ("<w:caps/><w:color w:val='FF0000'/>", ()),
    ],
)
def test_marks_stated_on_a_run(properties, marks):
    assert spans(text("Kelias", properties)) == (Span("Kelias", marks),)


STYLES = (
    style("Stiprus", "Strong", "<w:rPr><w:b/></w:rPr>", kind="character")
    + style("Pabrauktas", "Pabrauktas", '<w:rPr><w:u w:val="single"/></w:rPr>', kind="character")
    + style("Saitas", "Hyperlink", '<w:rPr><w:u w:val="single"/></w:rPr>', kind="character")
    + style("Pastorintas", "Pastorintas", "<w:rPr><w:b/></w:rPr>")
    + style("Antrat1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>')
)


def test_a_character_style_gives_marks():
    strong = text("a", '<w:rStyle w:val="Stiprus"/>')
    underlined = text("b", '<w:rStyle w:val="Pabrauktas"/>')

    assert spans(strong + underlined, styles=STYLES) == (
        Span("a", ("bold",)), Span("b", ("underline",))
    )  # fmt: skip


def test_two_styles_that_both_say_bold_turn_each_other_off():
    runs = text("a") + text("b", '<w:rStyle w:val="Stiprus"/>') + text("c", "<w:b/>")

    block = read(word_file(paragraph(runs, "Pastorintas"), styles=STYLES)).document.blocks[0]

    assert [(span.text, span.marks) for span in block.spans] == [
        ("a", ("bold",)), ("b", ()), ("c", ("bold",))
    ]  # fmt: skip


def test_what_a_heading_is_throughout_is_no_mark():
    runs = text("Tikslai ") + text("kaime", "<w:b/><w:i/>")

    block = read(word_file(paragraph(runs, "Antrat1"), styles=STYLES)).document.blocks[0]

    assert block.spans == (Span("Tikslai "), Span("kaime", ("italic",)))


def test_a_heading_whose_every_run_is_bold_has_no_bold_words():
    styles = style("H", "heading 2")
    runs = text("Tikslai ", "<w:b/>") + text("kaime", "<w:b/>")

    block = read(word_file(paragraph(runs, "H"), styles=styles)).document.blocks[0]

    assert (block.level, block.spans) == (2, (Span("Tikslai kaime"),))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (text("Ke") + text("lias"), "Kelias"),
        (text("a") + "<w:r><w:tab/></w:r>" + text("b"), "a\tb"),
        (text("a") + "<w:r><w:br/></w:r>" + text("b"), "a\nb"),
        (text("a") + '<w:r><w:br w:type="page"/></w:r>', "a"),
        (text("a") + "<w:r><w:cr/></w:r>" + text("b"), "a\nb"),
        (text("2021") + "<w:r><w:noBreakHyphen/></w:r>" + text("2027"), "2021‑2027"),
        (text("pa") + "<w:r><w:softHyphen/></w:r>" + text("vyzdys"), "pavyzdys"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + text(" 5"), "≥ 5"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>' + text(" taip"), "☑ taip"),
        ('<w:r><w:sym w:font="Arial" w:char="0105"/></w:r>', "ą"),
        (text("\uf0b7 vienas", '<w:rFonts w:ascii="Symbol"/>'), "• vienas"),
        ("<w:smartTag><w:r><w:t>Alksniai</w:t></w:r></w:smartTag>", "Alksniai"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + text("2026 m.") + "</w:sdtContent></w:sdt>",
         "2026 m."),
        ("<w:r><w:t>daug\n  eilučių</w:t></w:r>", "daug   eilučių"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>ka</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>か</w:t></w:r>"
         "</w:rubyBase></w:ruby></w:r>", "か(ka)"),
    ],
)  # fmt: skip
def test_everything_that_shows_as_words_is_words(content, words):
    assert "".join(span.text for span in spans(content)) == words


def test_an_unknown_symbol_keeps_its_place_and_is_told():
    data = word_file(paragraph('<w:r><w:sym w:font="Webdings" w:char="F04A"/></w:r>'))
    reading = read(data)

    assert reading.document.blocks[0].text == "□"
    assert reading.findings[0].detail == {"kind": "symbol", "name": "Webdings F04A"}


def test_of_two_alternatives_one_is_read():
    content = (
        '<mc:AlternateContent><mc:Choice Requires="w16zz">' + text("nauja") + "</mc:Choice>"
        "<mc:Fallback>" + text("sena") + "</mc:Fallback></mc:AlternateContent>"
    )

    assert spans(content) == (Span("sena"),)


def test_hidden_words_are_left_out_and_told():
    data = word_file(paragraph(text("Matoma") + text(" slapta", "<w:vanish/>")))
    reading = read(data)

    assert reading.document.blocks[0].text == "Matoma"
    assert [(found.code, found.detail) for found in reading.findings] == [
        ("left_out.hidden", {"text": "slapta"})
    ]


LINKS = (
    f'<Relationship Id="r1" Type="{OFFICE}/hyperlink" Target="https://vvg.example/" '
    'TargetMode="External"/>'
    f'<Relationship Id="r2" Type="{OFFICE}/hyperlink" Target="javascript:alert(1)" '
    'TargetMode="External"/>'
    f'<Relationship Id="r3" Type="{OFFICE}/hyperlink" Target="file:///C:/x.docx" '
    'TargetMode="External"/>'
    f'<Relationship Id="r4" Type="{OFFICE}/hyperlink" Target="mailto:a.b@vvg.example" '
    'TargetMode="External"/>'
)


@pytest.mark.parametrize(
    ("attributes", "link"),
    [
        ('r:id="r1"', "https://vvg.example/"),
        ('r:id="r1" w:anchor="lesos"', "https://vvg.example/#lesos"),
        ('r:id="r2"', ""),
        ('r:id="r3"', ""),
        ('r:id="r4"', "mailto:a.b@vvg.example"),
        ('r:id="r9"', ""),
        ('w:anchor="nera"', ""),
    ],
)
def test_only_safe_links_are_kept(attributes, link):
    content = f"<w:hyperlink {attributes}>{text('čia')}</w:hyperlink>"

    assert spans(content, links=LINKS) == (Span("čia", link=link),)


def test_the_underline_of_a_link_is_no_mark():
    run = text("čia", '<w:rStyle w:val="Saitas"/><w:u w:val="single"/>')
    content = f'<w:hyperlink r:id="r1">{run}</w:hyperlink>'

    assert spans(content, links=LINKS, styles=STYLES)[0].marks == ()


def test_a_link_to_a_bookmark_leads_to_the_index_of_its_block():
    mark = '<w:bookmarkStart w:id="0" w:name="lesos"/><w:bookmarkEnd w:id="0"/>'
    link = f'<w:hyperlink w:anchor="lesos">{text("žr. lėšas")}</w:hyperlink>'
    body = paragraph(link) + paragraph() + mark + paragraph() + paragraph("Lėšos")

    assert read(word_file(body)).document.blocks[0].spans == (Span("žr. lėšas", link="#1"),)


@pytest.mark.parametrize(
    ("identity", "name", "properties", "level"),
    [
        ("Heading1", "heading 1", "", 1),
        ("Antrat3", "heading 3", "", 3),
        ("Antrat2", "antraštė 2", "", 2),
        ("X", "2 antraštė", "", 2),
        ("X", "Antraštė 9", "", 9),
        ("X", "Mano stilius", '<w:pPr><w:outlineLvl w:val="3"/></w:pPr>', 4),
        ("X", "heading 1", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', None),
        ("X", "Normal", "", None),
    ],
)
def test_the_level_of_a_heading_style(identity, name, properties, level):
    styles = style(identity, name, properties)

    block = read(word_file(paragraph("Tikslai", identity), styles=styles)).document.blocks[0]

    expected = (Kind.HEADING, level) if level else (Kind.PARAGRAPH, 0)
    assert (block.kind, block.level) == expected


def test_a_style_based_on_a_heading_is_a_heading():
    styles = style("Antrat1", "heading 1") + style("Mano", "Mano", "", "Antrat1")

    assert read(word_file(paragraph("A", "Mano"), styles=styles)).document.blocks[0].level == 1


def test_a_circle_of_styles_ends():
    styles = style("A", "A", "", "B") + style("B", "B", "", "A")

    assert read(word_file(paragraph("a", "A"), styles=styles)).document.blocks[0].level == 0


def test_the_outline_level_of_a_paragraph_itself_counts():
    body = paragraph("A", properties='<w:outlineLvl w:val="1"/>')

    assert read(word_file(body)).document.blocks[0].level == 2


def test_the_title_is_a_heading_and_names_the_document():
    styles = style("Pavadinimas", "Title")
    body = paragraph("Alksnių strategija", "Pavadinimas") + paragraph("Įvadas")

    document = read(word_file(body, styles=styles)).document

    assert (document.title, document.blocks[0].kind) == ("Alksnių strategija", Kind.HEADING)


@pytest.mark.parametrize(
    ("content", "level"),
    [
        (text("1 tikslas", "<w:b/>"), "1"),
        (text("2.1. Vietos ekonomika", "<w:b/>"), "2"),
        (text("Vietos ekonomika", "<w:b/>"), "2"),
        (text("Vietos ekonomika", '<w:sz w:val="32"/>'), "1"),
        (text("Vietos ekonomika."), None),
        (text("Vietos ekonomika.", "<w:b/>"), None),
        (text("Vietos ") + text("ekonomika", "<w:b/>"), None),
        (text("ilgai " * 30, "<w:b/>"), None),
        (text("2026", "<w:b/>"), None),
    ],
)
def test_what_looks_like_a_heading_is_told(content, level):
    body = paragraph(content) + paragraph("Įprastas tekstas, kurio yra daugiausia. " * 10)

    found = [each for each in read(word_file(body)).findings if each.code == "heading.guessed"]

    assert [(each.block, each.detail["level"]) for each in found] == ([(0, level)] if level else [])


def test_a_heading_without_words_is_told():
    styles = style("Antrat1", "heading 1")
    data = word_file(paragraph("Įvadas") + paragraph("", "Antrat1"), styles=styles)

    assert codes(data) == ["empty"]


def test_a_block_tells_where_it_stood():
    body = paragraph() + '<w:p w14:paraId="0A1B2C3D"><w:r><w:t>Įvadas</w:t></w:r></w:p>'

    source = read(word_file(body)).document.blocks[0].source

    assert (source.part, source.index, source.para_id) == ("word/document.xml", 1, "0A1B2C3D")


def test_equations_become_text():
    equation = (
        "<m:oMath><m:r><m:t>A=</m:t></m:r><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num>"
        "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>r</m:t></m:r></m:e>"
        "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup><m:rad><m:e><m:r><m:t>x</m:t></m:r></m:e>"
        "</m:rad></m:oMath>"
    )
    reading = read(word_file(paragraph(equation)))

    assert reading.document.blocks[0].text == "A=(a+b)/2r^2√(x)"
    assert [found.code for found in reading.findings] == ["equation.as_text"]


def test_the_language_is_the_one_asked_for():
    assert read(word_file(paragraph("A")), language="en").document.language == "en"
