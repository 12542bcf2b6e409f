"""Numbers that Word counts in cells come out as the new text has them, or as the old one had."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from sutarta.core.documents import Block, Cell, Document, Kind, Span, identify
from sutarta.formats import docx
from sutarta.formats.docx import writing
from tests.formats.settling import lines
from tests.formats.test_docx_out import found

from .packages import cell, item, row, table, word_file
from .test_numbering import definition, level, num

NEW = "bzyhr5yuvzx"
HAND = writing.Hand("A. B.", datetime(2026, 11, 23, 1, 0))  # noqa: DTZ001 - Word knows no zone
LISTS = (
    definition(level(0, "lowerLetter", "(%1)"), level(1, "decimal", "%1.%2."), identity=0)
    + definition(level(0, "decimal", "%1."), identity=1)
    + num(1, 0)
    + num(2, 1)
)


def listed(words: str, num_id: int) -> str:
    """A cell with one item of a list."""
    return f"<w:tc>{item(words, num_id)}</w:tc>"


@pytest.fixture
def data() -> bytes:
    """Rows counted in their first cell, with an item of a list in their second."""
    head = row(cell("Nr."), cell("Veikla"))
    rows = [row(listed("", 2), listed(words, 1)) for words in ("Kelias", "Takas", "Tiltas")]
    return word_file(table(head, *rows), numbering=LISTS)


def old_of(data: bytes) -> Document:
    return identify(docx.read(data).document, "t")


def made_row(*cells: str, id: str = "") -> Block:
    told = tuple(Cell(((Span(words),),) if words else ()) for words in cells)
    return Block(Kind.ROW, id=id, cells=told)


def with_row(document: Document, at: int, row: Block) -> Document:
    """With the row put in before the block `at`."""
    blocks = document.blocks
    placed = replace(row, table=blocks[1].table)
    return replace(document, blocks=(*blocks[:at], placed, *blocks[at:]))


def saying(document: Document, at: int, *cells: str) -> Document:
    blocks = list(document.blocks)
    blocks[at] = replace(blocks[at], cells=made_row(*cells).cells)
    return replace(document, blocks=tuple(blocks))


def rows_of(document: Document) -> list[list[str]]:
    rows = (block for block in document.blocks if block.kind is Kind.ROW)
    return [[each.text for each in row.cells] for row in rows][1:]


def tracked(data: bytes, new: Document) -> bytes:
    """The file with its changes, after taking and refusing them gave the new and the old text."""
    old = old_of(data)
    made = writing.track(data, old, new, hand=HAND)
    assert rows_of(docx.read(made).document) == rows_of(new)
    assert rows_of(docx.read(made, changes="reject").document) == rows_of(old)
    return made


def lists(made: bytes) -> list[str]:
    """Which list each paragraph in a cell names now, as it stands in the file."""
    return [str(each) for each in found(made, "//w:tc/w:p/w:pPr/w:numPr/w:numId/@w:val")]


def test_the_file_counts_its_items(data):
    assert rows_of(old_of(data)) == [
        ["1.", "(a) Kelias"],
        ["2.", "(b) Takas"],
        ["3.", "(c) Tiltas"],
    ]


def test_a_row_that_comes_is_counted_with_the_others(data):
    new = with_row(old_of(data), 3, made_row("2.", "(b) Lieptas", id=NEW))
    new = saying(saying(new, 4, "3.", "(c) Takas"), 5, "4.", "(d) Tiltas")

    made = tracked(data, new)

    assert set(lists(made)) == {"1", "2"}
    assert not found(made, "//w:pPrChange")


def test_a_list_that_begins_anew_in_a_row_gets_a_list_of_its_own(data):
    new = with_row(old_of(data), 5, made_row("4.", "(a) Lieptas", id=NEW))

    made = tracked(data, new)

    assert lists(made)[-2:] == ["2", "3"]
    assert lines(made, accept=False) == ["Nr.", "Veikla", "Kelias", "Takas", "Tiltas"]


def test_a_number_that_jumps_leaves_its_list_and_becomes_a_word(data):
    new = saying(saying(old_of(data), 3, "7.", "(b) Takas"), 4, "8.", "(c) Tiltas")

    made = tracked(data, new)

    assert ["".join(each.itertext()) for each in found(made, "//w:ins[w:r]")] == ["7.", "8."]
    former = found(made, "//w:pPrChange/w:pPr/w:numPr/w:numId/@w:val")
    assert [str(each) for each in former] == ["2", "2"]


def test_items_that_come_behind_one_that_stays_go_with_its_old_end(data):
    old = old_of(data)
    spans = ((Span("(b) Takas"),), (Span("(a) Lieptas"),), (Span("(b) Brasta"),))
    row = replace(old.blocks[3], cells=(old.blocks[3].cells[0], Cell(spans)))

    made = tracked(data, replace(old, blocks=(*old.blocks[:3], row, old.blocks[4])))

    assert lines(made, accept=True)[3:] == ["Takas", "Lieptas", "Brasta", "Tiltas"]
    assert lines(made, accept=False) == ["Nr.", "Veikla", "Kelias", "Takas", "Tiltas"]


def test_a_number_no_list_prints_becomes_words(data):
    new = saying(old_of(data), 3, "2-a", "(b) Takas")

    made = tracked(data, new)

    assert ["".join(each.itertext()) for each in found(made, "//w:ins[w:r]")] == ["2-a", "3."]
    assert lists(made)[2] == "0"


def test_a_row_without_numbers_stays_without(data):
    new = with_row(old_of(data), 5, made_row("", "Iš viso", id=NEW))

    made = tracked(data, new)

    assert lists(made)[-2:] == ["0", "0"]


def test_an_item_that_loses_its_number_says_only_its_words(data):
    tracked(data, saying(old_of(data), 3, "2.", "Takas"))


def test_a_further_item_of_a_cell_is_counted_too(data):
    old = old_of(data)
    spans = ((Span("(c) Tiltas"),), (Span("(d) Uostas"),))
    last = replace(old.blocks[4], cells=(old.blocks[4].cells[0], Cell(spans)))

    tracked(data, replace(old, blocks=(*old.blocks[:4], last)))


def test_a_row_counted_deeper_in_a_list_comes_and_goes_as_a_whole():
    """LibreOffice does not take a change of depth back."""
    rows = [
        row(f"<w:tc>{item(words, 1, depth)}</w:tc>")
        for words, depth in (("Kelias", 0), ("Takas", 1), ("Tiltas", 1))
    ]
    data = word_file(table(row(cell("Veikla")), *rows), numbering=LISTS)
    assert rows_of(old_of(data)) == [["(a) Kelias"], ["a.1. Takas"], ["a.2. Tiltas"]]

    made = tracked(data, saying(old_of(data), 4, "a.7. Tiltas"))

    assert len(found(made, "//w:trPr/w:del")) == len(found(made, "//w:trPr/w:ins")) == 1
    assert not found(made, "//w:pPrChange")
