"""Campaigns: letters that share passages, found among letters on the same topic that do not."""

from __future__ import annotations

import random
import time
from collections import Counter

import pytest
from bench.similarity.letters import LITHUANIAN, letters
from bench.similarity.scoring import of_campaigns
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.similarity import campaigns, passages

FIRST = (
    "Mūsų kaimo biblioteka yra vienintelė vieta, kur vakarais gali susitikti kaimynai. "
    "Prašome strategijoje numatyti lėšų jos stogui ir šildymui sutvarkyti jau kitais metais."
)
SECOND = (
    "Be bibliotekos jaunimui vakarais lieka tik autobusų stotelė prie plento. "
    "Kviečiame tarybos narius atvažiuoti ir patiems pasižiūrėti, kiek žmonių čia susirenka."
)
OWN = "Aš pati ten nuo vaikystės skaitau knygas ir dabar vedu anūkus."


def keys(found):
    return [[letter.key for letter in one.letters] for one in found]


def test_letters_that_share_passages_are_found_whatever_each_adds():
    written = [
        (1, f"Laba diena,\n\n{FIRST}\n\n{SECOND}\n\nPagarbiai\nA. B."),
        (2, f"{OWN} {SECOND}\n\n{FIRST}"),
        (3, f"SVEIKI!\n\n{FIRST.upper()}\n\n{OWN}"),
        (4, "Prašau sutvarkyti autobusų stotelę prie plento, nes vakarais ten tamsu."),
    ]

    [found] = campaigns(written)

    assert [letter.key for letter in found.letters] == [1, 2, 3]
    assert sorted(number for _said, number in found.passages) == [2, 2, 3, 3] or (
        [number for _said, number in found.passages] == [3, 3]
    )
    assert all(letter.own_words for letter in found.letters[1:])


def test_nothing_an_author_wrote_is_lost():
    written = dict(enumerate([f"{FIRST}\n\n{OWN}\n", f"Sveiki, {FIRST}", f"  {FIRST} {SECOND}"]))

    [found] = campaigns(written.items())

    for letter in found.letters:
        assert "".join(piece.text for piece in letter.pieces) == written[letter.key]
    assert [piece.text for piece in found.letters[0].pieces if not piece.is_shared] == [f"{OWN}\n"]


def test_one_quoted_sentence_makes_no_campaign():
    quoted = FIRST.split(". ")[0] + "."
    chance = random.Random(3)
    own = [" ".join(LITHUANIAN.sentence(chance) for _ in range(3)) for _ in range(9)]

    assert campaigns([(n, f"{quoted} {said}") for n, said in enumerate(own)]) == []


def test_the_draft_may_be_quoted_by_everybody():
    written = [(n, f"{FIRST} Tam {n} pritariu.") for n in range(5)]

    assert keys(campaigns(written)) == [[0, 1, 2, 3, 4]]
    assert campaigns(written, known=[FIRST]) == []


def test_two_campaigns_that_somebody_joined_both_stay_two():
    written = [(n, FIRST) for n in range(4)] + [(n, SECOND) for n in range(4, 7)]

    assert keys(campaigns([*written, (9, f"{FIRST}\n\n{SECOND}")])) == [[0, 1, 2, 3, 9], [4, 5, 6]]


def test_a_campaign_has_as_many_letters_as_asked():
    written = [(1, FIRST), (2, FIRST)]

    assert campaigns(written) == []
    assert keys(campaigns(written, at_least=2)) == [[1, 2]]
    with pytest.raises(ValueError, match="at least 2"):
        campaigns(written, at_least=1)
    with pytest.raises(ValueError, match="twice"):
        campaigns([(1, FIRST), (1, FIRST)])


def test_on_a_labelled_set_nearly_all_are_found_and_nearly_nothing_else():
    made = letters((80, 30, 12, 6), outside=150, seed=21)

    found = campaigns(list(enumerate(made.texts)), made.draft)
    precision, recall = of_campaigns(keys(found), made.campaigns)

    assert precision >= 0.95
    assert recall >= 0.9


@given(st.text(alphabet="ab .!?\n1。", max_size=60))
def test_passages_are_the_whole_text(text):
    found = passages(text)

    assert "".join(text[one.start : one.end] for one in found) == text
    assert all(one.start < one.end for one in found)


@given(st.lists(st.sampled_from([FIRST, SECOND, OWN, f"{FIRST} {OWN}", "Ačiū."]), max_size=12))
def test_a_letter_is_in_one_campaign_at_most(texts):
    found = campaigns(list(enumerate(texts)))

    counted = Counter(key for each in keys(found) for key in each)
    assert set(counted.values()) <= {1}
    assert all(len(each) >= 3 for each in keys(found))


def test_a_letter_of_points_is_cut_as_fast_as_any():
    began = time.process_time()

    assert len(passages("." * 20_000 + "a")) == 1
    assert [one.words for one in passages("Taip?!… »Ne...“ Gal... g. Vis")] == [1, 1, 1, 2]
    assert time.process_time() - began < 1


def test_copies_of_a_letter_of_a_thousand_sentences_are_compared_in_no_time():
    chance = random.Random(1)
    words = ["".join(chance.choices("abdegiklmnoprstu", k=3)) for _ in range(6_000)]
    letter = " ".join(" ".join(words[at : at + 6]) + "." for at in range(0, len(words), 6))
    began = time.process_time()

    [found] = campaigns([(number, letter) for number in range(20)])

    assert (len(found.passages), len(found.letters)) == (1_000, 20)
    assert time.process_time() - began < 5  # 7 s when every pair of passages was counted
