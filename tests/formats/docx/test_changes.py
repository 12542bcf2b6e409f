"""Tracked changes are told, and settled as asked: all accepted or all rejected."""

import time

import pytest

from sutarta.formats.docx import read

from .packages import cell, paragraph, row, style, table, text, word_file

WHO = 'w:id="1" w:author="A. B." w:date="2026-03-01T10:00:00Z"'
SIGNED = {"author": "A. B.", "date": "2026-03-01T10:00:00Z"}


def ins(content):
    return f"<w:ins {WHO}>{content}</w:ins>"


def gone(words):
    return f"<w:del {WHO}><w:r><w:delText>{words}</w:delText></w:r></w:del>"


def move(side, words):
    return f"<w:move{side} {WHO}>{text(words)}</w:move{side}>"


def mark(kind):
    return f"<w:rPr><w:{kind} {WHO}/></w:rPr>"


def texts(body, changes, **parts):
    return [b.text for b in read(word_file(body, **parts), changes=changes).document.blocks]


def new_row(kind, words):
    return row(words, "x", properties=f"<w:{kind} {WHO}/>")


BOLDED = text("takas", f"<w:b/><w:rPrChange {WHO}><w:rPr/></w:rPrChange>")


@pytest.mark.parametrize(
    ("body", "accepted", "rejected"),
    [
        (paragraph(text("Bus ") + ins(text("naujas ")) + text("takas")),
         ["Bus naujas takas"], ["Bus takas"]),
        (paragraph(text("Bus ") + gone("senas ") + text("takas")),
         ["Bus takas"], ["Bus senas takas"]),
        (paragraph(ins(text("a") + gone("b")) + text("c")), ["ac"], ["c"]),
        (paragraph(move("From", "a ") + text("b ") + move("To", "a")), ["b a"], ["a b"]),
        (paragraph("a", properties=mark("del")) + paragraph("b"), ["ab"], ["a", "b"]),
        (paragraph("a", properties=mark("ins")) + paragraph("b"), ["a", "b"], ["ab"]),
        (paragraph(gone("a"), properties=mark("del")) + paragraph("b"), ["b"], ["a", "b"]),
        (paragraph(gone("a"), properties=mark("del")) + paragraph(gone("b"), properties=mark("del"))
         + paragraph("c"), ["c"], ["a", "b", "c"]),
        (paragraph("a", properties=mark("del")) + paragraph("b", properties=mark("del"))
         + paragraph("c"), ["abc"], ["a", "b", "c"]),
        (paragraph(ins(text("a")), properties=mark("ins")) + paragraph("b"), ["a", "b"], ["b"]),
        (table(row("a", "b"), new_row("ins", "c"), new_row("del", "d")),
         ["", "a\tb", "c\tx"], ["", "a\tb", "d\tx"]),
        (paragraph("a") + table(new_row("del", "d")), ["a"], ["a", "", "d\tx"]),
        (table(row("a", cell("b", f"<w:cellDel {WHO}/>"), cell("c", f"<w:cellIns {WHO}/>"))),
         ["", "a\tc"], ["", "a\tb"]),
    ],
    ids=["insertion", "deletion", "deleted insertion", "move", "joined", "split",
         "deleted paragraph", "two deleted paragraphs", "three joined", "new paragraph", "rows",
         "deleted table", "cells"],
)  # fmt: skip
def test_changes_are_settled_as_asked(body, accepted, rejected):
    assert texts(body, "accept") == accepted
    assert texts(body, "reject") == rejected


def test_joined_paragraphs_look_like_the_last():
    styles = style("Antrat1", "heading 1")
    body = paragraph("a", "Antrat1", mark("del")) + paragraph("b")

    assert read(word_file(body, styles=styles)).document.blocks[0].level == 0


@pytest.mark.parametrize(("changes", "marks"), [("accept", ("bold",)), ("reject", ())])
def test_formatting_is_settled_too(changes, marks):
    body = paragraph(text("a ") + BOLDED)

    spans = read(word_file(body), changes=changes).document.blocks[0].spans

    assert spans[-1].marks == marks


@pytest.mark.parametrize(("changes", "level"), [("accept", 1), ("reject", 0)])
def test_a_changed_style_of_a_paragraph_is_settled(changes, level):
    former = f'<w:pPrChange {WHO}><w:pPr><w:pStyle w:val="P"/></w:pPr></w:pPrChange>'
    styles = style("Antrat1", "heading 1") + style("P", "Normal")
    data = word_file(paragraph("a", "Antrat1", former), styles=styles)

    assert read(data, changes=changes).document.blocks[0].level == level


@pytest.mark.parametrize("changes", ["accept", "reject"])
@pytest.mark.parametrize(
    ("body", "found"),
    [
        (paragraph(text("a") + ins(text("b")) + ins(text("c")) + text("d")),
         [("changes.insertion", {"text": "bc"})]),
        (paragraph(text("a") + ins(text("b")) + text("c") + ins(text("d"))),
         [("changes.insertion", {"text": "b"}), ("changes.insertion", {"text": "d"})]),
        (paragraph(text("a") + gone("b")), [("changes.deletion", {"text": "b"})]),
        (paragraph(move("From", "b") + text("a") + move("To", "b")),
         [("changes.move", {"text": "b", "what": "from"}),
          ("changes.move", {"text": "b", "what": "to"})]),
        (paragraph(text("a ") + BOLDED), [("changes.formatting", {"text": "takas"})]),
        (paragraph(ins(text("a")), properties=mark("ins")) + paragraph("b"),
         [("changes.insertion", {"text": "a"})]),
        (paragraph("a", properties=mark("del")) + paragraph("b"),
         [("changes.deletion", {"what": "paragraph mark"})]),
        (table(row("a", "b"), new_row("ins", "c")) + paragraph("d"),
         [("changes.insertion", {"text": "cx", "what": "row"})]),
    ],
    ids=["unbroken", "broken", "deletion", "move", "formatting", "new paragraph", "joined", "row"],
)  # fmt: skip
def test_every_change_is_told_either_way(body, found, changes):
    findings = read(word_file(body), changes=changes).findings
    told = [each for each in findings if each.code.startswith("changes.")]

    assert [(each.code, each.detail) for each in told] == [
        (code, SIGNED | detail) for code, detail in found
    ]


def test_a_change_is_told_at_its_block():
    body = paragraph("a") + paragraph(text("b") + ins(text("c"))) + paragraph("d")

    assert [finding.block for finding in read(word_file(body)).findings] == [1]


def test_the_place_of_a_paragraph_does_not_depend_on_the_changes():
    body = paragraph(gone("a"), properties=mark("del")) + paragraph("b")

    for changes in ("accept", "reject"):
        last = read(word_file(body), changes=changes).document.blocks[-1]
        assert (last.text, last.source.index) == ("b", 1)


def test_a_paragraph_changed_a_thousand_times_is_read_as_fast_as_others():
    one = '<w:ins w:id="1" w:author="A. B."><w:r><w:t>du </w:t></w:r></w:ins>'
    data = word_file(paragraph((one + text("trys ")) * 1500))

    before = time.process_time()
    reading = read(data)

    assert time.process_time() - before < 5
    assert [told.start for told in reading.revisions[:3]] == [0, 5, 10]
    assert len(reading.revisions) == 1500
