"""Small numbers of people: told to nobody, and worked out by nobody who knows the rule."""

from __future__ import annotations

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.apps.consultations.rules.small_numbers import FEW, Told, told, told_anew

SECTORS = ("RESIDENTS", "CIVIL", "BUSINESS", "PUBLIC", "OTHER")
COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=5)


def _told(counts) -> Told:
    return told(dict(zip(SECTORS, counts, strict=False)))


def _view(counts) -> tuple[object, ...]:
    said = _told(counts)
    return (*said.parts.values(), said.total)


@pytest.mark.parametrize(("parts", "highest"), [(1, 40), (2, 30), (3, 16), (4, 9), (5, 6)])
def test_no_hidden_number_can_be_worked_out_by_one_who_knows_the_rule(parts, highest):
    """Every table up to a size, put together by how it looks: each hidden part has two values."""
    alike = defaultdict(list)
    for counts in product(range(highest + 1), repeat=parts):
        alike[_view(counts)].append(counts)

    given_away = [
        (view, place)
        for view, tables in alike.items()
        for place in range(parts)
        if view[place] is None and len({table[place] for table in tables}) < 2
    ]
    assert given_away == []
    assert all(
        len({sum(table) for table in tables}) > 1
        for view, tables in alike.items()
        if view[-1] is None
    )


@given(COUNTS)
def test_few_are_never_told_and_what_is_told_is_true(counts):
    said = _told(counts)

    for count, shown in zip(counts, said.parts.values(), strict=True):
        assert shown in (count, None)
        assert shown is None or not 0 < count < FEW
        assert shown == 0 or count
    assert said.total in (sum(counts), None)


@given(COUNTS, st.permutations(range(5)))
def test_no_part_is_treated_otherwise_for_its_place(counts, order):
    order = [place for place in order if place < len(counts)]
    shown = list(_told(counts).parts.values())

    assert list(_told([counts[place] for place in order]).parts.values()) == [
        shown[place] for place in order
    ]


@pytest.mark.parametrize(
    ("counts", "parts", "total"),
    [
        ([18, 9, 7], [18, 9, 7], 34),
        ([18, 0, 0], [18, 0, 0], 18),
        ([0, 0, 0], [0, 0, 0], 0),
        ([18, 9, 2], [18, None, None], 29),
        ([18, 9, 9, 2], [18, None, None, None], 38),  # all of that size, or the order tells
        ([18, 3, 2], [18, None, None], 23),
        ([18, 1, 1], [None, None, None], 20),
        ([18, 4, 4], [None, None, None], 26),
        ([4, 4, 0], [None, None, 0], None),
        ([3, 0, 0], [None, 0, 0], None),
        ([1, 1, 1, 1, 1], [None] * 5, None),
    ],
)
def test_what_is_told(counts, parts, total):
    said = _told(counts)

    assert (list(said.parts.values()), said.total) == (parts, total)
    assert said.is_whole == (None not in [*parts, total])


def test_no_number_can_be_worked_out_from_what_was_told_before_a_correction():
    """Known to the one who works it out: the rule, both tables, and that one part changed."""
    alike = defaultdict(set)
    for before in product(range(9), repeat=3):
        for place, new in product(range(3), range(9)):
            after = (*before[:place], new, *before[place + 1 :])
            if after != before:
                alike[_view(before), _view_anew(after, before)].add((before, after))

    few = {frozenset([number]) for number in range(1, FEW)}
    assert [
        (views, pairs)
        for views, pairs in alike.items()
        for which, place in product(range(2), range(3))
        if frozenset(pair[which][place] for pair in pairs) in few
    ] == []


def _view_anew(counts, former) -> tuple[object, ...]:
    now, then = (dict(zip(SECTORS, one, strict=False)) for one in (counts, former))
    said = told_anew(now, [then])
    return (*said.parts.values(), said.total) if said else (None,) * 4


def test_counts_that_were_never_put_right_are_told_as_ever():
    counts = {"RESIDENTS": 18, "CIVIL": 9, "BUSINESS": 2}

    assert told_anew(counts, [counts, counts]) == told(counts)
    assert told_anew(counts, []) == told(counts)
    whole = {"RESIDENTS": 18, "CIVIL": 9}
    assert told_anew(whole, [{"RESIDENTS": 17, "CIVIL": 9}]).is_whole
