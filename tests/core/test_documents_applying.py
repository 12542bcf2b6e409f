"""A comparison carried out gives the other version, whatever was compared."""

from dataclasses import replace
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import (
    Block,
    Cell,
    Document,
    Kind,
    Side,
    Span,
    applied,
    compare,
    identify,
    reverted,
    steps,
)

TEXTS = st.sampled_from(
    [
        "Pagalba namuose teikiama kasdien.",
        "Pagalba namuose teikiama kasdien ir savaitgaliais.",
        "Takas prie upės, 1 200 metrų.",
        "Takas prie upės, 1 500 metrų.",
        "Vaikų kambarys bendruomenės namuose\nprie mokyklos.",
        "Vaikų kambarys.",
        "",
        "12,5 %",
    ]
)
NUMBERS = st.sampled_from(["2026", "2027", "213 999,99", "", "Iš viso", "Kaina"])


@st.composite
def tables(draw):
    wide = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(NUMBERS, min_size=wide, max_size=wide), max_size=4))
    made = [Block(Kind.TABLE, (Span(draw(TEXTS)),))]
    return made + [
        Block(Kind.ROW, cells=tuple(Cell(((Span(text),),)) for text in row)) for row in rows
    ]


@st.composite
def versions(draw):
    parts = st.one_of(
        TEXTS.map(lambda text: [Block(Kind.PARAGRAPH, (Span(text),))]),
        TEXTS.map(lambda text: [Block(Kind.HEADING, (Span(text),), level=1)]),
        TEXTS.map(lambda text: [Block(Kind.ITEM, (Span(text),), number="•")]),
        tables(),
    )
    blocks = [block for part in draw(st.lists(parts, max_size=8)) for block in part]
    return identify(Document(tuple(blocks)), draw(st.sampled_from(["a", "b"])))


@st.composite
def pairs_of_versions(draw):
    """Two versions, and perhaps ways between their blocks as people would decide them."""
    old, new = draw(versions()), draw(versions())
    if draw(st.booleans()):
        return old, new, None
    plain = [block.id for block in new.blocks]
    leads = st.lists(st.sampled_from(plain), max_size=2) if plain else st.just([])
    return old, new, [{block.id: draw(leads) for block in old.blocks}]


def texts(document):
    return [block.text for block in document.blocks]


@given(pairs_of_versions())
def test_the_comparison_applied_to_the_old_version_gives_the_new_one(both):
    old, new, ways = both
    found = compare(old, new, ways)

    assert applied(found, texts(old)) == texts(new)
    assert reverted(found, texts(new)) == texts(old)


@given(pairs_of_versions())
def test_the_steps_read_as_either_version(both):
    old, new, ways = both
    found = steps(compare(old, new, ways))

    before, after = [], []
    for step in found:
        before += {Side.BOTH: step.pair.old, Side.OLD: (step.block,)}.get(step.side, ())
        after += {Side.BOTH: step.pair.new, Side.NEW: (step.block,)}.get(step.side, ())
    assert before == list(old.blocks)
    assert after == list(new.blocks)


@given(pairs_of_versions())
def test_rows_stand_behind_their_own_table(both):
    table = None
    old, new, ways = both
    for step in steps(compare(old, new, ways)):
        if step.block.kind is Kind.TABLE:
            table = {block.id for block in (*step.pair.old, *step.pair.new)}
        elif step.block.kind is Kind.ROW and step.side is not Side.BOTH:
            assert step.block.table in table


def test_the_same_version_is_read_in_one_step_for_each_passage():
    whole = identify(Document((Block(Kind.PARAGRAPH, (Span("Takas."),)),)), "a")

    found = steps(compare(whole, whole))

    assert [(side, len(list(run))) for side, run in groupby(step.side for step in found)] == [
        ("both", 1)
    ]


def test_texts_that_were_not_compared_are_refused():
    whole = identify(Document((Block(Kind.PARAGRAPH, (Span("Takas."),)),)), "a")
    found = compare(whole, replace(whole, blocks=()))

    for wrong in (["Kitas."], [], ["Takas.", "Takas."]):
        with pytest.raises(ValueError, match="not the texts"):
            applied(found, wrong)
