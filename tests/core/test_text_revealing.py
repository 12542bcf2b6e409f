"""What of a text may point to one person."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.text import points_to_one, revealing

FOUND = [
    ("Jai 44-eri.", "age", "44-eri"),
    ("Esu 44 m. moteris.", "age", "44 m."),
    ("Man 71 metai, vaikštau sunkiai.", "age", "71 metai"),
    ("Ten gyvena 86 metų senolė.", "age", "86 metų"),
    ("Pažįstu 90-metę moterį ir 40-metį vyrą.", "age", "40-metį"),
    ("Ji gimusi 1979 Alksniuose.", "age", "gimusi 1979"),
    ("A man aged 44 told us.", "age", "44"),
    ("She is 44 years old.", "age", "44 years old"),
    ("He was born in 1979.", "age", "born in 1979"),
    ("Mūsų narė serga.", "health", "serga"),
    ("Turiu negalią.", "health", "negalią"),
    ("turiu negalia ir sergu", "health", "negalia"),
    ("Tėvui diagnozuota demencija.", "health", "diagnozuota"),
    ("Jį ištiko insultas.", "health", "insultas"),
    ("She has cancer.", "health", "cancer"),
    ("Gyvenu Liepų g. 7-12.", "address", "Liepų g. 7-12"),
    ("Gyvena Vytauto Didžiojo gatvėje 5", "address", "Vytauto Didžiojo gatvėje 5"),
    ("Mūsų butas 14 šaltas.", "address", "butas 14"),
    ("We live at 12 Mill Road.", "address", "12 Mill Road"),
    ("Ji gyvena viena.", "alone", "gyvena viena"),
    ("ji gyvena visiskai viena", "alone", "gyvena visiskai viena"),
    ("Kaimynas lieka visai vienas.", "alone", "lieka visai vienas"),
    ("Padėkite vienišai motinai.", "alone", "vienišai motinai"),
    ("He lives alone there.", "alone", "lives alone"),
    ("Skambinkite +370 612 34567.", "phone", "+370 612 34567"),
    ("Skambinkite 8 612 34567", "phone", "8 612 34567"),
    ("Skambinkite (8-5) 212 3456", "phone", "(8-5) 212 3456"),
    ("Rašykite r.m@post.example, lauksiu.", "email", "r.m@post.example"),
    ("Kodas 38703181745.", "code", "38703181745"),
    ("Mašina ABC 123 stovi.", "plate", "ABC 123"),
    ("Sąskaita LT12 1000 0111 0100 1000.", "account", "LT12 1000 0111 0100 1000"),
    ("Kalbėjau su Ona Petraityte, su Jonu Gluosnausku.", "name", "Jonu Gluosnausku"),
    ("Kreipėsi J. Alksnaitis.", "name", "J. Alksnaitis"),
    ("Padėjo Onai Beržienei.", "name", "Onai Beržienei"),
    ("Ten kaimynė Beržienė gyvena.", "name", "Beržienė"),
    ("Ask Mrs Alder.", "name", "Mrs Alder"),
    ("Mano dukra nevaikšto.", "family", "Mano dukra"),
    ("Mūsų kaimynė bijo.", "family", "kaimynė"),
    ("Gauna pašalpą.", "family", "pašalpą"),
    ("My son needs it.", "family", "My son"),
]


@pytest.mark.parametrize(("text", "kind", "words"), FOUND)
def test_what_may_point_to_a_person_is_found(text, kind, words):
    assert (kind, words) in [(hint.kind, hint.words) for hint in revealing(text)]


QUIET = [
    "Iki 2029 m. skirti 45 000 Eur.",
    "2023–2029 m. vietos plėtros strategija",
    "Per 5 metus reikia 3 specialistų.",
    "Paslauga vyresniems nei 65 m. žmonėms.",
    "Pagalba į namus teikiama kasdien, taip pat savaitgaliais.",
    "Šeimos, prižiūrinčios artimuosius, prašo kelių laisvų valandų per savaitę.",
    "Siūlau autobusą iki 20 val., kas 30 min.",
    "Alksnių Kultūros Centras dirba nuo 9 iki 18 val.",
    "Lig šiol nebuvo vietos vaikams.",
    "Ministerijos įsakymas Nr. 3D-478, 12 straipsnis.",
    "Projekto trukmė 3 metų laikotarpis, 100 dalyvių.",
    "The centre should open at 9, and cost 45,000 euros by 2029.",
    "Numeris 12345678901 nėra asmens kodas.",
    "",
]


@pytest.mark.parametrize("text", QUIET)
def test_years_money_and_whole_groups_are_no_hints(text):
    assert revealing(text) == []


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Ji serga.", False),
        ("Ji serga ir serga sunkiai.", False),
        ("Ji serga, jai 44-eri.", True),
        ("Gyvena viena Liepų gatvėje.", True),
        ("Skambinkite +370 612 34567.", True),
        ("Kodas 38703181745.", True),
        ("Reikia suoliukų.", False),
    ],
)
def test_two_kinds_or_one_number_point_to_one_person(text, answer):
    assert points_to_one(revealing(text)) is answer


PIECES = st.sampled_from([text for text, *_rest in FOUND] + QUIET)


@given(st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=8).map(" ".join))
def test_hints_name_their_own_words_in_order_and_apart(text):
    hints = revealing(text)

    assert [text[hint.start : hint.end] for hint in hints] == [hint.words for hint in hints]
    assert all(one.end <= next_.start for one, next_ in pairwise(hints))
    assert revealing(text) == hints


@given(st.sampled_from(FOUND), st.sampled_from(QUIET))
def test_what_is_covered_is_no_longer_found(example, quiet):
    text, _kind, words = example
    before = revealing(text)
    covered = f"{quiet} {text.replace(words, '„[uždengta]“')}".strip()

    assert len(revealing(covered)) < len(before)


@pytest.mark.parametrize(
    "piece", ["A. ", "Aa ", "8 ", "LT", "a.", "gyvena ", "1234", "mano ", "g. "]
)
def test_the_longest_text_is_answered_at_once(piece):
    began = time.process_time()

    revealing(piece * (20_000 // len(piece)))

    assert time.process_time() - began < 3
