"""Redlines read as a person would mark them."""

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import redline, similarity
from sutarta.core.documents.tokens import tokens

PIECES = st.sampled_from(
    [
        "šaligatvis ",
        "medis",
        ", ",
        " ",
        "\n",
        "213 999,99",
        "2.3.1 ",
        "2026-11-30",
        "„a“",
        ".",
        "x1",
        "12,5\u00a0%",
        "info@vvg.example ",
        "5-oji ",
        "O’Neil",
    ]
)
TEXTS = st.lists(PIECES, max_size=20).map("".join) | st.text(max_size=30)


def marked(old, new):
    """The redline as one line: [-gone-] and {+new+}."""
    signs = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(signs[change.op].format(change.text) for change in redline(old, new))


@given(TEXTS, TEXTS)
def test_both_wordings_can_be_read_back(old, new):
    changes = redline(old, new)

    assert "".join(change.text for change in changes if change.op != "new") == old
    assert "".join(change.text for change in changes if change.op != "gone") == new


@given(TEXTS, TEXTS)
def test_no_change_is_empty_and_neighbours_differ(old, new):
    changes = redline(old, new)

    assert all(change.text for change in changes)
    assert all(one.op != two.op for one, two in pairwise(changes))


@given(TEXTS, TEXTS)
def test_the_other_way_round_the_same_words_are_marked(old, new):
    turned = {"same": "same", "gone": "new", "new": "gone"}
    there, back = redline(old, new), redline(new, old)

    for op, other in turned.items():
        assert "".join(c.text for c in there if c.op == op) == "".join(
            c.text for c in back if c.op == other
        )


@given(TEXTS, TEXTS)
def test_no_word_is_cut_in_two(old, new):
    changes = redline(old, new)

    for text, left_out in ((old, "new"), (new, "gone")):
        inside = set()
        at = 0
        for token in tokens(text):
            inside |= set(range(at + 1, at + len(token.rstrip())))
            at += len(token)
        at = 0
        for change in changes:
            if change.op != left_out:
                assert at not in inside
                at += len(change.text)


@given(TEXTS)
def test_tokens_joined_are_the_text(text):
    assert "".join(tokens(text)) == text


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert [change.op for change in redline(text, text)] == (["same"] if text else [])
    assert similarity(text, text) == 1.0


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Dirbs nuo 17 val.", "Dirbs nuo 18 val.", "Dirbs nuo [-17-]{+18+} val."),
        (
            "Skirta 213 999,99 Eur",
            "Skirta 213 990,99 Eur",
            "Skirta [-213 999,99-]{+213 990,99+} Eur",
        ),
        ("Iki 2026-11-30.", "Iki 2026-12-15.", "Iki [-2026-11-30-]{+2026-12-15+}."),
        ("Žr. 2.3.1 p.", "Žr. 2.3.2 p.", "Žr. [-2.3.1-]{+2.3.2+} p."),
        ("213\u202f999,99 Eur", "213 990,99 Eur", "[-213\u202f999,99-]{+213 990,99+} Eur"),
        ("1 234 567,00 Eur", "1 234 567,50 Eur", "[-1 234 567,00-]{+1 234 567,50+} Eur"),
        ("2024–2029 m.", "2024–2030 m.", "[-2024–2029-]{+2024–2030+} m."),
        ("Tai 12,5 % visų.", "Tai 13 % visų.", "Tai [-12,5 %-]{+13 %+} visų."),
        ("Iš viso -5,2.", "Iš viso -5,3.", "Iš viso [--5,2-]{+-5,3+}."),
        ("10:30–14:00 val.", "10:30–15:00 val.", "[-10:30–14:00-]{+10:30–15:00+} val."),
        (
            "nuo 2024 iki 2026 m.",
            "nuo 2025 iki 2027 m.",
            "nuo [-2024-]{+2025+} iki [-2026-]{+2027+} m.",
        ),
        ("1V-672 ir 5-oji", "1V-673 ir 6-oji", "[-1V-672-]{+1V-673+} ir [-5-oji-]{+6-oji+}"),
        ("Žr. www.vvg.lt/a-b.", "Žr. www.vvg.lt/a-c.", "Žr. [-www.vvg.lt/a-b-]{+www.vvg.lt/a-c+}."),
        ("Rašyti a.b@vvg.lt.", "Rašyti a.c@vvg.lt.", "Rašyti [-a.b@vvg.lt-]{+a.c@vvg.lt+}."),
        ("Vilniaus–Kauno kelias", "Vilniaus–Utenos kelias", "Vilniaus–[-Kauno-]{+Utenos+} kelias"),
        ("O’Neil dirba", "O’Neal dirba", "[-O’Neil-]{+O’Neal+} dirba"),
        (
            "Dirba kasdien1, be poilsio",
            "Dirba kasdien2, be poilsio",
            "Dirba kasdien[-1-]{+2+}, be poilsio",
        ),
        (
            "Pirma. Visi kviesti.",
            "Pirma. Visi laukti. Visi kviesti.",
            "Pirma. {+Visi laukti. +}Visi kviesti.",
        ),
        ("vienas, du ir trys", "vienas, du, keturi ir trys", "vienas, du{+, keturi+} ir trys"),
        ("Namai dirbs.", "Namai dirbs ir savaitgaliais.", "Namai dirbs{+ ir savaitgaliais+}."),
        ("Senas sakinys.", "", "[-Senas sakinys.-]"),
        ("", "Naujas sakinys.", "{+Naujas sakinys.+}"),
    ],
)
def test_words_numbers_and_dates_are_marked_whole(old, new, expected):
    assert marked(old, new) == expected


def test_a_rewritten_sentence_is_struck_once_and_written_once():
    old = "Bendruomenės namai dirbs du kartus per savaitę ir bus atviri visiems."
    new = "Jaunimo erdvė veiks penkis vakarus per mėnesį ir lauks tik narių."

    assert [change.op for change in redline(old, new)] == ["gone", "new", "same"]


def test_likeness_counts_words_in_order():
    assert similarity("a b c d", "a b x d") == 0.75
    assert similarity("vienas", "kitas") == 0.0


def test_words_put_in_before_a_space_strike_no_space():
    old = "Pagalba teikiama darbo dienomis vieniems žmonėms."
    new = "Pagalba teikiama darbo dienomis, o savaitgaliais – ne, vieniems žmonėms."

    assert [(c.op, c.text) for c in redline(old, new)] == [
        ("same", "Pagalba teikiama darbo dienomis"),
        ("new", ", o savaitgaliais – ne,"),
        ("same", " vieniems žmonėms."),
    ]


def test_a_long_paragraph_is_compared_soon():
    words = [f"žodis{at % 700}" for at in range(2_200)]
    old, new = " ".join(words), " ".join(word for at, word in enumerate(words) if at % 9)
    start = process_time()

    redline(old, new)

    assert len(old) > 18_000
    assert process_time() - start < 0.3


def test_texts_too_long_to_be_compared_are_marked_between_their_ends():
    old, new = ("Pradžia. " + f"{word} " * 25_000 + "Pabaiga." for word in ("kas", "kitas"))

    changes = redline(old, new)

    assert [change.op for change in changes] == ["same", "gone", "new", "same"]
    assert (changes[0].text, changes[-1].text) == ("Pradžia. ", " Pabaiga.")
