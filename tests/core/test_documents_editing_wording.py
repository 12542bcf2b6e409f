"""New words for a paragraph: what stays keeps its looks, links and footnotes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.documents import Span, neat, paragraphs, plain, respan

WORDS = "Pagalba teikiama kasdien taip pat savaitgaliais vyresniems žmonėms gyvenantiems mieste"
BOLD, ITALIC = ("bold",), ("italic",)

looks = st.builds(
    Span,
    text=st.just(""),
    marks=st.sampled_from([(), BOLD, ITALIC, ("bold", "italic")]),
    link=st.sampled_from(["", "https://alksniai.example"]),
)


@st.composite
def paragraph(draw):
    """Distinct words in order, each with looks of its own; perhaps a footnote at the end."""
    words = draw(st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=9, unique=True))
    spans = [replace(draw(looks), text=f"{word} ") for word in words]
    if draw(st.booleans()):
        spans.append(Span("1", ("sup",), note="1"))
    return neat(spans)


def signs(spans):
    return [(sign, replace(span, text="")) for span in spans for sign in span.text]


def look_of(spans, word):
    """How every character of a word looks that stands once in the text."""
    text = "".join(span.text for span in spans)
    at = text.index(word)
    return [look for _sign, look in signs(spans)[at : at + len(word)]]


@given(paragraph())
def test_the_same_words_are_the_same_spans(spans):
    assert respan(spans, plain(spans)) == spans


@given(paragraph(), st.text(alphabet="abc [1]\n.", max_size=30))
def test_any_words_come_out_as_typed(spans, text):
    assert plain(respan(spans, text)) == text


@given(paragraph(), st.data())
def test_words_that_stay_keep_marks_links_and_footnotes(spans, data):
    words = [word for word in plain(spans).replace("[1]", " [1]").split() if word != "[1]"]
    gone = data.draw(st.sets(st.sampled_from(words), max_size=len(words) - 1))
    put = data.draw(st.integers(0, len(words)))
    stay = [word for word in words if word not in gone]
    stay.insert(min(put, len(stay)), "nauja")
    note = "[1]" if "[1]" in plain(spans) else ""

    new = respan(spans, " ".join(stay) + " " + note)

    for word in stay:
        if word != "nauja":
            assert look_of(new, word) == look_of(spans, word)
    assert [span for span in new if span.note] == [span for span in spans if span.note]


@pytest.mark.parametrize(
    ("spans", "text", "expected"),
    [
        (
            [Span("Dirba "), Span("visą", BOLD), Span(" parą")],
            "Dirba visą dieną",
            [Span("Dirba "), Span("visą", BOLD), Span(" dieną")],
        ),
        (
            [Span("Dirba "), Span("kasdien iki", BOLD), Span(" 18 val.")],
            "Dirba kasdien tik iki 18 val.",
            [Span("Dirba "), Span("kasdien tik iki", BOLD), Span(" 18 val.")],
        ),
        ([Span("Vien stora", BOLD)], "Vien stora. Dar", [Span("Vien stora. Dar", BOLD)]),
        (
            [Span("Žr. "), Span("planą", link="https://a.example")],
            "Žr. naują planą",
            [Span("Žr. naują "), Span("planą", link="https://a.example")],
        ),
        (
            [Span("Žr. "), Span("senas", link="#b1"), Span(" tekstas")],
            "Žr. naujas tekstas",
            [Span("Žr. "), Span("naujas", link="#b1"), Span(" tekstas")],
        ),
        (
            [Span("Taip"), Span("1", note="1"), Span(" ir ne"), Span("2", note="2")],
            "Ne[2] ir taip[1] [3]",
            [Span("Ne"), Span("2", note="2"), Span(" ir taip"), Span("1", note="1"), Span(" [3]")],
        ),
        ([], "Pirmi žodžiai", [Span("Pirmi žodžiai")]),
        ([Span("Žodžiai", BOLD)], "", []),
    ],
)
def test_new_words_look_like_what_stands_around_them(spans, text, expected):
    assert list(respan(spans, text)) == expected


def test_a_footnote_taken_out_is_gone_and_one_put_back_is_not_guessed():
    spans = [Span("Taip"), Span("1", note="1")]

    assert respan(spans, "Taip") == (Span("Taip"),)
    assert respan([Span("Taip")], "Taip[1]") == (Span("Taip[1]"),)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Viena.\n\nAntra.", ["Viena.", "Antra."]),
        ("Viena.\nTa pati.", ["Viena.\nTa pati."]),
        ("\n\n Viena. \n \t\n\n\nAntra.\n\n", ["Viena.", "Antra."]),
        (" \n\n ", []),
        ("", []),
    ],
)
def test_blank_lines_part_paragraphs(text, parts):
    assert [plain(part) for part in paragraphs([Span(text)])] == parts


def test_parted_words_keep_their_looks():
    spans = [Span("Stora. ", BOLD), Span("\n"), Span("\nPasvira.", ITALIC)]

    assert paragraphs(spans) == ((Span("Stora.", BOLD),), (Span("Pasvira.", ITALIC),))


def test_neat_joins_what_looks_alike_and_keeps_references_apart():
    spans = [Span("A", BOLD), Span("B", BOLD), Span(""), Span("1", note="1"), Span("C")]

    assert neat(spans) == (Span("AB", BOLD), Span("1", note="1"), Span("C"))
