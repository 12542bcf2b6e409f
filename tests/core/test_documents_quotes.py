"""Marked words are found again in a new wording, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import find_quote

WORDS = st.lists(
    st.sampled_from(["takas", "iki", "ežero", "„Alksnių“", "–", "2 000", "ﬁnansai", "Į"]),
    min_size=1,
    max_size=8,
).map(" ".join)


def found(quote, text, prefix="", suffix=""):
    place = find_quote(quote, prefix, suffix, text)
    return None if place is None else text[place[0] : place[1]]


@given(WORDS, WORDS, WORDS)
def test_words_that_did_not_change_are_found_where_they_stand(before, quote, after):
    text = f"{before} ir {quote} {after}"
    start = len(before) + 4

    place = find_quote(quote, text[:start], text[start + len(quote) :], text)

    assert place == (start, start + len(quote))


@given(WORDS, st.text(max_size=30))
def test_a_place_found_is_a_place_in_the_text(quote, text):
    place = find_quote(quote, "", "", text)

    assert place is None or 0 <= place[0] < place[1] <= len(text)


@pytest.mark.parametrize(
    ("quote", "text", "expected"),
    [
        ('"Alksnių" namai', "Čia „Alksnių“  namai dirbs.", "„Alksnių“  namai"),
        ("BENDRUOMENĖS NAMAI", "Nauji bendruomenės namai.", "bendruomenės namai"),
        ("nuo 9–17 val.", "Dirba nuo 9-17 val. kasdien", "nuo 9-17 val."),
        (
            "du kartus per savaitę dirba bendruomenės namai",
            "Nuo šiol du kartus per mėnesį dirba bendruomenės namai Malūno g.",
            "du kartus per mėnesį dirba bendruomenės namai",
        ),
        ("takas prie ežero", "Dirbs bendruomenės namai.", None),
        ("trys", "Čia keturi.", None),
        ("  ", "Bet kas.", None),
        ("takas", "", None),
    ],
)
def test_small_changes_are_overlooked_and_other_words_are_not(quote, text, expected):
    assert found(quote, text) == expected


def test_of_two_places_the_surroundings_decide():
    text = "Takas iki ežero. Kelias iki ežero."

    assert find_quote("iki ežero", "Kelias ", ".", text) == (24, 33)


def test_between_two_places_alike_none_is_taken():
    assert find_quote("iki ežero", "", "", "iki ežero ar iki ežero") is None
