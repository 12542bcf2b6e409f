"""Blocks keep their id while they are the same passage."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import (
    Block,
    Cell,
    Document,
    Kind,
    Outcome,
    Span,
    identify,
    inherit,
    reassign,
)

LONG = [
    "Bendruomenės namai Malūno gatvėje dirbs ir savaitgaliais, kad ateitų dirbantys žmonės.",
    "Jaunimo erdvei skiriama trečdalis visų lėšų, o jos veiklą planuoja patys jaunuoliai.",
    "Senjorų pavėžėjimas pas gydytoją organizuojamas kartu su savanoriais ir seniūnija.",
    "Dviračių takas nuo stoties iki ežero bus apšviestas ir prižiūrimas žiemą.",
]


def text(words, **fields):
    return Block(Kind.PARAGRAPH, (Span(words),), **fields)


def row(*cells):
    return Block(Kind.ROW, cells=tuple(Cell(((Span(cell),),)) for cell in cells))


def document(*blocks):
    return Document(tuple(text(one) if isinstance(one, str) else one for one in blocks))


def ids(document):
    return [block.id for block in document.blocks]


BLOCKS = st.lists(
    st.builds(
        Block,
        st.sampled_from(Kind),
        st.sampled_from(["", "a", "b", *LONG]).map(lambda words: (Span(words),)),
        id=st.sampled_from(["", "", "b1", "b2"]),
    ),
    max_size=12,
)


@given(BLOCKS)
def test_every_block_gets_an_id_of_its_own(blocks):
    named = ids(identify(Document(tuple(blocks)), "version 1"))

    assert len(set(named)) == len(blocks)
    assert all(re.fullmatch(r"b[a-z2-7]{10}|b1|b2", one) for one in named)


@given(BLOCKS)
def test_naming_twice_changes_nothing(blocks):
    named = identify(Document(tuple(blocks)), "version 1")

    assert identify(named, "version 2") == named


def test_ids_follow_from_seed_place_and_content_alone():
    first, again = (identify(document("a", "a"), "version 1") for _ in range(2))
    other = identify(document("a", "a"), "version 2")

    assert first == again
    assert not set(ids(first)) & set(ids(other))


def test_rows_are_told_the_table_above_them():
    named = identify(document(Block(Kind.TABLE), row("A"), row("B"), "po lentelės"), "version 1")
    table, first, second, after = named.blocks

    assert [first.table, second.table, after.table] == [table.id, table.id, ""]


@given(BLOCKS, BLOCKS)
def test_inherited_ids_are_unique_and_fresh_ones_were_never_used(old_blocks, new_blocks):
    old = identify(Document(tuple(old_blocks)), "version 1")

    result = inherit(old, Document(tuple(new_blocks)), "version 2")

    carried = {old.blocks[fate.old].id for fate in result.fates if fate.leads}
    assert len(set(ids(result.document))) == len(new_blocks)
    assert set(ids(result.document)) & set(ids(old)) == carried


@given(BLOCKS)
def test_an_unchanged_document_keeps_all_its_ids(blocks):
    old = identify(Document(tuple(blocks)), "version 1")

    result = inherit(old, Document(tuple(blocks)), "version 2")

    assert ids(result.document) == ids(old)
    assert {fate.outcome for fate in result.fates} <= {Outcome.KEPT}


def test_a_reworded_and_a_moved_block_keep_their_ids_and_a_new_one_gets_its_own():
    old = identify(document(*LONG), "version 1")
    reworded = LONG[0].replace("savaitgaliais", "vakarais")

    result = inherit(old, document("Įžanga.", LONG[3], reworded, LONG[1], LONG[2]), "version 2")

    assert ids(result.document)[1:] == [ids(old)[at] for at in (3, 0, 1, 2)]
    assert ids(result.document)[0] not in ids(old)
    assert [fate.outcome for fate in result.fates] == ["reworded", "kept", "kept", "moved"]


def test_links_follow_a_renamed_block():
    old = identify(document(LONG[0], LONG[1]), "version 1")
    linking = Block(Kind.PARAGRAPH, (Span(LONG[1]), Span(" (žr. viršuje)", link="#bookmark")))

    result = inherit(old, document(text(LONG[0], id="bookmark"), linking), "version 2")

    assert result.document.blocks[1].spans[1].link == f"#{ids(old)[0]}"


def test_a_person_decides_a_doubtful_block():
    old = identify(document(LONG[0]), "version 1")
    new = identify(document(Block(Kind.TABLE), row("A")), "version 2")

    decided = reassign(new, ids(new)[0], ids(old)[0])

    assert ids(decided) == [ids(old)[0], ids(new)[1]]
    assert decided.blocks[1].table == ids(old)[0]


def test_a_person_decides_that_a_block_continues_nothing():
    new = identify(document(LONG[0], LONG[1]), "version 2")

    decided = reassign(new, ids(new)[0], None)

    assert ids(decided)[0] not in ids(new)
    assert ids(decided)[1] == ids(new)[1]


def test_an_id_cannot_be_given_twice():
    new = identify(document(LONG[0], LONG[1]), "version 2")

    with pytest.raises(ValueError, match="is in this document already"):
        reassign(new, ids(new)[0], ids(new)[1])
    with pytest.raises(ValueError, match="no block 'bnone'"):
        reassign(new, "bnone", None)


def test_a_link_to_a_position_becomes_a_link_to_the_block_there():
    first = Block(Kind.PARAGRAPH, spans=(Span("žr. toliau", link="#1"),))
    document = identify(Document((first, Block(Kind.PARAGRAPH, spans=(Span("Toliau"),)))), "seed")

    assert document.blocks[0].spans[0].link == f"#{document.blocks[1].id}"
