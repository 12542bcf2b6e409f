"""The numbers before headings and list items are those Word prints."""

import pytest

from sutarta.core.documents import Kind
from sutarta.formats.docx import read

from .packages import item, paragraph, row, style, table, text, word_file


def level(depth, style_of_count="decimal", text="", start=1, extra=""):
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{style_of_count}"/>'
        f'{extra}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(*levels, identity=0, extra=""):
    inner = "".join(levels)
    return f'<w:abstractNum w:abstractNumId="{identity}">{extra}{inner}</w:abstractNum>'


def num(identity, abstract=0, overrides=""):
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{abstract}"/>{overrides}</w:num>'


def start_override(depth, start):
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def numbers(body, numbering, **parts):
    document = read(word_file(body, numbering=numbering, **parts)).document
    return [block.number for block in document.blocks]


def listed(*places, num_id=1):
    """A body of list items at the depths given."""
    return "".join(item("žodis", num_id, depth) for depth in places)


@pytest.mark.parametrize(
    ("style_of_count", "text", "start", "printed"),
    [
        ("decimal", "%1.", 1, "1."),
        ("decimal", "%1)", 7, "7)"),
        ("decimal", "(%1)", 12, "(12)"),
        ("decimal", "Priedas %1", 2, "Priedas 2"),
        ("decimalZero", "%1", 3, "03"),
        ("decimalZero", "%1", 12, "12"),
        ("lowerLetter", "%1)", 1, "a)"),
        ("lowerLetter", "%1)", 26, "z)"),
        ("lowerLetter", "%1)", 27, "aa)"),
        ("lowerLetter", "%1)", 28, "bb)"),
        ("upperLetter", "%1.", 3, "C."),
        ("lowerRoman", "%1.", 4, "iv."),
        ("upperRoman", "%1", 1999, "MCMXCIX"),
        ("upperRoman", "%1 skyrius", 9, "IX skyrius"),
        ("ordinal", "%1", 1, "1st"),
        ("ordinal", "%1", 12, "12th"),
        ("ordinal", "%1", 23, "23rd"),
        ("decimalEnclosedCircle", "%1", 3, "③"),
        ("decimalEnclosedCircle", "%1", 21, "21"),
        ("decimalEnclosedParen", "%1", 2, "⑵"),
        ("decimalEnclosedFullstop", "%1", 1, "⒈"),
        ("numberInDash", "%1", 5, "- 5 -"),
        ("russianLower", "%1)", 3, "в)"),
        ("hex", "%1", 255, "FF"),
        ("chicago", "%1", 5, "**"),
        ("decimal", "%1.", 0, "0."),
        ("upperRoman", "%1.", 0, "0."),
        ("bullet", "\uf0b7", 1, "•"),
        ("bullet", "-", 1, "•"),
        ("none", "", 1, ""),
        ("none", "%1", 1, ""),
        ("none", "ą)", 1, "ą)"),
        ("decimal", "%1 straipsnis.", 12, "12 straipsnis."),
        ("kažkas", "%1.", 6, "6."),
    ],
)
def test_a_count_is_printed_in_the_format_of_its_level(style_of_count, text, start, printed):
    numbering = definition(level(0, style_of_count, text, start)) + num(1)

    assert numbers(listed(0), numbering) == [printed]


OUTLINE = definition(
    level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."), level(2, "lowerLetter", "%3)")
)


@pytest.mark.parametrize(
    ("depths", "printed"),
    [
        ([0, 0, 0], ["1.", "2.", "3."]),
        ([0, 1, 1, 0, 1], ["1.", "1.1.", "1.2.", "2.", "2.1."]),
        ([0, 1, 2, 2, 1, 2], ["1.", "1.1.", "a)", "b)", "1.2.", "a)"]),
        ([0, 2, 2, 0, 2], ["1.", "a)", "b)", "2.", "a)"]),
        ([1, 1, 0, 1], ["1.1.", "1.2.", "2.", "2.1."]),
        ([0, 2, 2, 1, 2], ["1.", "a)", "b)", "1.2.", "a)"]),
        ([0, 1, 2, 0, 0, 1], ["1.", "1.1.", "a)", "2.", "3.", "3.1."]),
    ],
)
def test_a_level_starts_again_below_a_new_one_above(depths, printed):
    assert numbers(listed(*depths), OUTLINE + num(1)) == printed


@pytest.mark.parametrize(
    ("restart", "printed"),
    [
        ("", ["1", "a", "i", "ii", "b", "i", "2", "a", "i"]),
        ('<w:lvlRestart w:val="0"/>', ["1", "a", "i", "ii", "b", "iii", "2", "a", "iv"]),
        ('<w:lvlRestart w:val="1"/>', ["1", "a", "i", "ii", "b", "iii", "2", "a", "i"]),
        ('<w:lvlRestart w:val="2"/>', ["1", "a", "i", "ii", "b", "i", "2", "a", "i"]),
    ],
)
def test_a_level_starts_again_after_the_level_it_names(restart, printed):
    numbering = definition(
        level(0, "decimal", "%1"),
        level(1, "lowerLetter", "%2"),
        level(2, "lowerRoman", "%3", extra=restart),
    )

    assert numbers(listed(0, 1, 2, 2, 1, 2, 0, 1, 2), numbering + num(1)) == printed


def test_legal_numbers_are_arabic_throughout():
    numbering = definition(
        level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2.", extra="<w:isLgl/>")
    )

    assert numbers(listed(0, 0, 1), numbering + num(1)) == ["I.", "II.", "2.1."]


def test_two_lists_of_one_definition_count_on():
    body = item("a", 1) + item("b", 1) + item("c", 2) + item("d", 1)

    assert numbers(body, OUTLINE + num(1) + num(2)) == ["1.", "2.", "3.", "4."]


def test_lists_of_different_definitions_do_not_disturb_each_other():
    other = definition(level(0, "lowerLetter", "%1)"), identity=5)
    body = item("a", 1) + item("b", 2) + item("c", 1) + item("d", 2)

    assert numbers(body, OUTLINE + other + num(1) + num(2, 5)) == ["1.", "a)", "2.", "b)"]


def test_a_start_override_bites_once():
    body = item("a", 1) + item("b", 1) + item("c", 2) + item("d", 2) + item("e", 1)
    numbering = OUTLINE + num(1) + num(2, overrides=start_override(0, 10))

    assert numbers(body, numbering) == ["1.", "2.", "10.", "11.", "12."]


def test_a_start_override_holds_for_every_new_beginning_of_its_level():
    numbering = OUTLINE + num(1, overrides=start_override(1, 5))

    assert numbers(listed(0, 1, 0, 1), numbering) == ["1.", "1.5.", "2.", "2.5."]


def test_a_level_override_replaces_the_level():
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1:", 2)}</w:lvlOverride>'

    assert numbers(listed(0, 0), OUTLINE + num(1, overrides=override)) == ["B:", "C:"]


def test_a_link_to_a_numbering_style_is_followed():
    link = definition(identity=3, extra='<w:numStyleLink w:val="Sarasas"/>')
    styles = style(
        "Sarasas", "Sarasas", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>',
        kind="numbering",
    )  # fmt: skip

    found = numbers(listed(0, 1, num_id=7), OUTLINE + link + num(1) + num(7, 3), styles=styles)

    assert found == ["1.", "1.1."]


def test_a_circle_of_numbering_styles_ends():
    link = definition(identity=3, extra='<w:numStyleLink w:val="S"/>')
    styles = style(
        "S", "S", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>', kind="numbering"
    )

    assert numbers(listed(0), link + num(1, 3), styles=styles) == [""]


HEADINGS = (
    style("Antrat1", "heading 1",
          '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr>')
    + style("Antrat2", "heading 2",
            '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr>',
            "Antrat1")
)  # fmt: skip


def test_headings_are_numbered_by_their_styles():
    body = (
        paragraph("Tikslai", "Antrat1")
        + paragraph("Pirmas", "Antrat2")
        + paragraph("Antras", "Antrat2")
        + paragraph("Lėšos", "Antrat1")
    )

    blocks = read(word_file(body, numbering=OUTLINE + num(1), styles=HEADINGS)).document.blocks

    assert [(block.kind, block.level, block.number, block.text) for block in blocks] == [
        (Kind.HEADING, 1, "1.", "Tikslai"),
        (Kind.HEADING, 2, "1.1.", "Pirmas"),
        (Kind.HEADING, 2, "1.2.", "Antras"),
        (Kind.HEADING, 1, "2.", "Lėšos"),
    ]


def test_a_style_tied_to_a_level_is_counted_there():
    tied = definition(
        level(0, "decimal", "%1."),
        level(1, "decimal", "%1.%2.", extra='<w:pStyle w:val="Punktas"/>'),
    )
    numbered = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("Punktas", "Punktas", numbered)

    found = numbers(item("a") + paragraph("b", "Punktas"), tied + num(1), styles=styles)

    assert found == ["1.", "1.1."]


def test_list_zero_takes_a_paragraph_out_of_the_list_of_its_style():
    out = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = paragraph("Įvadas", "Antrat1", out) + paragraph("Tikslai", "Antrat1")

    assert numbers(body, OUTLINE + num(1), styles=HEADINGS) == ["", "1."]


def test_an_empty_numbered_paragraph_is_counted_but_makes_no_block():
    assert numbers(item("a") + item("") + item("b"), OUTLINE + num(1)) == ["1.", "3."]


def test_a_paragraph_hidden_to_its_very_end_is_not_counted():
    hidden = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/>'
        f"</w:rPr></w:pPr>{text('slapta', '<w:vanish/>')}</w:p>"
    )

    assert numbers(item("a") + hidden + item("b"), OUTLINE + num(1)) == ["1.", "2."]


def test_a_deleted_paragraph_counts_only_when_its_deletion_is_rejected():
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr>'
        '<w:del w:id="1" w:author="A"/></w:rPr></w:pPr><w:del w:id="2" w:author="A"><w:r>'
        "<w:delText>b</w:delText></w:r></w:del></w:p>"
    )
    data = word_file(item("a") + gone + item("c"), numbering=OUTLINE + num(1))

    assert [block.number for block in read(data).document.blocks] == ["1.", "2."]
    rejected = read(data, changes="reject").document.blocks
    assert [block.number for block in rejected] == ["1.", "2.", "3."]


def test_a_paragraph_that_became_an_item_was_none_before():
    was = '<w:pPrChange w:id="1" w:author="A"><w:pPr/></w:pPrChange>'
    became = paragraph(
        "b", properties=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{was}'
    )
    data = word_file(item("a") + became + item("c"), numbering=OUTLINE + num(1))

    assert [block.number for block in read(data).document.blocks] == ["1.", "2.", "3."]
    rejected = read(data, changes="reject").document.blocks
    assert [block.number for block in rejected] == ["1.", "", "2."]


@pytest.mark.parametrize("suffix", ["tab", "space", "nothing"])
def test_what_parts_number_and_words_is_no_part_of_the_number(suffix):
    numbering = definition(level(0, "decimal", "%1)", extra=f'<w:suff w:val="{suffix}"/>'))

    assert numbers(listed(0, 0), numbering + num(1)) == ["1)", "2)"]


def test_definitions_may_stand_in_any_order_and_a_level_may_be_missing():
    numbering = num(3, 7) + definition(level(1, "lowerLetter", "%2)"), identity=7) + num(1, 9)

    assert numbers(item("a", 3, 1) + item("b", 3, 0) + item("c", 1), numbering) == ["a)", "", ""]


def test_an_unknown_list_prints_nothing():
    assert numbers(item("a", 9), OUTLINE + num(1)) == [""]


def test_numbers_in_a_table_come_before_the_words_of_the_cell():
    body = table(row(f"<w:tc>{item('')}</w:tc>", f"<w:tc>{item('Takas')}</w:tc>"))

    document = read(word_file(body, numbering=OUTLINE + num(1))).document

    assert document.blocks[1].text == "1.\t2. Takas"


def test_lists_in_text_boxes_and_notes_are_counted_apart():
    def box(words):
        inner = f"<w:txbxContent>{item(words)}</w:txbxContent>"
        return f"<w:r><w:pict><v:shape><v:textbox>{inner}</v:textbox></v:shape></w:pict></w:r>"

    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    body = item("a") + paragraph(box("b")) + paragraph(note) + paragraph(box("c")) + item("d")
    notes = f'<w:footnote w:id="1">{item("e")}</w:footnote>'

    blocks = read(word_file(body, numbering=OUTLINE + num(1), footnotes=notes)).document.blocks

    assert [(block.number, block.text) for block in blocks] == [
        ("1.", "a"), ("1.", "b"), ("", "1"), ("2.", "c"), ("2.", "d"), ("", "1. e")
    ]  # fmt: skip


def test_an_item_tells_its_depth():
    document = read(word_file(listed(0, 1, 2), numbering=OUTLINE + num(1))).document

    assert [(block.kind, block.level) for block in document.blocks] == [
        (Kind.ITEM, 0), (Kind.ITEM, 1), (Kind.ITEM, 2)
    ]  # fmt: skip


def test_a_longer_zero_format_is_read_from_its_alternative():
    fancy = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/>'
        "</mc:Fallback></mc:AlternateContent>"
    )
    numbering = definition(
        f'<w:lvl w:ilvl="0"><w:start w:val="4"/>{fancy}<w:lvlText w:val="%1"/></w:lvl>'
    )

    assert numbers(listed(0), numbering + num(1)) == ["004"]
