"""Any two versions beside each other: nothing lost, nothing told twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import Block, Cell, Document, Kind, Span, Turn, compare


def text(id, words, kind=Kind.PARAGRAPH, **facts):
    return Block(kind, (Span(words),) if words else (), id=id, **facts)


def head(id, words, level=1, **facts):
    return text(id, words, Kind.HEADING, level=level, **facts)


def row(id, *cells, table="t"):
    return Block(Kind.ROW, id=id, table=table, cells=tuple(Cell(((Span(c),),)) for c in cells))


def document(*blocks):
    return Document(blocks)


def told(old, new, *ways):
    """(turn, id) of every change."""
    found = compare(document(*old), document(*new), ways or ({},))
    return [(pair.turn.value, pair.id) for pair in found.changes]


def marked(changes):
    signs = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(signs[change.op].format(change.text) for change in changes)


A, B, C = text("a", "Pagalba namuose."), text("b", "Takas prie upės."), text("c", "Vaikų kambarys.")


def test_the_same_version_has_no_changes():
    assert told([head("h", "Tikslai"), A, B], [head("h", "Tikslai"), A, B]) == []


def test_words_that_changed_are_marked_and_numbers_stay_whole():
    found = compare(
        document(text("a", "Skirta 300 000,00 Eur.")),
        document(text("a", "Skirta 250 000,00 Eur.")),
        [{}],
    )

    [change] = found.changes
    assert change.turn is Turn.REWORDED
    assert marked(change.words) == "Skirta [-300 000,00-]{+250 000,00+} Eur."
    assert (change.old_numbers, change.new_numbers) == (("0.1",), ("0.1",))


def test_what_came_and_what_went_stand_where_they_are_read():
    assert told([A, B], [A, C], {"b": []}) == [("gone", "b"), ("new", "c")]
    assert told([A, B, C], [A, C], {"b": []}) == [("gone", "b")]
    assert told([B, C], [A, B, C]) == [("new", "a")]


def test_a_moved_passage_is_moved_and_says_from_where():
    found = compare(document(A, B, C), document(B, C, A), [{}])

    [change] = found.changes
    assert change.turn is Turn.MOVED
    assert (change.id, change.old_numbers, change.new_numbers) == ("a", ("0.1",), ("0.3",))


def test_a_moved_passage_with_other_words_is_reworded_and_marked_as_moved():
    found = compare(document(A, B, C), document(B, C, text("a", "Pagalba namie.")), [{}])

    [change] = found.changes
    assert (change.turn, change.is_moved) == (Turn.REWORDED, True)


def test_parts_of_a_split_passage_belong_together():
    whole = text("a", "Pagalba namuose. Ir savaitgaliais.")
    parts = [text("a", "Pagalba namuose."), text("n", "Ir savaitgaliais.")]
    found = compare(document(whole, B), document(*parts, B), [{"a": ["a", "n"]}])

    [change] = found.changes
    assert (change.turn, change.ids) == (Turn.SPLIT, {"a", "n"})
    assert len(change.new) == 2


def test_merged_passages_belong_together():
    found = compare(document(A, B), document(text("a", "Pagalba ir takas.")), [{"b": ["a"]}])

    [change] = found.changes
    assert (change.turn, change.ids) == (Turn.MERGED, {"a", "b"})


def test_ways_are_followed_through_all_versions_between():
    ways = [{"a": ["n"]}, {"n": ["m"]}, {}]

    assert told([A, B], [text("m", "Pagalba namuose."), B], *ways) == []
    assert told([A, B], [B], {"a": ["n"]}, {"n": []}) == [("gone", "a")]


def test_without_ways_passages_are_found_by_their_words():
    old = document(A, B)
    new = document(text("x", "Pagalba namuose."), text("y", "Takas prie upės."))

    assert compare(old, new).changes == ()


@pytest.mark.parametrize(
    "after",
    [
        replace(A, spans=(Span("Pagalba ", ("bold",)), Span("namuose."))),
        replace(A, kind=Kind.ITEM),
        replace(A, kind=Kind.HEADING, level=2),
        replace(A, spans=(Span("Pagalba namuose.", link="https://alksniai.example/"),)),
    ],
)
def test_other_looks_are_no_change_of_words(after):
    found = compare(document(A, B), document(after, B), [{}])

    assert found.changes == ()
    assert found.counts[Turn.LOOKS] == 1


@pytest.mark.parametrize(
    "after",
    [
        replace(A, number="3."),
        replace(A, spans=(Span("Pagalba"), Span(" ", ("bold",)), Span("namuose."))),
        replace(A, spans=(Span("Pagalba namuose.", link="#b"),)),
    ],
)
def test_what_readers_do_not_see_is_no_change_at_all(after):
    assert compare(document(A), document(after), [{}]).counts[Turn.KEPT] == 1


def test_another_picture_is_a_change():
    old, new = (Block(Kind.FIGURE, id="f", image=name * 64) for name in "ab")
    found = compare(document(old), document(new), [{}])

    [change] = found.changes
    assert (change.turn, change.has_other_picture) == (Turn.REWORDED, True)


TABLE = text("t", "Pinigai", Kind.TABLE)


def test_cells_of_a_row_are_compared_one_by_one():
    found = compare(
        document(TABLE, row("r", "Takas", "100,00", "Eur")),
        document(TABLE, row("r", "Takas", "150,00", "Eur")),
        [{}],
    )

    [change] = found.changes
    assert [marked(cell) for cell in change.cells] == ["Takas", "[-100,00-]{+150,00+}", "Eur"]
    assert marked(change.words) == "Takas\t[-100,00-]{+150,00+}\tEur"


def test_a_column_that_came_stands_by_itself():
    found = compare(
        document(TABLE, row("r", "Takas", "100,00")),
        document(TABLE, row("r", "Takas", "2027 m.", "100,00")),
        [{}],
    )

    [change] = found.changes
    assert [marked(cell) for cell in change.cells] == ["Takas", "{+2027 m.+}", "100,00"]


def test_rows_follow_their_table_and_move_within_it():
    rows = [row("r", "Takas"), row("s", "Kambarys")]
    other = [text("u", "Kita", Kind.TABLE), row("v", "Šviesa", table="u")]

    assert told([A, TABLE, *rows, *other], [A, *other, TABLE, *rows]) == [("moved", "t")]
    assert told([TABLE, *rows], [TABLE, *rows[::-1]]) == [("moved", "r")]
    away = replace(rows[1], table="u")
    assert told([TABLE, *rows, *other], [TABLE, rows[0], *other, away]) == [("moved", "s")]


def test_sections_count_their_changes_and_what_is_gone_stays_in_its_own():
    old = [head("h", "Padėtis"), A, head("k", "Tikslai"), B, C]
    new = [head("h", "Padėtis"), text("a", "Pagalba."), head("k", "Tikslai"), C]
    found = compare(document(*old), document(*new), [{"b": []}])

    assert [(one.title, one.changes, one.total) for one in found.sections] == [
        ("Padėtis", 1, 2),
        ("Tikslai", 1, 3),
    ]
    assert [pair.section for pair in found.changes] == ["h", "k"]


def test_a_title_above_the_sections_is_a_section_by_itself():
    old = [head("t", "Strategija"), A, head("h", "Padėtis", 2), B, head("k", "Tikslai", 2), C]
    found = compare(document(*old), document(*old), [{}])

    assert [one.title for one in found.sections] == ["Strategija", "Padėtis", "Tikslai"]


WORDS = st.lists(st.sampled_from(["takas", "namai", "12", "Eur", "ir"]), max_size=4).map(" ".join)
LETTERS = st.sampled_from("abcdefgh")
KINDS = st.sampled_from([Kind.PARAGRAPH, Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING])
BLOCKS = st.dictionaries(LETTERS, st.tuples(WORDS, KINDS, st.integers(1, 3)), max_size=8).map(
    lambda found: [
        text(id, words, kind, level=level if kind is Kind.HEADING else 0)
        for id, (words, kind, level) in found.items()
    ]
)
WAYS = st.lists(
    st.dictionaries(LETTERS, st.lists(LETTERS, max_size=3, unique=True), max_size=6), max_size=3
)


@given(BLOCKS, BLOCKS, WAYS)
def test_both_versions_can_be_read_back(old, new, ways):
    found = compare(document(*old), document(*new), ways)

    seen_old = [block for pair in found.pairs for block in pair.old]
    seen_new = [block for pair in found.pairs for block in pair.new]
    assert sorted(b.id for b in seen_old) == sorted(b.id for b in old)
    assert sorted(b.id for b in seen_new) == sorted(b.id for b in new)
    for pair in found.pairs:
        before = "".join(change.text for change in pair.words if change.op != "new")
        after = "".join(change.text for change in pair.words if change.op != "gone")
        assert before == "\n".join(block.text for block in pair.old)
        assert after == "\n".join(block.text for block in pair.new)


@given(BLOCKS, BLOCKS, WAYS)
def test_every_change_is_counted_once(old, new, ways):
    found = compare(document(*old), document(*new), ways)

    assert sum(section.changes for section in found.sections) == len(found.changes)
    assert sum(section.total for section in found.sections) == len(found.pairs)
    assert sum(found.counts.values()) == len(found.pairs)
    assert {pair.section for pair in found.pairs} <= {section.id for section in found.sections}


@given(BLOCKS, st.randoms(use_true_random=False))
def test_shuffling_only_moves(old, random):
    new = list(old)
    random.shuffle(new)
    found = compare(document(*old), document(*new), [{}])

    assert {pair.turn for pair in found.pairs} <= {Turn.KEPT, Turn.MOVED}
    kept = [pair.id for pair in found.pairs if pair.turn is Turn.KEPT]
    assert kept == [block.id for block in old if block.id in kept]


@given(BLOCKS)
def test_a_version_does_not_differ_from_itself(blocks):
    assert compare(document(*blocks), document(*blocks), [{}, {}]).changes == ()


@pytest.mark.parametrize(
    ("old", "new", "numbers"),
    [
        ("Skirta 1 200 Eur.", "Skirta 1 500 Eur.", True),
        ("Per 2026 m. – 12 renginių", "Per 2027 m. – 15 renginių", True),
        ("Skirta 1 200 Eur.", "Skirta 1 200 litų.", False),
        ("Skirta 1 200 Eur.", "Skirta apie 1 500 Eur.", False),
        ("Sausio 5 d.", "Sausio penktą d.", False),
    ],
)
def test_a_change_of_numbers_alone_is_known_as_such(old, new, numbers):
    found = compare(document(text("a", old)), document(text("a", new)), [{}])

    [change] = found.changes
    assert change.is_numbers is numbers


def test_a_change_of_numbers_in_the_cells_of_a_row_is_known_as_such():
    before = document(text("t", "Lėšos", Kind.TABLE), row("r", "Pagalba", "2026", "300,00"))
    after = document(text("t", "Lėšos", Kind.TABLE), row("r", "Pagalba", "2027", "250,00"))

    [change] = compare(before, after, [{}]).changes
    assert change.is_numbers


@pytest.mark.parametrize(
    "after",
    [
        Block(Kind.PARAGRAPH, (Span("Skirta\u00a0300\u202f000  Eur"), Span("1", note="1")), id="a"),
        Block(Kind.PARAGRAPH, (Span("Skirta 300 000 Eur"), Span("2", note="2")), id="a"),
    ],
)
def test_other_white_space_or_another_label_of_a_note_is_no_change_of_words(after):
    before = Block(Kind.PARAGRAPH, (Span("Skirta 300 000 Eur"), Span("1", note="1")), id="a")

    found = compare(document(before), document(after), [{}])

    assert [pair.turn for pair in found.pairs] == [Turn.LOOKS]


def test_a_merged_passage_is_not_moved_for_that():
    ways = [{"b": ["a"]}]
    found = compare(document(A, B, C), document(text("a", "Pagalba ir takas."), C), ways)

    [change] = found.changes
    assert (change.turn, change.is_moved) == (Turn.MERGED, False)


def table(*rows, head=("Nr.", "Veikla", "Suma")):
    heading = row("h", *head)
    return document(
        text("t", "Lėšos", Kind.TABLE),
        replace(heading, header=True),
        *(row(f"r{at}", *cells) for at, cells in enumerate(rows)),
    )


def told_cells(old, new):
    return [[marked(cell) for cell in pair.cells] for pair in compare(old, new, [{}]).changes]


def test_a_column_put_in_between_leaves_the_cells_of_the_others_alone():
    old = table(("1", "Takas", "300,00"), ("2", "Namai", "500,00"))
    new = table(
        ("1", "Takas", "2027", "300,00"),
        ("2", "Klubas", "2028", "500,00"),
        head=("Nr.", "Veikla", "Metai", "Suma"),
    )

    assert told_cells(old, new) == [
        ["Nr.", "Veikla", "{+Metai+}", "Suma"],
        ["1", "Takas", "{+2027+}", "300,00"],
        ["2", "[-Namai-]{+Klubas+}", "{+2028+}", "500,00"],
    ]


def test_a_column_taken_out_and_another_put_in_elsewhere_are_told_apart():
    old = table(("1", "Takas", "300,00"), ("2", "Namai", "500,00"))
    new = table(
        ("Takas", "300,00", "taip"), ("Namai", "500,00", "ne"), head=("Veikla", "Suma", "Tinka")
    )

    assert told_cells(old, new)[1] == ["[-1-]", "Takas", "300,00", "{+taip+}"]


def test_the_words_of_a_row_whose_columns_changed_give_both_rows_exactly():
    old, new = table(("1", "Takas")), table(("Takas", "300,00", "taip"))

    change = next(pair for pair in compare(old, new, [{}]).changes if pair.id == "r0")
    assert "".join(c.text for c in change.words if c.op != "new") == "1\tTakas"
    assert "".join(c.text for c in change.words if c.op != "gone") == "Takas\t300,00\ttaip"


def test_a_cell_over_several_columns_keeps_its_place():
    wide = Block(
        Kind.ROW,
        id="w",
        table="t",
        cells=(Cell(((Span("Iš viso"),),), colspan=2), Cell(((Span("800,00"),),))),
    )
    more = replace(wide, cells=(wide.cells[0], Cell(((Span("–"),),)), wide.cells[1]))
    old = table(("1", "Takas", "300,00"), ("2", "Namai", "500,00"))
    new = table(
        ("1", "Takas", "2027", "300,00"),
        ("2", "Namai", "2028", "500,00"),
        head=("Nr.", "Veikla", "Metai", "Suma"),
    )

    found = told_cells(
        replace(old, blocks=(*old.blocks, wide)), replace(new, blocks=(*new.blocks, more))
    )

    assert found[-1] == ["Iš viso", "{+–+}", "800,00"]
