"""A comparison as a paper: what people read, and what Word gives back of it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from hypothesis import HealthCheck, given, settings
from lxml import etree

from sutarta.core.documents import Block, Cell, Document, Kind, Span, compare, identify
from sutarta.formats import docx
from sutarta.formats.comparing import Sayings, lay
from sutarta.formats.docx import writing
from sutarta.formats.papers import Heading, Paper, Table, Words, text_of
from tests.core.test_documents_applying import pairs_of_versions

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
SAYINGS = Sayings("moved to {place}", "moved here from {place}", "picture")


def text(id, words, kind=Kind.PARAGRAPH, **facts):
    return Block(kind, (Span(words),), id=id, **facts)


def row(id, *cells):
    return Block(Kind.ROW, id=id, table="t", cells=tuple(Cell(((Span(c),),)) for c in cells))


def laid(old, new, ways=({},), **asked):
    return lay(compare(Document(tuple(old)), Document(tuple(new)), ways), SAYINGS, **asked)


def marked(runs):
    signs = {"": "{}", "gone": "[-{}-]", "new": "{{+{}+}}", "from": "[<{}<]", "to": "[>{}>]"}
    return "".join(signs[run.change].format(run.text) for run in runs)


def written(old, new, ways=({},)):
    found = compare(old, new, ways)
    paper = Paper("T", "lt", "VVG", AT, lay(found, SAYINGS, exact=True), bare=True, tracked=True)
    return writing.write(paper)


def said(document):
    """Every line that says something; the cells of a row one by one."""
    lines = []
    for block in document.blocks:
        texts = [cell.text for cell in block.cells] if block.cells else [block.text]
        lines += [line for words in texts for line in words.split("\n") if line.strip()]
    return [" ".join(line.split()) for line in lines]


def read(data, changes):
    """What our own reader says of it."""
    try:
        return said(docx.read(data, changes=changes).document)
    except docx.Refused:
        return []


def settled(data, *, taken):
    """Its lines with all changes taken or refused, by nothing but the rules of the standard."""
    lose = ("del", "moveFrom") if taken else ("ins", "moveTo")
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml"))[0]
    lines, line = [], ""
    for paragraph in body.iter(f"{W}p"):
        row = next(paragraph.iterancestors(f"{W}tr"), None)
        if row is not None and any(row.findall(f"{W}trPr/{W}{name}") for name in lose):
            continue
        for element in paragraph.iter(f"{W}t", f"{W}delText", f"{W}br", f"{W}tab"):
            if not any(
                next(element.iterancestors(f"{W}{name}"), None) is not None for name in lose
            ):
                line += {"br": "\n", "tab": " "}.get(etree.QName(element).localname, element.text)
        if not any(paragraph.findall(f"{W}pPr/{W}rPr/{W}{name}") for name in lose):
            lines += line.split("\n")
            line = ""
    return [" ".join(each.split()) for each in [*lines, line] if each.strip()]


A, B, C = text("a", "Pagalba namuose."), text("b", "Takas prie upės."), text("c", "Vaikų kambarys.")


def test_words_keep_the_looks_of_their_own_version():
    old = Block(Kind.PARAGRAPH, (Span("Skirta "), Span("1 200", ("bold",)), Span(" Eur.")), id="a")

    [words] = laid([old], [text("a", "Skirta 1 500 Eur.")])

    assert marked(words.runs) == "Skirta [-1 200-]{+1 500+} Eur."
    assert [run.marks for run in words.runs if run.change == "gone"] == [("bold",)]


def test_a_moved_passage_is_told_at_both_places():
    [there, _b, _c, here] = laid([A, B, C], [B, C, A])

    assert (marked(there.runs), there.look) == ("moved to 0.3: Pagalba namuose.", "meta")
    assert (marked(here.runs), here.move.said) == ("Pagalba namuose.", "moved here from 0.1")


def test_in_a_paper_with_tracked_changes_a_moved_passage_stands_at_both_places():
    [there, _b, _c, here] = laid([A, B, C], [B, C, A], exact=True)

    assert (marked(there.runs), marked(here.runs)) == (
        "[<Pagalba namuose.<]",
        "[>Pagalba namuose.>]",
    )
    assert there.move.name == here.move.name


def test_parts_of_a_split_passage_are_paragraphs_of_their_own():
    whole = text("a", "Pagalba namuose. Ir savaitgaliais.")
    parts = [A, text("n", "Ir savaitgaliais.")]

    first, second = laid([whole], parts, [{"a": ["a", "n"]}])

    assert (marked(first.runs), first.end) == ("Pagalba namuose.[- -]", "new")
    assert (marked(second.runs), second.end) == ("Ir savaitgaliais.", "")


def test_a_part_put_in_behind_a_passage_it_was_split_from_leaves_the_passages_end():
    old = identify(Document((A, C)), "o")
    new = Document((A, text("n", "Ir savaitgaliais."), C))

    data = written(old, new, [{"a": ["a", "n"]}])

    assert read(data, "reject") == ["Pagalba namuose.", "Vaikų kambarys."]
    assert read(data, "accept") == said(new)


def test_columns_that_came_stand_among_the_others():
    old = [text("t", "Lėšos", Kind.TABLE), row("r", "Takas", "300"), row("s", "Namai", "500")]
    new = [
        text("t", "Lėšos", Kind.TABLE),
        row("r", "Takas", "2027", "300"),
        row("s", "Namai", "2028", "500"),
    ]

    [table] = laid(old, new)

    assert isinstance(table, Table)
    assert [[marked(cell.paragraphs[0]) for cell in each.cells] for each in table.rows] == [
        ["Takas", "{+2027+}", "300"],
        ["Namai", "{+2028+}", "500"],
    ]


def test_a_heading_that_went_is_no_heading_of_the_printed_text():
    head = text("h", "Tikslai", Kind.HEADING, level=1, number="1.")

    [printed] = laid([head], [])
    [tracked] = laid([head], [], exact=True)

    assert isinstance(printed, Words)
    assert isinstance(tracked, Heading)
    assert marked(printed.runs) == marked(tracked.runs) == "[-Tikslai-]"


def test_other_white_space_is_passed_over_in_print_and_tracked_in_word():
    wide = text("a", "Pagalba\u00a0namuose.")

    [printed] = laid([A], [wide])
    [tracked] = laid([A], [wide], exact=True)

    assert marked(printed.runs) == text_of(printed.runs) == "Pagalba\u00a0namuose."
    assert marked(tracked.runs) == "Pagalba[- -]{+\u00a0+}namuose."


@given(pairs_of_versions())
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
def test_taking_or_refusing_all_changes_in_word_gives_the_new_or_the_old_text(both):
    old, new, ways = both
    data = written(old, new, ways)

    assert (read(data, "accept"), read(data, "reject")) == (said(new), said(old))
    assert (settled(data, taken=True), settled(data, taken=False)) == (said(new), said(old))


@given(pairs_of_versions())
@settings(max_examples=60, deadline=None)
def test_a_printed_comparison_says_every_word_of_the_new_version(both):
    old, new, ways = both

    words = "\n".join(
        "".join(run.text for run in runs if run.change != "gone")
        for piece in lay(compare(old, new, ways), SAYINGS)
        for runs in (
            [piece.caption, *(p for r in piece.rows if r.change != "gone" for c in r.cells
                              for p in c.paragraphs)]
            if isinstance(piece, Table)
            else [getattr(piece, "runs", ())]
        )
    )  # fmt: skip
    for line in said(new):
        assert line in " ".join(words.split())
