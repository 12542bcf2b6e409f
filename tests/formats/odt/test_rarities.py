"""What few OpenDocument texts hold is taken in as it shows, or told with what it says."""

import pytest

from sutarta.formats.docx.drawings import media_type
from sutarta.formats.odt import read
from tests.formats.docx.packages import PNG

from .packages import AUTOMATIC, content, items, p, package


def reading(body, automatic=AUTOMATIC, **parts):
    """Numbers and texts of the blocks, and findings as code and details."""
    found = read(package(body, content_dot_xml=content(body, automatic), **parts))
    told = [(each.code, dict(each.detail)) for each in found.findings]
    return [(block.number, block.text) for block in found.document.blocks], told


def face(name, font):
    properties = f'<style:text-properties style:font-name="{font}"/>'
    return f'<style:style style:name="{name}" style:family="text">{properties}</style:style>'


@pytest.mark.parametrize(
    ("font", "typed", "shown"),
    [
        ("Wingdings", "\uf0fc", "✓"),
        ("Wingdings 2", "P", "✓"),
        ("Symbol", "a", "α"),
        ("Arial", "P", "P"),
    ],
)
def test_letters_of_a_symbol_font_are_the_signs_it_shows(font, typed, shown):
    body = p(f'<text:span text:style-name="W">{typed}</text:span> gerai.')

    assert reading(body, AUTOMATIC + face("W", font)) == ([("", f"{shown} gerai.")], [])


def test_paragraphs_numbered_outside_lists_are_counted():
    def numbered(words, more=""):
        named = 'text:style-name="L1" text:list-id="a"'
        inner = p(words)
        return f"<text:numbered-paragraph {named} {more}>{inner}</text:numbered-paragraph>"

    body = numbered("a") + p("tarp") + numbered("b") + numbered("c", 'text:level="2"')

    assert reading(body)[0] == [("1.", "a"), ("", "tarp"), ("2.", "b"), ("b)", "c")]


def test_a_list_that_continues_one_nobody_knows_begins_anew():
    body = items("a", "b") + items("c", more='text:continue-list="nera"')

    assert [number for number, _text in reading(body)[0]] == ["1.", "2.", "1."]


def test_hidden_rows_paragraphs_and_words_are_left_out_and_told():
    def row(words, more=""):
        cell = f"<table:table-cell>{p(words)}</table:table-cell>"
        return f"<table:table-row {more}>{cell}</table:table-row>"

    rows = row("a", 'table:visibility="collapse"') + row("b", 'table:visibility="filter"')
    field = '<text:hidden-paragraph text:condition="1" text:is-hidden="true"/>'
    words = '<text:hidden-text text:condition="1" text:string-value="d" text:is-hidden="true"/>'
    body = (
        f"<table:table>{rows}{row('Takas.')}</table:table>" + p(f"c{field}") + p(f"{words} Gatvė.")
    )

    blocks, told = reading(body)

    assert [text for _number, text in blocks] == ["", "Takas.", "Gatvė."]
    hidden = [detail["text"] for code, detail in told if code == "left_out.hidden"]
    assert sorted(hidden) == ["a", "b", "c", "d"]


def test_how_a_word_is_said_stands_behind_it():
    ruby = "<text:ruby-base>か</text:ruby-base><text:ruby-text>ka</text:ruby-text>"

    assert reading(p(f"<text:ruby>{ruby}</text:ruby>."))[0] == [("", "か(ka).")]


def test_a_part_of_a_master_document_is_told_when_its_words_are_elsewhere():
    def section(name, inner=""):
        source = f'<text:section-source xlink:href="{name}"/>'
        return f'<text:section text:name="s">{source}{inner}</text:section>'

    body = section("../vienas.odt", p("Vienas.")) + section("../du.odt") + p("Takas.")
    told = [("object.unreadable", {"kind": "embedded document", "name": "du.odt"})]

    assert reading(body) == ([("", "Vienas."), ("", "Takas.")], told)


def test_words_of_page_headers_and_contents_are_told_once():
    box = f"<draw:frame><draw:text-box>{p('Kaimas')}</draw:text-box></draw:frame>"
    header = f"<style:header>{p('VVG<text:tab/>2026')}{p(box)}</style:header>"
    master = f'<style:master-page style:name="m">{header}</style:master-page>'
    lines = f"<text:index-title>{p('Turinys')}</text:index-title>{p('1 Tikslai<text:tab/>2')}"
    contents = f"<text:index-body>{lines}</text:index-body>"
    body = f"<text:table-of-content>{contents}</text:table-of-content>" + p("Takas.")

    assert reading(body, master=master)[1] == [
        ("left_out.header", {"text": "VVG 2026\nKaimas"}),
        ("left_out.contents", {"lines": "2", "text": "Turinys\n1 Tikslai 2"}),
    ]


def test_a_metafile_is_named_unless_another_form_of_it_can_be_read():
    def frame(*names):
        images = "".join(f'<draw:image xlink:href="Pictures/{name}"/>' for name in names)
        return p(f"<draw:frame>{images}<svg:title>Schema</svg:title></draw:frame>")

    parts = {"Pictures__a_dot_emf": b"\x01\0\0\0", "Pictures__a_dot_png": PNG}
    body = frame("a.emf") + frame("a.emf", "a.png") + p("Takas.")

    _blocks, told = reading(body, **parts)

    assert media_type(PNG) == "image/png"
    assert told == [
        ("picture.unreadable", {"reason": "format", "name": "a.emf", "alt": "Schema"})
    ]  # fmt: skip


def test_a_note_in_a_table_in_a_table_is_a_note():
    note = (
        '<text:note text:id="n1" text:note-class="endnote"><text:note-citation>i'
        f"</text:note-citation><text:note-body>{p('pastaba')}</text:note-body></text:note>"
    )

    def table(inner):
        cell = f"<table:table-cell>{inner}</table:table-cell>"
        return f"<table:table><table:table-row>{cell}</table:table-row></table:table>"

    blocks, told = reading(table(table(p(f"Takas{note}"))))

    assert [text for _number, text in blocks] == ["", "Takasi", "pastaba"]
    assert [code for code, _detail in told] == ["table.nested"]


def region(name, kind, inner=""):
    who = "<dc:creator>A. B.</dc:creator><dc:date>2026-05-04T10:00:00</dc:date>"
    change = f"<office:change-info>{who}</office:change-info>{inner}"
    kind = f"<text:{kind}>{change}</text:{kind}>"
    return (
        f'<text:tracked-changes><text:changed-region text:id="{name}">{kind}'
        "</text:changed-region></text:tracked-changes>"
    )


def test_a_change_within_a_note_is_told():
    marks = '<text:change-start text:change-id="c1"/>nauja<text:change-end text:change-id="c1"/>'
    note = (
        '<text:note text:id="n1" text:note-class="footnote"><text:note-citation>1'
        f"</text:note-citation><text:note-body>{p(marks)}</text:note-body></text:note>"
    )

    blocks, told = reading(region("c1", "insertion") + p(f"Takas{note}"))

    assert [text for _number, text in blocks] == ["Takas1", "nauja"]
    assert [(code, detail["text"]) for code, detail in told] == [("changes.insertion", "nauja")]


def test_a_deletion_that_stands_in_itself_is_read():
    point = '<text:change text:change-id="c1"/>'
    body = region("c1", "deletion", p(f"sena{point}") + p("dar")) + p(f"Takas.{point}")

    found = read(package(body), changes="reject")

    assert "Takas." in "".join(block.text for block in found.document.blocks)


def test_a_comment_over_two_paragraphs_quotes_both():
    comment = (
        '<office:annotation office:name="k"><dc:creator>A. B.</dc:creator>'
        f"<dc:date>2026-05-04T10:00:00</dc:date>{p('kodėl?')}</office:annotation>"
    )
    body = p(f"a {comment}ginčas") + p('tęsinys<office:annotation-end office:name="k"/> b')

    assert reading(body)[1] == [
        ("comment", {"author": "A. B.", "date": "2026-05-04T10:00:00", "text": "kodėl?",
                     "quote": "ginčas tęsinys"}),
    ]  # fmt: skip
