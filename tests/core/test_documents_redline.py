"""Redlines read as a person would mark them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import redline, similarity

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
