"""Near-duplicates: what is found, that one by one and at once agree, that nothing chains."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sutarta.core.similarity import LIKE, Likeness, NearDuplicates, near_duplicates, plain_words

LETTER = (
    "Prašome iš naujos strategijos lėšų sutvarkyti taką aplink ežerą, pastatyti suoliukų "
    "ir apšvietimą, kad vakarais ten būtų galima saugiai vaikščioti su vaikais."
)
WORDS = st.sampled_from(
    ["takas", "ežeras", "suolas", "lempa", "vaikai", "vakaras", "saugu", "tamsu"]
)
TEXTS = st.lists(st.lists(WORDS, max_size=14).map(" ".join), max_size=25)


def naive_likeness(one: str, other: str) -> float:
    """Twice the longest common subsequence by the sum of the lengths, by the book."""
    rows = [0] * (len(other) + 1)
    for sign in one:
        before = rows[:]
        for at, held in enumerate(other, start=1):
            rows[at] = before[at - 1] + 1 if sign == held else max(before[at], rows[at - 1])
    return 200 * rows[-1] / max(1, len(one) + len(other))


@pytest.mark.parametrize(
    "variant",
    [
        LETTER.upper(),
        LETTER.replace("ą", "a").replace("ž", "z").replace("š", "s"),
        f"Laba diena! {LETTER} Pagarbiai, A. B.",
        LETTER.replace("suoliukų", "suliukų").replace("vakarais ", ""),
        "\n".join(LETTER.split(" ")),
    ],
    ids=["shouted", "bare", "framed", "worn", "broken"],
)
def test_a_variant_is_found(variant):
    assert near_duplicates([(1, LETTER), (2, variant)]) == [[1, 2]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LETTER, f"{LETTER} {' '.join(f'Dar noriu pasakyti {n}.' for n in range(30))}"),
        ("Sutinku.", "Nesutinku, nes kelias reikalingas."),
        ("", ""),
        ("!!!", "?"),
    ],
    ids=["one part of another", "short", "empty", "no words"],
)
def test_what_is_not_the_same_stays_apart(one, other):
    assert near_duplicates([(1, one), (2, other)]) == [[1], [2]]


def test_a_script_without_spaces_is_compared_by_its_signs():
    said = "我們希望湖邊的小路能夠修好並且裝上路燈讓孩子們晚上安全散步"

    assert near_duplicates([(1, said), (2, f"{said}謝謝"), (3, said[::-1])]) == [[1, 2], [3]]


def test_steps_from_one_text_to_the_next_do_not_chain():
    words = [chr(97 + n % 26) * 5 + chr(97 + n // 26) for n in range(60)]
    sliding = [(n, " ".join(words[n : n + 20])) for n in range(40)]

    groups = near_duplicates(sliding)

    assert [len(keys) for keys in groups] == [5] * 8


def test_joins_the_most_like_and_the_earlier_at_a_tie():
    found = NearDuplicates[str]()
    words = [chr(97 + n) * 6 for n in range(20)]
    found.add("early", " ".join(words[:15]))
    found.add("late", " ".join(words[5:]))

    assert found.add("nearer the late", " ".join(words[3:18])) == Likeness("late", 86)
    assert found.add("between", " ".join(words[2:17])) == Likeness("early", 86)
    assert found.add("tie", " ".join(words[5:15])) == Likeness("early", 79)


def test_a_key_comes_once_and_a_limit_is_a_share():
    found = NearDuplicates[int]()
    found.add(1, LETTER)

    with pytest.raises(ValueError, match="1 was added before"):
        found.add(1, "Kitas tekstas")
    with pytest.raises(ValueError, match="per cent"):
        NearDuplicates(0)


@given(TEXTS)
def test_one_by_one_and_at_once_give_the_same(texts):
    found = NearDuplicates[int]()
    for key, text in enumerate(texts):
        found.add(key, text)

    assert near_duplicates(list(enumerate(texts))) == found.groups()


@given(TEXTS)
def test_every_text_is_in_one_group_and_like_its_first(texts):
    groups = near_duplicates(list(enumerate(texts)))

    assert sorted(key for keys in groups for key in keys) == list(range(len(texts)))
    for first, *others in groups:
        for other in others:
            pair = (" ".join(plain_words(texts[key])) for key in (first, other))
            assert naive_likeness(*pair) >= LIKE


@settings(max_examples=30)
@given(TEXTS)
def test_a_likeness_told_is_the_one_by_the_book_rounded_down(texts):
    found = NearDuplicates[int]()
    for key, text in enumerate(texts):
        told = found.add(key, text)
        if told:
            pair = (" ".join(plain_words(texts[each])) for each in (told.first, key))
            assert told.percent == int(naive_likeness(*pair) + 1e-9)


def test_the_example_of_the_page_gives_what_it_shows():
    page = Path(__file__).resolve().parents[2] / "docs" / "similarity.md"

    found = doctest.testfile(str(page), module_relative=False, encoding="utf-8")

    assert (found.attempted, found.failed) == (2, 0)
