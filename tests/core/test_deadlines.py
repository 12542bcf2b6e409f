"""A deadline once set: in time or late, how late, what is left, may it move, how it is said."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.deadlines import (
    END_OF_DAY,
    TZ_VERSION,
    Deadline,
    Remaining,
    Ruling,
    Wording,
    counts,
    lateness,
    may_extend,
    remaining,
    say,
    say_day,
)

VILNIUS = "Europe/Vilnius"
MONDAY_30 = date(2026, 11, 30)
DEADLINE = Deadline.of(MONDAY_30, END_OF_DAY, VILNIUS)
CLOSE = datetime(2026, 11, 30, 22, tzinfo=UTC)
NAIVE = CLOSE.replace(tzinfo=None)
TICK = timedelta(microseconds=1)


def test_a_deadline_remembers_what_it_was_made_of():
    assert Deadline(MONDAY_30, END_OF_DAY, VILNIUS, CLOSE, TZ_VERSION) == DEADLINE


def test_a_stored_instant_stays_when_the_rules_of_the_zone_change():
    frozen = Deadline(MONDAY_30, END_OF_DAY, VILNIUS, CLOSE + timedelta(hours=1), "2019a")

    assert counts(CLOSE, frozen) is True


@pytest.mark.parametrize(
    "moment", [NAIVE, CLOSE.astimezone(timezone(timedelta(hours=2)))], ids=["naive", "local"]
)
def test_an_instant_that_is_not_in_utc_is_refused(moment):
    with pytest.raises(ValueError, match="UTC"):
        Deadline(MONDAY_30, END_OF_DAY, VILNIUS, moment, TZ_VERSION)


@pytest.mark.parametrize("question", [counts, lateness])
def test_a_moment_without_its_zone_is_refused(question):
    with pytest.raises(ValueError, match="needs its zone"):
        question(NAIVE, DEADLINE)


def test_asking_what_is_left_or_extending_needs_a_zone_too():
    with pytest.raises(ValueError, match="needs its zone"):
        remaining(NAIVE, DEADLINE)
    with pytest.raises(ValueError, match="needs its zone"):
        may_extend(DEADLINE, DEADLINE, NAIVE)


@pytest.mark.parametrize(
    ("after", "late"),
    [
        (timedelta(days=-3), timedelta(0)),
        (-TICK, timedelta(0)),
        (timedelta(0), timedelta(0)),
        (TICK, TICK),
        (timedelta(minutes=7), timedelta(minutes=7)),
    ],
)
def test_lateness_is_nothing_in_time_and_exact_afterwards(after, late):
    assert lateness(CLOSE + after, DEADLINE) == late


@pytest.mark.parametrize(
    ("before", "left"),
    [
        (timedelta(days=8, hours=6), Remaining(8, 6, 0)),
        (timedelta(hours=18, minutes=31), Remaining(0, 18, 31)),
        (timedelta(days=1), Remaining(1, 0, 0)),
        (timedelta(days=1) - TICK, Remaining(0, 23, 59)),
        (timedelta(minutes=1), Remaining(0, 0, 1)),
        (timedelta(seconds=59), Remaining(0, 0, 0)),
        (timedelta(0), Remaining(0, 0, 0)),
        (timedelta(days=-1), Remaining(0, 0, 0)),
    ],
)
def test_the_time_left_is_told_in_whole_minutes(before, left):
    assert remaining(CLOSE - before, DEADLINE) == left


def test_a_night_of_twenty_five_hours_is_counted_as_it_passes():
    sunday = Deadline.of(date(2026, 10, 25), END_OF_DAY, VILNIUS)

    assert remaining(datetime(2026, 10, 24, 21, tzinfo=UTC), sunday) == Remaining(1, 1, 0)


@given(st.timedeltas(timedelta(0), timedelta(days=900)))
def test_what_is_left_never_promises_more_than_there_is(before):
    left = remaining(CLOSE - before, DEADLINE)
    promised = timedelta(days=left.days, hours=left.hours, minutes=left.minutes)

    assert timedelta(0) <= before - promised < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("day", "wording", "at", "ruling"),
    [
        (date(2026, 12, 7), END_OF_DAY, CLOSE - TICK, Ruling(True, "allowed")),
        (date(2026, 12, 1), Wording(0, 1), CLOSE - TICK, Ruling(True, "allowed")),
        (date(2026, 12, 7), END_OF_DAY, CLOSE, Ruling(False, "closed")),
        (date(2026, 12, 7), END_OF_DAY, CLOSE + timedelta(days=1), Ruling(False, "closed")),
        (date(2026, 11, 23), END_OF_DAY, CLOSE, Ruling(False, "closed")),
        (MONDAY_30, END_OF_DAY, CLOSE - TICK, Ruling(False, "not_later")),
        (MONDAY_30, Wording(23, 59, through=True), CLOSE - TICK, Ruling(False, "not_later")),
        (MONDAY_30, Wording(17), CLOSE - timedelta(days=9), Ruling(False, "not_later")),
    ],
)
def test_a_deadline_moves_only_before_it_closes_and_only_later(day, wording, at, ruling):
    answer = may_extend(DEADLINE, Deadline.of(day, wording, VILNIUS), at)

    assert (answer, bool(answer)) == (ruling, ruling.allowed)


@pytest.mark.parametrize(
    ("wording", "lithuanian", "english"),
    [
        (END_OF_DAY, "24.00\u00a0val.", "24:00"),
        (Wording(17), "17.00\u00a0val.", "17:00"),
        (Wording(9, 5), "09.05\u00a0val.", "09:05"),
        (Wording(17, 30, through=True), "17.30\u00a0val. imtinai", "17:30 inclusive"),
    ],
)
def test_a_deadline_is_said_in_full(wording, lithuanian, english):
    the_deadline = Deadline.of(MONDAY_30, wording, VILNIUS)

    assert say(the_deadline, "lt") == (
        f"2026\u00a0m. lapkričio 30\u00a0d. (pirmadienio) {lithuanian}, Lietuvos laiku"
    )
    assert say(the_deadline, "en") == (
        f"30\u00a0November 2026 (Monday), {english}, Lithuanian time"
    )


def test_another_zone_is_called_by_its_own_name():
    the_deadline = Deadline.of(date(2027, 6, 5), Wording(12), "Europe/Riga")

    assert say(the_deadline, "lt") == (
        "2027\u00a0m. birželio 5\u00a0d. (šeštadienio) 12.00\u00a0val., laiko juosta Europe/Riga"
    )
    assert say(the_deadline, "en") == ("5\u00a0June 2027 (Saturday), 12:00, time zone Europe/Riga")


@pytest.mark.parametrize(
    ("day", "language", "year", "said"),
    [
        (date(2026, 12, 14), "lt", True, "2026\u00a0m. gruodžio 14\u00a0d."),
        (date(2026, 12, 14), "lt", False, "gruodžio 14\u00a0d."),
        (date(2026, 5, 1), "en", True, "1\u00a0May 2026"),
        (date(2026, 5, 1), "en", False, "1\u00a0May"),
    ],
)
def test_a_day_is_said_with_its_year_or_without(day, language, year, said):
    assert say_day(day, language, year=year) == said


def test_a_language_we_do_not_speak_is_refused():
    with pytest.raises(ValueError, match="no such language"):
        say(DEADLINE, "lv")


@pytest.mark.parametrize(
    "wording", [END_OF_DAY, Wording(17), Wording(0, 1), Wording(9, 5), Wording(23, 59, True)]
)
def test_a_wording_comes_back_from_its_stored_code(wording):
    assert Wording.from_code(wording.code) == wording


@pytest.mark.parametrize("code", ["", "end_of_day", "BEFORE 24:00", "BEFORE 7:00", "AFTER 17:00"])
def test_a_code_that_is_no_wording_is_refused(code):
    with pytest.raises(ValueError):
        Wording.from_code(code)


@pytest.mark.parametrize(
    "parts", [(0, 0), (0, 0, True), (24, 0), (-1, 0), (17, 60), (None, 5), (None, 0, True)]
)
def test_an_hour_that_names_no_one_moment_is_refused(parts):
    with pytest.raises(ValueError):
        Wording(*parts)
