"""Sections, look-alike headings and printed paragraph numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import (
    Block,
    Document,
    Kind,
    Section,
    Span,
    display_numbers,
    identify,
    looks_like_heading,
    outline,
    section_of,
)


def block(kind, text="", *, id="", **fields):
    return Block(kind, (Span(text),), id=id, **fields)


def head(id, level, text="Tikslai", number=""):
    return block(Kind.HEADING, text, id=id, level=level, number=number)


def text(id, kind=Kind.PARAGRAPH):
    return block(kind, "Žodžiai.", id=id)


STRATEGY = Document(
    (
        text("intro"),
        head("one", 1, "Padėtis", "1."),
        text("a"),
        text("table", Kind.TABLE),
        text("row1", Kind.ROW),
        text("row2", Kind.ROW),
        text("b"),
        head("two", 1, "Tikslai", "2."),
        text("c"),
        head("sub", 2, "Pirmas tikslas", "2.1."),
        text("d", Kind.ITEM),
        head("last", 1, "Priedai"),
        text("e"),
    )
)


def test_sections_nest_by_level_and_name_their_blocks():
    sub = Section("sub", 2, "2.1.", "Pirmas tikslas", ("d",))

    assert outline(STRATEGY) == [
        Section("one", 1, "1.", "Padėtis", ("a", "table", "row1", "row2", "b")),
        Section("two", 1, "2.", "Tikslai", ("c",), (sub,)),
        Section("last", 1, "", "Priedai", ("e",)),
    ]


def test_every_block_stands_under_the_nearest_heading_above():
    found = section_of(STRATEGY)

    assert [found[id] for id in ("intro", "a", "row2", "sub", "d", "two")] == [
        "", "one", "one", "two", "sub", "",
    ]  # fmt: skip


def test_paragraphs_are_numbered_within_their_section():
    assert display_numbers(STRATEGY) == {
        "intro": "0.1",
        "one": "1",
        "a": "1.1",
        "table": "1.2",
        "row1": "1.2/1",
        "row2": "1.2/2",
        "b": "1.3",
        "two": "2",
        "c": "2.0.1",
        "sub": "2.1",
        "d": "2.1.1",
        "last": "3",
        "e": "3.1",
    }


def test_a_number_printed_in_the_heading_itself_counts():
    document = Document((head("h", 1, "4. Biudžetas"), text("a")))

    assert display_numbers(document) == {"h": "4", "a": "4.1"}


def test_a_title_above_the_numbered_headings_takes_no_number_after_them():
    title, first = head("t", 1, "Strategija"), head("h", 1, number="1.")

    numbers = display_numbers(Document((title, text("a"), first, text("b"))))

    assert numbers == {"t": "0", "a": "0.1", "h": "1", "b": "1.1"}


def test_two_headings_that_print_one_number_are_told_apart():
    document = Document((head("h", 1, number="1."), head("i", 1, number="1."), text("a")))

    assert display_numbers(document) == {"h": "1", "i": "2", "a": "2.1"}


@given(
    st.lists(
        st.builds(
            block,
            st.sampled_from(Kind),
            st.sampled_from(["Tikslai", "1 Tikslai", "2.1 Kitas", ""]),
            level=st.integers(1, 4),
            number=st.sampled_from(["", "1.", "2.1", "II.", "A", "•", "a)", "0", "1.0"]),
        ),
        max_size=25,
    )
)
def test_every_block_has_a_printed_number_of_its_own(blocks):
    document = identify(Document(tuple(blocks)), "version 1")

    numbers = display_numbers(document)

    assert set(numbers) == {block.id for block in document.blocks}
    assert len(set(numbers.values())) == len(blocks)
    assert all(numbers.values())


@pytest.mark.parametrize(
    ("words", "marks", "expected"),
    [
        ("Tikslai ir uždaviniai", ("bold",), True),
        ("2.1 Tikslai", (), True),
        ("IV. Biudžetas", (), True),
        ("Tikslai ir uždaviniai", (), False),
        ("Visa tai svarbu.", ("bold",), False),
        ("Skirta 200 eurų", (), False),
        ("2026", ("bold",), False),
        ("", ("bold",), False),
        ("žodis " * 40, ("bold",), False),
    ],
)
def test_what_looks_like_a_heading(words, marks, expected):
    assert looks_like_heading(Block(Kind.PARAGRAPH, (Span(words, marks),))) == expected


def test_a_paragraph_bold_in_part_is_no_heading():
    spans = (Span("Svarbu", ("bold",)), Span(" visiems"))

    assert not looks_like_heading(Block(Kind.PARAGRAPH, spans))


def test_a_heading_need_not_be_asked_about():
    assert not looks_like_heading(head("h", 1, "2.1 Tikslai"))
