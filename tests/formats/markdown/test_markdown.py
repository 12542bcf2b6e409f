"""Markdown: what CommonMark says, tables, footnotes and lines about the file."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as some
from lxml import html
from markdown_it import MarkdownIt

from sutarta.core.documents import Kind
from sutarta.formats.docx import Refused
from sutarta.formats.markdown import read


def plain(text):
    document = read(text.encode()).document
    return [(str(each.kind), each.level, each.number, each.text) for each in document.blocks]


def codes(text):
    return [found.code for found in read(text.encode()).findings]


def test_blocks_of_markdown():
    text = """# Strategija

Pirmas *sakinys*
tęsiasi **čia**\\
ir čia. ~~Ne~~

2) du
   1. po juo
3) trys

- [ ] taškas
  - žemiau

> citata

Antras
------

    kodas  su tarpais
"""

    assert plain(text) == [
        ("heading", 1, "", "Strategija"),
        ("paragraph", 0, "", "Pirmas sakinys tęsiasi čia\nir čia. Ne"),
        ("item", 0, "2)", "du"),
        ("item", 1, "1.", "po juo"),
        ("item", 0, "3)", "trys"),
        ("item", 0, "•", "[ ] taškas"),
        ("item", 1, "•", "žemiau"),
        ("paragraph", 0, "", "citata"),
        ("heading", 2, "", "Antras"),
        ("paragraph", 0, "", "kodas  su tarpais"),
    ]
    assert codes(text) == []


def test_looks_and_links():
    text = "# Tikslai ir priemonės\n\n**a** *b* ~~c~~ <sub>d</sub> [e](#tikslai-ir-priemonės) <https://vvg.lt>"

    spans = [span for span in read(text.encode()).document.blocks[1].spans if span.text.strip()]

    assert [(span.text, span.marks, span.link) for span in spans] == [
        ("a", ("bold",), ""),
        ("b", ("italic",), ""),
        ("c", ("strike",), ""),
        ("d", ("sub",), ""),
        ("e", (), "#0"),
        ("https://vvg.lt", (), "https://vvg.lt"),
    ]


def test_a_table_has_a_header_row():
    table, head, row = read(b"| a | b |\n|---|--:|\n| 1 | **2** \\| 3 |\n").document.blocks

    assert (table.kind, head.header, head.text, row.text) == (Kind.TABLE, True, "a\tb", "1\t2 | 3")


def test_footnotes_are_notes_whatever_they_hold_and_however_often_they_are_named():
    text = """Vienas[^1] du[^nota] vėl[^1], ne[^x] nota.

[^1]: Pirma
    tęsiasi.

    Antra pastraipa.
[^nota]: - sąrašas
[^tuščia]: niekas nerodo
"""

    blocks = read(text.encode()).document.blocks

    assert blocks[0].text == "Vienas1 du2 vėl1, ne[^x] nota."
    assert [span.note for span in blocks[0].spans if span.note] == ["1", "2", "1"]
    assert [(each.kind, each.label, each.text) for each in blocks[1:]] == [
        (Kind.PARAGRAPH, "", "niekas nerodo"),
        (Kind.FOOTNOTE, "1", "Pirma tęsiasi.\nAntra pastraipa."),
        (Kind.FOOTNOTE, "2", "• sąrašas"),
    ]


def test_lines_about_the_file_are_told_and_give_the_title():
    reading = read(b'---\nTitle: "Planas"\ndate: 2026-01-01\n---\n\nTekstas\n\n---\n\nkitas\n')

    assert reading.document.title == "Planas"
    assert [each.text for each in reading.document.blocks] == ["Tekstas", "kitas"]
    assert [each.code for each in reading.findings] == ["left_out.metadata"]


def test_html_inside_is_read_as_a_page_and_pictures_are_told():
    text = "<table><tr><th>a<th>b<tr><td>c<td>d</table>\n\n![Malūnas](m.png) ![](x.png)"

    assert [words for *_rest, words in plain(text)] == ["", "a\tb", "c\td", "", ""]
    assert codes(text) == ["picture.unreadable", "picture.unreadable"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "no_text"), ("> " * 200 + "x", "too_deep"), ("- " * 200 + "x", "too_deep")],
    ids=["empty", "quotes", "lists"],
)
def test_what_is_no_document_is_refused(text, code):
    with pytest.raises(Refused) as refused:
        read(text.encode())

    assert refused.value.code == code


WORDS = some.text(alphabet=string.ascii_letters + "ąčęėįšųūž", min_size=1, max_size=8)
SENTENCES = some.lists(WORDS, min_size=1, max_size=6).map(" ".join)
BLOCKS = some.one_of(
    some.tuples(some.just("paragraph"), some.just(0), SENTENCES),
    some.tuples(some.just("heading"), some.integers(1, 6), SENTENCES),
)


@given(some.lists(BLOCKS, min_size=1, max_size=8))
def test_what_is_written_is_read_back(blocks):
    text = "\n\n".join("#" * level + " " * bool(level) + words for _kind, level, words in blocks)

    assert [(kind, level, words) for kind, level, _number, words in plain(text)] == blocks


@given(some.text(alphabet="ab \n\t#*_[]()^:|-`>~1.<&", max_size=200))
def test_whatever_the_text_nothing_is_raised_but_a_refusal(text):
    try:
        assert read(text.encode()).document.blocks
    except Refused as refused:
        assert refused.code in ("no_text", "too_deep")


LABEL = re.compile(r"\[\^[^]]+\]:?")


def words(text):
    return re.findall(r"\w+", text)


@pytest.mark.data
def test_every_word_of_real_files_is_taken_once_and_in_order_but_for_notes(shared_data):
    files = sorted(shared_data.glob("documents/real_pairs/*/*.md"))
    seen = 0
    for path in files:
        text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(), flags=re.DOTALL)
        page = MarkdownIt("commonmark").enable("table").render(LABEL.sub("", text))
        theirs = words(" ".join(map(str, html.document_fromstring(page).itertext())))
        blocks = read(path.read_bytes()).document.blocks
        spans = [each for block in blocks for each in (*block.spans, *in_cells(block))]
        ours = words(LABEL.sub("", " ".join(span.text for span in spans if not span.note)))
        in_order = (theirs, ours) if "[^" not in text else (sorted(theirs), sorted(ours))
        assert in_order[0] == in_order[1], path.parent.name
        seen += len(theirs)

    assert (len(files), seen > 100_000) == (58, True)


def in_cells(block):
    return [span for cell in block.cells for spans in cell.paragraphs for span in spans]
