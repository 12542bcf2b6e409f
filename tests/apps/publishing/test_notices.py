"""What the notice of a consultation says, through every outlet, in both languages."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from sutarta.apps.ledger.queries import logs
from sutarta.apps.publishing import outlets
from sutarta.apps.publishing.posters import picture_alt, poster
from tests import make
from tests.apps.publishing import announced
from tests.make import NOON

pytestmark = pytest.mark.django_db

OWN = {
    "goal": "Gyvenimo kokybės gerinimas.",
    "objectives": "1) Plėtoti paslaugas.\n– Taikyti priemones.",
    "programme": "4 prioritetas, 4.7 ir 4.9 uždaviniai.",
    "involved": "Rengiant dalyvavo bendruomenė.",
    "changed": "Pataisyta pagal ministerijos gaires.",
    "elsewhere": "Biblioteka, Liepų g. 3.",
    "closing": "Ačiū, kad rūpinatės.",
}
UNTIL = {
    "lt": "2026 m. lapkričio 30 d. (pirmadienio) 24.00 val., Lietuvos laiku",
    "en": "30 November 2026 (Monday), 24:00, Lithuanian time",
}


def _texts(said):
    """Name of every text -> its words with plain spaces."""
    found = [one for outlet in outlets.OUTLETS for one in outlets.texts(said, outlet)]
    return {one.code: one.words.replace("\xa0", " ") for one in found}


@pytest.fixture
def financed():
    return make.group(
        host="alksniai.test", is_financed=True, project_number="10-001-P-0001", notice_days=7
    )


@pytest.mark.parametrize("language", ["lt", "en"])
def test_every_text_holds_what_nobody_may_be_left_without(financed, language):
    its = announced.second(financed)
    said = announced.notice(its, language, **OWN, about="About help at home.")

    texts = _texts(said)

    sentence = {
        "lt": "Bendrai finansuoja Europos Sąjunga",
        "en": "Co-funded by the European Union",
    }[language]
    assert set(texts) == {
        "site", "site-code", "newspaper", "newspaper-short", "social", "email",
    }  # fmt: skip
    needed = (
        UNTIL[language], f"http://alksniai.test/c/{its.number}/", "R. M.",
        "pasiulymai@alksniai.example", "+370 600 00000", sentence, "10-001-P-0001",
        financed.name, its.strategy.title,
    )  # fmt: skip
    assert {name: [one for one in needed if one not in text] for name, text in texts.items()} == {
        name: [] for name in texts
    }
    assert len(texts["newspaper-short"]) <= 900


@pytest.mark.parametrize("name", ["site", "site-code", "newspaper", "email"])
def test_whole_texts_hold_everything_the_group_wrote(financed, name):
    said = announced.notice(announced.second(financed), **OWN)

    text = _texts(said)[name]

    wanted = [
        "Gyvenimo kokybės gerinimas", "Plėtoti paslaugas", "Taikyti priemones", "4.7 ir 4.9",
        "Rengiant dalyvavo", "Pataisyta pagal ministerijos gaires", "Biblioteka, Liepų g. 3",
        "Ačiū, kad rūpinatės", "sausio 20 d.", "Aptariame, kokios pagalbos", "Liepų g. 7, Alksniai",
        "2026 m. gruodžio 14 d.", "2 versija", "pataisyta pasikeitus gairėms", "pasikeitė 1 vieta",
        "gavimo patvirtinimą",
    ]  # fmt: skip
    assert [one for one in wanted if one not in text] == []
    assert "1)" not in text


def test_empty_parts_are_left_out():
    said = announced.notice(announced.consultation())

    assert [part.code for part in said.parts] == [
        "invitation", "deadline", "where", "about", "ways", "contact", "decides", "next",
        "log",
    ]  # fmt: skip


def test_a_call_for_ideas_asks_for_ideas():
    its = announced.consultation(strategy=make.strategy(), title="Ko trūksta Alksniuose")

    said = announced.notice(its)

    assert said.title == "Ko trūksta Alksniuose: laukiame jūsų poreikių ir idėjų"
    assert "Projekto dar nėra" in outlets.plain(said)
    assert "versija" not in outlets.plain(said)


def test_the_code_of_a_page_stands_alone_and_shows_its_addresses(financed):
    code = _texts(announced.notice(announced.second(financed), **OWN))["site-code"]

    links = re.findall(r'<a href="([^"]+)">([^<]+)</a>', code)
    assert links and all(target.removeprefix("mailto:") == words for target, words in links)
    assert re.findall(r"\b(?:class|style|script|onclick)\b", code) == []
    assert 'alt="Europos Sąjungos vėliava"' in code
    assert 'src="data:image/png;base64,' in code


def test_what_is_typed_stays_text():
    said = announced.notice(announced.consultation(), closing='<b onclick="x">Ačiū</b> & viso')

    code = _texts(said)["site-code"]

    assert "&lt;b onclick=&quot;x&quot;&gt;Ačiū&lt;/b&gt; &amp; viso" in code


def test_the_shortest_text_fits_however_long_the_rest_is(financed):
    its = announced.second(financed, deciders="Sprendžia. " * 200, summary="Apie. " * 300)

    short = _texts(announced.notice(its, changed="Pakeista. " * 200))["newspaper-short"]

    assert len(short) <= 900
    assert UNTIL["lt"] in short.replace("\xa0", " ")
    assert all(words in short for words in ("Apie.", "Pakeista.", "R. M.", "/c/"))


def test_a_post_begins_with_where_and_until_when(financed):
    post = _texts(announced.notice(announced.second(financed)))["social"].split("\n\n")

    assert "/c/" in post[1] and UNTIL["lt"] in post[2]


def test_a_further_language_takes_the_groups_own_rendition():
    its = announced.consultation()
    its.renditions.create(
        group=its.group, language="en", title="Talk about the draft", text="Help nearer home.",
        made_by=its.made_by, made_at=NOON,
    )  # fmt: skip

    said = announced.notice(its, "en")

    assert said.part("about").paragraphs == ("Help nearer home.",)
    assert said.part("decides").paragraphs == ()


def test_the_poster_says_where_to_bring_it(financed):
    made = poster(announced.notice(announced.second(financed)))

    assert made.until.replace("\xa0", " ") == UNTIL["lt"]
    assert made.shown == made.link.removeprefix("http://").removesuffix("/")
    assert "Liepų g. 7, Alksniai" in made.form.back and "lapkričio" in made.form.back
    assert "2 versija" in made.form.about
    assert made.emblem.project.endswith("10-001-P-0001")


def test_the_picture_has_words_for_it():
    said = announced.notice(announced.consultation())

    words = picture_alt(said).replace("\xa0", " ")

    assert UNTIL["lt"] in words and said.facts.spoken_link in words


def test_a_notice_asks_as_much_however_large_the_versions(django_assert_max_num_queries):
    its = announced.second()

    with django_assert_max_num_queries(16):
        announced.notice(its)


def test_a_discussion_that_is_still_to_open_says_when():
    its = announced.consultation(opens_at=NOON + timedelta(days=1))

    said = announced.notice(its).part("deadline").paragraphs[0].replace("\xa0", " ")

    assert said == f"Pasiūlymų laukiame nuo 2026 m. lapkričio 23 d. 12.00 val. iki {UNTIL['lt']}."


def test_time_left_is_counted_from_the_moment_of_asking():
    its = announced.consultation()

    assert "deadline.short" not in announced.codes(announced.notice(its))
    later = announced.notice(its, at=NOON + timedelta(days=3))
    assert announced.codes(later) == {"deadline.short": "WARN"}


def test_print_names_the_log_and_its_key():
    its = announced.consultation()
    log = logs.in_force(its.group)
    key = logs.fingerprint(logs.keys(log)[-1].public)
    said = announced.notice(its)

    assert f"{log.origin} {key}" in said.part("log").paragraphs[0]
    assert f"{log.origin} {key}" in poster(said).small
