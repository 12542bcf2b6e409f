"""What may be written into a block: plain boxes, what the script sends, and what is refused."""

import json
from dataclasses import replace

import pytest
from django.utils import translation

from sutarta.apps.strategies.forms import BlockForm, new_like
from sutarta.core.documents import Block, Cell, Kind, Span
from tests import make

BOLD = Span("kasdien", ("bold",))
NOTE = Span("1", ("sup",), note="1")
PARAGRAPH = Block(Kind.PARAGRAPH, (Span("Dirbame "), BOLD, NOTE, Span(".")), id="b1")
HEADING = make.block("Poreikiai", Kind.HEADING, level=2, number="2.1.", id="b2")
ITEM = make.block("Vienas", Kind.ITEM, number="•", id="b3")
ROW = Block(Kind.ROW, cells=(Cell(((Span("A"),),)), Cell(((Span("1"),), (Span("2"),)))), id="b4")
FIGURE = Block(Kind.FIGURE, (Span("Pav."),), id="b5", alt="Diagrama")
TABLE = Block(Kind.TABLE, (Span("Rodikliai"),), id="b6")
FOOTNOTE = make.block("Apklausa", Kind.FOOTNOTE, label="1", id="b7")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def form(block, **typed):
    """The form as the page posts it, with what is typed instead."""
    blank = BlockForm(block=block)
    fields = {name: blank[name].value() or "" for name in blank.fields}
    return BlockForm({**fields, **typed}, block=block, labels={"1"})


def result(block, **typed):
    made = form(block, **typed)
    assert made.errors == {}
    return made.blocks


@pytest.mark.parametrize("block", [PARAGRAPH, HEADING, ITEM, ROW, FIGURE, TABLE, FOOTNOTE])
def test_nothing_typed_changes_nothing(block):
    assert result(block) == [block]


def test_words_keep_their_looks():
    (block,) = result(PARAGRAPH, words="Dirbame ir kasdien[1].")

    assert block.spans == (Span("Dirbame ir "), BOLD, NOTE, Span("."))
    assert (block.id, block.kind) == ("b1", Kind.PARAGRAPH)


def test_a_blank_line_makes_two_paragraphs():
    first, second = result(PARAGRAPH, words="Dirbame.\r\n\r\n\r\nKasdien.")

    assert (first.text, second.text) == ("Dirbame.", "Kasdien.")
    assert (first.id, second.id, second.kind) == ("b1", "", Kind.PARAGRAPH)


def test_list_items_keep_their_sign_and_count_no_further():
    assert [block.number for block in result(ITEM, words="Vienas\n\nDu")] == ["•", "•"]
    assert [block.number for block in result(ITEM, words="A\n\nB", number="a)")] == ["a)", ""]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("heading-3", (Kind.HEADING, 3)),
        ("item-1", (Kind.ITEM, 1)),
        ("paragraph-0", (Kind.PARAGRAPH, 0)),
    ],
)
def test_what_it_is_can_be_changed(kind, expected):
    (block,) = result(PARAGRAPH, kind=kind)

    assert (block.kind, block.level) == expected


def test_a_level_nobody_offers_stays_possible():
    deep = replace(HEADING, level=7)

    assert result(deep, words="Kitaip")[0].level == 7


def test_cells_are_written_one_by_one():
    (row,) = result(ROW, cell1="1\r\n\r\n3")

    assert row.cells == (ROW.cells[0], Cell(((Span("1"),), (Span("3"),))))
    assert result(ROW, cell0="")[0].cells[0].paragraphs == ((),)


def test_a_caption_may_be_empty_and_a_picture_described():
    assert result(TABLE, words="")[0].spans == ()
    assert result(FIGURE, words="", alt="Kas matyti")[0] == replace(
        FIGURE, spans=(), alt="Kas matyti"
    )


def sent(*paragraphs):
    return json.dumps([list(spans) for spans in paragraphs])


def test_what_the_script_sends_counts_before_the_plain_words():
    spans = [{"text": "Dirbame", "marks": ["bold"]}, {"text": " čia", "link": "https://a.example"}]

    (block,) = result(PARAGRAPH, words="Kas kita", words_rich=sent(spans))

    assert block.spans == (Span("Dirbame", ("bold",)), Span(" čia", (), "https://a.example"))


def test_pieces_that_look_alike_are_no_change():
    spans = [{"text": "Dirb"}, {"text": "ame "}, {"text": "kasdien", "marks": ["bold"]},
             {"text": "1", "marks": ["sup"], "note": "1"}, {"text": "."}]  # fmt: skip

    assert result(PARAGRAPH, words_rich=sent(spans)) == [PARAGRAPH]


UNREAD = "We could not read what the editor sent. Reload the page and try again."
EMPTY = "Write the words. To have none, take the passage out instead."
LONG = "The text is too long: at most 20,000 characters."
WRONG = [
    (PARAGRAPH, "words", "", EMPTY),
    (PARAGRAPH, "words", " \n\n ", EMPTY),
    (PARAGRAPH, "words", "a" * 20_001, LONG),
    (PARAGRAPH, "kind", "table-0", "Choose what it is from the list."),
    (PARAGRAPH, "number", "1" * 21, "At most 20 characters."),
    (FOOTNOTE, "words", "a\n\nb", "This is one paragraph: take the blank line out."),
    (TABLE, "words", "a\n\nb", "This is one paragraph: take the blank line out."),
    (FIGURE, "alt", "a" * 501, "The text is too long: at most 500 characters."),
    (ROW, "cell0", "a" * 20_001, LONG),
    *(
        (PARAGRAPH, "words_rich", rich, UNREAD)
        for rich in (
            "{", "{}", "7", "[7]", "[[7]]", '[["a"]]', "null", "[" * 10_000, "x" * 400_001,
            sent([{"text": "a", "marks": ["blink"]}]),
            sent([{"text": "a", "marks": ["italic", "bold"]}]),
            sent([{"text": "a", "link": "javascript:alert(1)"}]),
            sent([{"text": "a", "link": "https://a b"}]),
            sent([{"text": "a", "link": "https://"}]),
            sent([{"text": "a", "note": "7"}]),
            sent([{"text": "a\x00b"}]),
            sent([{"text": "a", "onclick": "x"}]),
            sent([{"text": ["a"]}]),
        )
    ),
    (PARAGRAPH, "words_rich", sent([{"text": "a" * 20_001}]), LONG),
    (PARAGRAPH, "words_rich", sent([{"text": "  "}]), EMPTY),
    (PARAGRAPH, "words_rich", sent(), EMPTY),
]  # fmt: skip


@pytest.mark.parametrize(("block", "field", "typed", "sentence"), WRONG)
def test_what_is_refused_says_why(block, field, typed, sentence):
    wrong = form(block, **{field: typed})

    assert not wrong.is_valid()
    assert list(wrong.errors[field.removesuffix("_rich")]) == [sentence]


def test_a_heading_cannot_be_parted():
    wrong = form(HEADING, words="Pirma\n\nAntra")

    assert list(wrong.errors["words"]) == ["This is one paragraph: take the blank line out."]


def test_signs_nobody_can_see_fall_away():
    assert result(PARAGRAPH, words="Dir\x07bame")[0].text == "Dirbame"


def test_what_stands_beside_a_block_is_of_its_kind():
    assert new_like(PARAGRAPH) == new_like(HEADING) == Block(Kind.PARAGRAPH)
    assert new_like(ITEM) == Block(Kind.ITEM, number="•")
    assert [cell.text for cell in new_like(ROW).cells] == ["", ""]


def test_columns_name_the_cells():
    named = BlockForm(block=ROW, columns=["Rodiklis", ""])

    assert [named[name].label for name in ("cell0", "cell1")] == ["Rodiklis", "Cell 2"]
