"""Somebody's wording laid over a passage: words as proposed, looks and notes as they were."""

from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import Block, Cell, Kind, Span
from sutarta.core.documents.proposing import is_taken_up, worded

WORDS = st.lists(st.sampled_from(["kasdien", "ryte", "ir", "1", "20", "val.", "–"]), min_size=1)
MARKS = st.sampled_from([(), ("bold",), ("italic",)])
PASSAGE = Block(
    Kind.PARAGRAPH,
    (Span("Teikiama "), Span("kasdien", ("bold",)), Span("1", note="1"), Span(" visiems.")),
    id="babcd",
    number="3.",
)


def test_marks_and_notes_stay_on_the_words_that_stay():
    (made,) = worded(PASSAGE, "Pagalba teikiama kasdien1 ir ryte visiems.")

    assert made.text == "Pagalba teikiama kasdien1 ir ryte visiems."
    assert Span("kasdien", ("bold",)) in made.spans
    assert Span("1", note="1") in made.spans
    assert (made.id, made.number) == (PASSAGE.id, PASSAGE.number)


def test_a_note_whose_label_the_wording_leaves_out_is_left_out():
    (made,) = worded(PASSAGE, "Teikiama kasdien visiems.")

    assert not any(span.note for span in made.spans)


def test_blank_lines_begin_new_paragraphs_but_never_a_second_heading():
    heading = Block(Kind.HEADING, (Span("Pagalba"),), level=1, id="babcd")

    assert [one.id for one in worded(PASSAGE, "Viena.\n\nDu.\n\nTrys.")] == [
        "babcd", "babcdn1", "babcdn2"
    ]  # fmt: skip
    assert worded(heading, "Pagalba\n\nIr dar") == ()
    assert worded(Block(Kind.FIGURE, (Span("Žemėlapis"),)), "Planas") == ()
    assert worded(PASSAGE, "  ") == ()


def test_a_cell_keeps_its_looks_and_may_get_more_lines():
    cells = (Cell(((Span("Lėšos", ("bold",)),),)), Cell(((Span("1 200"),), (Span("Eur"),))))
    (made,) = worded(Block(Kind.ROW, cells=cells), "Lėšos\t1 500\nEur\nper metus")

    assert made.cells[0] == cells[0]
    assert made.cells[1].text == "1 500\nEur\nper metus"


@given(st.lists(st.tuples(WORDS, MARKS), min_size=1, max_size=4), WORDS)
def test_the_passage_reads_as_proposed(olds, proposed):
    spans = tuple(Span(" ".join(words) + " ", marks) for words, marks in olds)
    text = " ".join(proposed)

    (made,) = worded(Block(Kind.PARAGRAPH, spans, id="babcd"), text)

    assert made.text == text


@given(WORDS, WORDS, WORDS)
def test_what_was_left_as_it_was_took_nothing_up_and_what_was_taken_whole_did(old, new, other):
    before, proposed = " ".join(old), " ".join(new)

    assert not is_taken_up(before, proposed, before)
    assert is_taken_up(before, proposed, proposed) == (before != proposed)
