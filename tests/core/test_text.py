"""Words, short forms and titles of what people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.text import count_words, excerpt, fold, stem, title_from, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Žmonės, gatvė ir ąžuolai.", ["žmonės", "gatvė", "ir", "ąžuolai"]),
        ("ĄČĘĖĮŠŲŪŽ", ["ąčęėįšųūž"]),
        ("30\u00a0d. 24.00\u00a0val.", ["30", "d", "24", "00", "val"]),
        ("savait\u00adgaliais", ["savaitgaliais"]),
        ("zero\u200bwidth", ["zerowidth"]),
        ("e\u0307 z\u030c", ["ė", "ž"]),
        ("ve\u0303jas", ["vẽjas"]),
        ("ž\u0301odis", ["žodis"]),
        ("ﬁnansai ²", ["finansai", "2"]),
        ("el_paštas/tel.", ["el", "paštas", "tel"]),
        ("4K COVID19", ["4k", "covid19"]),
        ("– … !", []),
        ("", []),
    ],
)
def test_tokens_are_lower_case_words_and_numbers(text, words):
    assert tokens(text) == words


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("ąčęėįšųūž ĄČĘĖĮŠŲŪŽ", "aceeisuuz ACEEISUUZ"),
        ("Łódź Köln Tromsø façade straße", "Lodz Koln Tromso facade strasse"),
        ("z\u030c", "z"),
        ("vietovė 24.00 – „taip“", "vietove 24.00 – „taip“"),
    ],
)
def test_folding_takes_the_marks_off_the_letters(text, bare):
    assert fold(text) == bare


@pytest.mark.parametrize(
    ("word", "root"),
    [("Savaitgaliais", "savaitgal"), ("mokesčių", "mokest"), ("ŽMONĖMS", "žmon"), ("24", "24")],
)
def test_a_stem_is_lower_case_and_keeps_its_letters(word, root):
    assert stem(word) == root


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("– …", 0),
        ("Vienas", 1),
        ("Iki lapkričio 30\u00a0d. – 24.00\u00a0val.", 6),
        ("el. paštas\n\nir   telefonas", 4),
    ],
)
def test_words_are_counted_as_a_person_counts_them(text, count):
    assert count_words(text) == count


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Trumpas", 7, "Trumpas"),
        ("Trumpas tekstas", 8, "Trumpas…"),
        ("Trumpas tekstas", 7, "Trumpa…"),
        ("Du  tarpai\nir eilutė", 40, "Du tarpai ir eilutė"),
        ("Siūlau taką, tiltą", 13, "Siūlau taką…"),
        ("Iki lapkričio 30\u00a0d. vakaro", 17, "Iki lapkričio…"),
        ("Neišverčiamasžodis", 6, "Neišv…"),
        ("abc", 1, "…"),
        ("", 5, ""),
    ],
)
def test_an_excerpt_is_cut_between_words(text, limit, short):
    assert excerpt(text, limit) == short


def test_an_excerpt_of_no_length_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        excerpt("abc", 0)


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_an_excerpt_never_exceeds_its_limit(text, limit):
    assert len(excerpt(text, limit)) <= limit


@given(st.text(), st.integers(min_value=1, max_value=60))
def test_a_title_is_one_line_within_its_limit(text, limit):
    title = title_from(text, limit)

    assert len(title) <= limit
    assert "\n" not in title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Siūlau taką. Ir tiltą.", "Siūlau taką"),
        (
            "Laba diena, siūlau dirbti savaitgaliais. Vakarais taip pat.",
            "Siūlau dirbti savaitgaliais",
        ),
        ("Sveiki\nnorime tako", "Norime tako"),
        ("Labas", "Labas"),
        ("Sveikiname! Geras planas.", "Sveikiname!"),
        ("Dear all,\nplease fix the road.\nThanks", "Please fix the road"),
        ("Kodėl?! Nežinau.", "Kodėl?!"),
        ("„Kas bus?“ Klausiame.", "„Kas bus?“"),
        ("A. B. siūlo taką. Kitas siūlo tiltą.", "A. B. siūlo taką"),
        ("Dirbti iki 20 val. Vakarais žmonės laisvi", "Dirbti iki 20 val. Vakarais žmonės laisvi"),
        ("Žr. 2.3 punktą. Jis neaiškus.", "Žr. 2.3 punktą"),
        ("Pirma eilutė\nantra eilutė", "Pirma eilutė"),
        ("tai... Nežinau", "tai..."),
        ("https://pavyzdys.lt/a.B yra", "https://pavyzdys.lt/a.B yra"),
        ("  \n ", ""),
    ],
)
def test_a_title_is_the_first_sentence_that_says_something(text, title):
    assert title_from(text) == title


def test_a_long_first_sentence_is_cut_to_a_title():
    assert title_from("Siūlau pratęsti centro darbo laiką ir savaitgaliais.", 30) == (
        "Siūlau pratęsti centro darbo…"
    )


@pytest.mark.parametrize("piece", ["A. ", "labas ", "! ", "„", "iki 30 d. "])
def test_a_title_of_a_very_long_text_is_found_at_once(piece):
    assert len(title_from(piece * 20_000)) <= 70
