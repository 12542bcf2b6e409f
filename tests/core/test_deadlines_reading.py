"""What a person writes becomes one instant, or a question back; never a guess."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.deadlines import (
    END_OF_DAY,
    UNCLEAR_CODES,
    Deadline,
    Unclear,
    UnknownZone,
    Wording,
    parse,
    say,
)

VILNIUS = "Europe/Vilnius"
SUNDAY = date(2026, 11, 22)
MONDAY_30 = date(2026, 11, 30)


def read(text, today=SUNDAY, zone=VILNIUS):
    return parse(text, today=today, zone=zone)


@pytest.mark.parametrize(
    "text",
    [
        "iki lapkričio 30 d.",
        "iki lapkričio 30 d",
        "Iki lapkričio 30\u00a0d. 24.00\u00a0val.",
        "iki lapkričio 30 d. 24 val.",
        "iki lapkričio 30 d. 24:00",
        "iki lapkričio 30 d. (iki 24.00 val.)",
        "iki lapkričio 30 d. imtinai",
        "iki lapkričio 30 d. 24.00 val. (imtinai)",
        "iki lapkričio 30 dienos imtinai",
        "iki lapkričio 30-osios",
        "iki lapkričio mėn. 30 d.",
        "iki lapkričio 30 dienos pabaigos",
        "iki lapkričio 30 d. (pirmadienio)",
        "iki pirmadienio, lapkričio 30 d.",
        "iki lapkričio 30 d. (pirm.)",
        "iki lapkricio 30 d. imtinai",
        "IKI LAPKRIČIO 30 D.",
        "ne vėliau kaip iki lapkričio 30 d.",
        "ne vėliau kaip lapkričio 30 d.",
        "iki 2026 m. lapkričio 30 d. (imtinai)",
        "iki 2026 m. lapkričio 30 dienos",
        "iki 2026 metų lapkričio mėnesio 30 dienos",
        "iki 2026 lapkričio 30",
        "iki 2026 11 30 (iki 24.00 val.)",
        "iki 2026-11-30",
        "iki 2026–11–30 d.",
        "iki 2026.11.30.",
        "iki 2026/11/30",
        "iki 30.11.2026",
        "by 30/11/2026",
        "by 11/30/2026",
        "iki 30 d.",
        "iki 30 d. 24.00",
        "nuo 2026 m. lapkričio 2 d. iki 2026 m. lapkričio 30 d.",
        "Pasiūlymus priimame iki lapkričio 30 d. (pirmadienio) 24.00 val., Lietuvos laiku.",
        "iki lapkričio 30 d. 23.59 val.",
        "iki lapkričio 30 d. 23:59:59",
        "lapkričio 30 d.",
        "Terminas – lapkričio 30 d.",
        "iki lapkričio 30 d. vietos laiku",
        "until 30 November, 24.00",
        "until 30 November 2026, 24:00",
        "until the 30th of November",
        "until the 30th",
        "by November 30, 2026",
        "by Nov. 30",
        "by Monday, 30 November (inclusive)",
        "through November 30",
        "no later than 30 November 2026",
        "by the end of the day on 30 November",
        "Comments are welcome by e-mail until 30 November 2026 (Mon), 24:00, Lithuanian time",
    ],
)
def test_the_whole_day_counts(text):
    assert read(text) == Deadline.of(MONDAY_30, END_OF_DAY, VILNIUS)


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("iki lapkričio 30 d. 17 val.", Wording(17)),
        ("iki lapkričio 30 d. 17.00 val.", Wording(17)),
        ("iki lapkričio 30 d. 17:00", Wording(17)),
        ("iki lapkričio 30 d. 17:00:00", Wording(17)),
        ("iki lapkričio 30 d. 17⁰⁰ val.", Wording(17)),
        ("iki lapkričio 30 d. 17 h", Wording(17)),
        ("iki lapkričio 30 d. 17 valandos", Wording(17)),
        ("iki 17 val. lapkričio 30 d.", Wording(17)),
        ("nuo 9 val. iki 17 val. lapkričio 30 d.", Wording(17)),
        ("iki 2026-11-30 17.30 val.", Wording(17, 30)),
        ("iki 2026 11 30 17.30", Wording(17, 30)),
        ("iki 2026 m. lapkričio 30 d. (pirmadienio) 17.30 val.", Wording(17, 30)),
        ("iki lapkričio 30 d. 17 val. 30 min.", Wording(17, 30)),
        ("iki lapkričio 30 d. 9.05 val.", Wording(9, 5)),
        ("iki lapkričio 30 d. 00.30 val.", Wording(0, 30)),
        ("iki lapkričio 30 d. 12 val. dienos", Wording(12)),
        ("iki lapkričio 30 d. vidurdienio", Wording(12)),
        ("iki lapkričio 30 d. 17 val. imtinai", Wording(17, through=True)),
        ("iki lapkričio 30 d. 17.30 val. (imtinai)", Wording(17, 30, through=True)),
        ("iki lapkričio 30 d. (iki 17 val.)", Wording(17)),
        ("iki lapkričio 30 d. 17 val. neimtinai", Wording(17)),
        ("by 30 November 2026 5 pm", Wording(17)),
        ("by 5:30 p.m. on 30 November 2026", Wording(17, 30)),
        ("November 30, 17:00", Wording(17)),
        ("30 November 9 a.m.", Wording(9)),
        ("12:30 am, 30 November", Wording(0, 30)),
        ("until noon on Monday, 30 November", Wording(12)),
        ("until 12 noon on 30 November", Wording(12)),
        ("before 17:00 on 30 November", Wording(17)),
        ("until 30 November, 17:00 inclusive", Wording(17, through=True)),
    ],
)
def test_an_hour_of_the_day_is_read(text, wording):
    assert read(text) == Deadline.of(MONDAY_30, wording, VILNIUS)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("iki lapkričio 30 d.", date(2026, 11, 30), date(2026, 11, 30)),
        ("iki lapkričio 30 d.", date(2026, 12, 1), date(2027, 11, 30)),
        ("iki sausio 5 d.", date(2026, 12, 31), date(2027, 1, 5)),
        ("until 1 May", date(2026, 5, 1), date(2026, 5, 1)),
        ("May 1, 17:00", date(2026, 5, 2), date(2027, 5, 1)),
        ("iki vasario 29 d.", date(2027, 11, 1), date(2028, 2, 29)),
        ("iki vasario 29 d.", date(2028, 2, 29), date(2028, 2, 29)),
        ("iki 2028 m. vasario 29 d.", date(2026, 11, 1), date(2028, 2, 29)),
        ("iki 2023 11 30 (iki 24.00 val.)", date(2026, 11, 1), date(2023, 11, 30)),
        ("iki 31 d.", date(2026, 12, 31), date(2026, 12, 31)),
    ],
)
def test_a_missing_year_is_the_next_one_that_fits(text, today, day):
    assert read(text, today).local_date == day


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_is_known_in_both_languages(number):
    the_deadline = Deadline.of(date(2027, number, 3), END_OF_DAY, VILNIUS)

    assert read(say(the_deadline, "lt")) == the_deadline
    assert read(say(the_deadline, "en")) == the_deadline


@pytest.mark.parametrize("day", range(23, 30))
@pytest.mark.parametrize("language", ["lt", "en"])
def test_every_weekday_is_checked_against_the_date(day, language):
    said = say(Deadline.of(date(2026, 11, day), END_OF_DAY, VILNIUS), language)
    beside = re.sub(r"\b\d\d(?=\u00a0(?:d|Nov))", str(day + 1), said)

    with pytest.raises(Unclear) as unclear:
        read(beside)

    assert unclear.value.code == "weekday"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("iki lapkričio 30 d. (antradienio)", "weekday"),
        ("until Tuesday 30 November", "weekday"),
        ("iki pirmadienio (antradienio), lapkričio 30 d.", "weekday"),
        ("iki vasario 30 d.", "no_such_date"),
        ("iki 2026-11-31", "no_such_date"),
        ("iki 2027 m. vasario 29 d.", "no_such_date"),
        ("iki 2026 13 01", "no_such_date"),
        ("iki lapkričio 0 d.", "no_such_date"),
        ("iki 1026-11-30", "no_such_date"),
        ("iki lapkričio 31 d.", "no_such_date"),
        ("iki lapkričio 30 d. 00.00 val.", "midnight"),
        ("iki lapkričio 30 d. 0 val.", "midnight"),
        ("iki lapkričio 30 d. vidurnakčio", "midnight"),
        ("until midnight on 30 November", "midnight"),
        ("12 am, 30 November", "midnight"),
        ("12 pm, 30 November", "midnight"),
        ("iki lapkričio 30 d. 25 val.", "no_such_hour"),
        ("iki lapkričio 30 d. 24.30 val.", "no_such_hour"),
        ("iki lapkričio 30 d. 17.75 val.", "no_such_hour"),
        ("iki lapkričio 30 d. 17:00:30", "no_such_hour"),
        ("by 30 November, 17:00 pm", "no_such_hour"),
        ("iki vasario 29 d.", "no_year"),
        ("nuo 2027 m. sausio 2 d. iki sausio 30 d.", "no_year"),
        ("iki 21 d.", "no_month"),
        ("nuo spalio 2 d. iki 30 d.", "no_month"),
        ("", "no_date"),
        ("iki", "no_date"),
        ("iki penktadienio", "no_date"),
        ("iki lapkričio pabaigos", "no_date"),
        ("iki 17 val.", "no_date"),
        ("iki 11.30", "no_date"),
        ("per 10 dienų", "no_date"),
        ("iki lapkričio 30 d. ir gruodžio 1 d.", "several_dates"),
        ("from 2 November to 30 November", "several_dates"),
        ("iki lapkričio 30 d. 17 val. arba 18 val.", "several_hours"),
        ("iki lapkričio 30 d. 17.00–18.00 val.", "unknown_words"),
        ("before 30 November", "day_excluded"),
        ("prieš lapkričio 30 d.", "day_excluded"),
        ("iki lapkričio 30 d. neimtinai", "day_excluded"),
        ("before 17:00 inclusive on 30 November", "day_excluded"),
        ("by 11/12/2026", "day_or_month"),
        ("until 30 November 17:00 Brussels time", "zone"),
        ("iki lapkričio 30 d. 17 val. Rygos laiku", "zone"),
        ("until 30 November 17:00, time zone Europe/Riga", "zone"),
        ("iki lapkričio 30 d. darbo dienos pabaigos", "unknown_words"),
        ("iki lapkričio 30 d. 5 val. vakaro", "unknown_words"),
        ("ne anksčiau kaip lapkričio 30 d.", "unknown_words"),
        ("30 November 1700", "unknown_words"),
        ("2026-11-30 17:00 UTC", "unknown_words"),
        ("2026-11-30T17:00", "unknown_words"),
        ("iki lapkričio 30 d. maždaug", "unknown_words"),
        ("iki lapkričio 17 val. 30 d.", "unknown_words"),
    ],
)
def test_what_is_not_beyond_doubt_is_asked_again(text, code):
    with pytest.raises(Unclear) as unclear:
        read(text)

    assert unclear.value.code == code


def test_the_words_that_were_the_trouble_are_named():
    with pytest.raises(Unclear) as unclear:
        read("iki lapkričio 30 d. darbo dienos pabaigos")

    assert (unclear.value.words, str(unclear.value)) == ("darbo", "unknown_words: darbo")


def test_an_unknown_zone_of_the_group_is_not_the_writers_fault():
    with pytest.raises(UnknownZone):
        read("iki lapkričio 30 d.", zone="Europe/Alksniai")


@given(
    st.dates(date(1970, 1, 1), date(2099, 12, 31)),
    st.one_of(
        st.just(END_OF_DAY),
        st.builds(Wording, st.integers(1, 22), st.integers(0, 59), st.booleans()),
        st.builds(Wording, st.just(0), st.integers(1, 59), st.booleans()),
    ),
    st.sampled_from([VILNIUS, "Europe/Riga", "America/Sao_Paulo", "Etc/GMT+12", "UTC"]),
    st.sampled_from(["lt", "en"]),
)
def test_what_we_say_we_understand(day, wording, zone, language):
    the_deadline = Deadline.of(day, wording, zone)

    assert read(say(the_deadline, language), zone=zone) == the_deadline


PIECES = re.split(
    r"\s+",
    "iki lapkričio vasario 30 31 29 0 d. m. 2026 2026-11-30 24.00 17 val. 5 pm am 30/11/2026 : . "
    "imtinai until before November Monday time laiku midnight 99.99 ² ٣",
)


@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join))
def test_any_text_is_read_or_unclear(text):
    try:
        found = read(text).instant.tzinfo is not None
    except Unclear as unclear:
        found = unclear.code in UNCLEAR_CODES

    assert found


@pytest.mark.parametrize("code", UNCLEAR_CODES)
def test_every_reason_is_explained_in_the_manual(code):
    manual = Path(__file__).resolve().parents[2] / "docs" / "deadlines.md"

    assert f"`{code}`" in manual.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "piece", ["iki ", "1 ", "30 d. x ", "2026 ", "17.00", "until the ", "(", "a"]
)
def test_a_very_long_text_is_answered_at_once(piece):
    with pytest.raises(Unclear):
        read(piece * 20_000)
