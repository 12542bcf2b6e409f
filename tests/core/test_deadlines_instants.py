"""Which moment a deadline is: clock changes, leap days, year ends, edges of a microsecond.

Expected instants were worked out by hand from the published clock changes, not by the program.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sutarta.core.deadlines import END_OF_DAY, Deadline, UnknownZone, Wording, counts, instant
from sutarta.core.deadlines.zones import load

VILNIUS = "Europe/Vilnius"

# zone, last local day, wording, first moment in UTC that no longer counts
INSTANTS = """
Europe/Vilnius 2026-11-30 END_OF_DAY 2026-11-30T22:00
Europe/Vilnius 2026-07-31 END_OF_DAY 2026-07-31T21:00
Europe/Vilnius 2023-11-30 END_OF_DAY 2023-11-30T22:00
Europe/Vilnius 2026-11-30 BEFORE_17:00 2026-11-30T15:00
Europe/Vilnius 2026-11-30 THROUGH_17:00 2026-11-30T15:01
Europe/Vilnius 2026-11-30 BEFORE_17:30 2026-11-30T15:30
Europe/Vilnius 2026-11-30 BEFORE_00:01 2026-11-29T22:01
Europe/Vilnius 2026-11-30 THROUGH_00:01 2026-11-29T22:02
Europe/Vilnius 2026-11-30 BEFORE_23:59 2026-11-30T21:59
Europe/Vilnius 2026-11-30 THROUGH_23:59 2026-11-30T22:00
Europe/Vilnius 2024-02-28 END_OF_DAY 2024-02-28T22:00
Europe/Vilnius 2024-02-29 END_OF_DAY 2024-02-29T22:00
Europe/Vilnius 2024-02-29 BEFORE_17:00 2024-02-29T15:00
Europe/Vilnius 2028-02-29 THROUGH_23:59 2028-02-29T22:00
Europe/Vilnius 2023-02-28 END_OF_DAY 2023-02-28T22:00
Europe/Vilnius 2000-02-29 END_OF_DAY 2000-02-29T22:00
Europe/Vilnius 2025-12-31 END_OF_DAY 2025-12-31T22:00
Europe/Vilnius 2026-01-01 BEFORE_00:30 2025-12-31T22:30
Europe/Vilnius 2999-12-31 END_OF_DAY 2999-12-31T22:00
Europe/Vilnius 2026-03-28 END_OF_DAY 2026-03-28T22:00
Europe/Vilnius 2026-03-29 BEFORE_02:59 2026-03-29T00:59
Europe/Vilnius 2026-03-29 THROUGH_02:59 2026-03-29T01:00
Europe/Vilnius 2026-03-29 BEFORE_03:00 2026-03-29T01:00
Europe/Vilnius 2026-03-29 BEFORE_03:30 2026-03-29T01:00
Europe/Vilnius 2026-03-29 THROUGH_03:30 2026-03-29T01:00
Europe/Vilnius 2026-03-29 BEFORE_03:59 2026-03-29T01:00
Europe/Vilnius 2026-03-29 THROUGH_03:59 2026-03-29T01:00
Europe/Vilnius 2026-03-29 BEFORE_04:00 2026-03-29T01:00
Europe/Vilnius 2026-03-29 THROUGH_04:00 2026-03-29T01:01
Europe/Vilnius 2026-03-29 END_OF_DAY 2026-03-29T21:00
Europe/Vilnius 2026-10-24 END_OF_DAY 2026-10-24T21:00
Europe/Vilnius 2026-10-25 BEFORE_02:59 2026-10-24T23:59
Europe/Vilnius 2026-10-25 THROUGH_02:59 2026-10-25T01:00
Europe/Vilnius 2026-10-25 BEFORE_03:00 2026-10-25T01:00
Europe/Vilnius 2026-10-25 BEFORE_03:30 2026-10-25T01:30
Europe/Vilnius 2026-10-25 THROUGH_03:30 2026-10-25T01:31
Europe/Vilnius 2026-10-25 BEFORE_03:59 2026-10-25T01:59
Europe/Vilnius 2026-10-25 THROUGH_03:59 2026-10-25T02:00
Europe/Vilnius 2026-10-25 BEFORE_04:00 2026-10-25T02:00
Europe/Vilnius 2026-10-25 END_OF_DAY 2026-10-25T22:00
Europe/Vilnius 2027-03-28 BEFORE_03:15 2027-03-28T01:00
Europe/Vilnius 2027-10-31 BEFORE_03:15 2027-10-31T01:15
Europe/Vilnius 1999-01-10 END_OF_DAY 1999-01-10T23:00
Europe/Vilnius 1999-07-01 END_OF_DAY 1999-07-01T22:00
Europe/Vilnius 2001-07-01 END_OF_DAY 2001-07-01T22:00
Europe/Vilnius 2003-07-01 END_OF_DAY 2003-07-01T21:00
Europe/Riga 2026-03-29 BEFORE_03:30 2026-03-29T01:00
Europe/Tallinn 2026-10-25 BEFORE_03:30 2026-10-25T01:30
Europe/Helsinki 2026-03-29 END_OF_DAY 2026-03-29T21:00
Europe/Warsaw 2026-03-29 BEFORE_02:30 2026-03-29T01:00
Europe/Berlin 2026-10-25 BEFORE_02:30 2026-10-25T01:30
Europe/Berlin 2026-10-25 END_OF_DAY 2026-10-25T23:00
Europe/Brussels 2026-06-30 BEFORE_17:00 2026-06-30T15:00
Europe/London 2026-03-29 BEFORE_01:30 2026-03-29T01:00
Europe/London 2026-10-25 BEFORE_01:30 2026-10-25T01:30
Europe/Dublin 2026-03-29 BEFORE_01:30 2026-03-29T01:00
Europe/Dublin 2026-10-25 BEFORE_01:30 2026-10-25T01:30
Europe/Istanbul 2026-03-29 END_OF_DAY 2026-03-29T21:00
Atlantic/Azores 2026-03-28 END_OF_DAY 2026-03-29T01:00
Atlantic/Azores 2026-03-28 THROUGH_23:59 2026-03-29T01:00
Atlantic/Azores 2026-03-29 BEFORE_00:30 2026-03-29T01:00
Atlantic/Azores 2026-10-24 END_OF_DAY 2026-10-25T00:00
Atlantic/Azores 2026-10-25 BEFORE_00:30 2026-10-25T01:30
America/Sao_Paulo 2018-11-03 END_OF_DAY 2018-11-04T03:00
America/Sao_Paulo 2018-11-04 BEFORE_00:30 2018-11-04T03:00
America/Sao_Paulo 2018-11-04 END_OF_DAY 2018-11-05T02:00
America/Sao_Paulo 2018-02-16 END_OF_DAY 2018-02-17T02:00
America/Sao_Paulo 2018-02-17 BEFORE_23:30 2018-02-18T02:30
America/Sao_Paulo 2018-02-17 END_OF_DAY 2018-02-18T03:00
Africa/Cairo 2024-04-25 END_OF_DAY 2024-04-25T22:00
Africa/Cairo 2024-04-26 BEFORE_00:30 2024-04-25T22:00
Africa/Cairo 2024-04-26 END_OF_DAY 2024-04-26T21:00
Africa/Cairo 2024-10-31 BEFORE_23:30 2024-10-31T21:30
Africa/Cairo 2024-10-31 END_OF_DAY 2024-10-31T22:00
Asia/Beirut 2024-03-30 END_OF_DAY 2024-03-30T22:00
Asia/Beirut 2024-03-31 BEFORE_00:45 2024-03-30T22:00
Asia/Beirut 2024-10-26 END_OF_DAY 2024-10-26T22:00
Asia/Tehran 2022-03-21 END_OF_DAY 2022-03-21T20:30
America/Asuncion 2023-09-30 END_OF_DAY 2023-10-01T04:00
America/Santiago 2023-09-02 END_OF_DAY 2023-09-03T04:00
America/Santiago 2024-04-06 END_OF_DAY 2024-04-07T04:00
America/Havana 2024-03-09 END_OF_DAY 2024-03-10T05:00
America/Havana 2024-11-02 END_OF_DAY 2024-11-03T04:00
America/Havana 2024-11-03 BEFORE_00:30 2024-11-03T05:30
America/St_Johns 2010-03-13 END_OF_DAY 2010-03-14T03:30
America/St_Johns 2010-03-14 BEFORE_00:30 2010-03-14T03:31
America/St_Johns 2010-11-06 END_OF_DAY 2010-11-07T03:30
America/St_Johns 2010-11-06 BEFORE_23:30 2010-11-07T03:00
America/New_York 2026-03-08 BEFORE_02:30 2026-03-08T07:00
America/New_York 2026-11-01 BEFORE_01:30 2026-11-01T06:30
America/Phoenix 2026-03-08 END_OF_DAY 2026-03-09T07:00
Australia/Lord_Howe 2025-10-05 BEFORE_02:15 2025-10-04T15:30
Australia/Lord_Howe 2026-04-05 BEFORE_01:45 2026-04-04T15:15
Australia/Sydney 2026-04-05 BEFORE_02:30 2026-04-04T16:30
Antarctica/Troll 2026-03-29 BEFORE_02:30 2026-03-29T01:00
Antarctica/Troll 2026-10-25 BEFORE_01:30 2026-10-25T01:30
Pacific/Apia 2011-12-29 END_OF_DAY 2011-12-30T10:00
Pacific/Apia 2011-12-30 BEFORE_12:00 2011-12-30T10:00
Pacific/Apia 2011-12-30 END_OF_DAY 2011-12-30T10:00
Pacific/Apia 2011-12-31 END_OF_DAY 2011-12-31T10:00
Pacific/Chatham 2026-07-01 END_OF_DAY 2026-07-01T11:15
Pacific/Kiritimati 2026-01-01 END_OF_DAY 2026-01-01T10:00
Asia/Kathmandu 2026-11-30 END_OF_DAY 2026-11-30T18:15
Asia/Kolkata 2026-11-30 BEFORE_17:00 2026-11-30T11:30
Etc/GMT+12 2026-12-31 END_OF_DAY 2027-01-01T12:00
UTC 2026-12-31 END_OF_DAY 2027-01-01T00:00
UTC 1970-01-01 END_OF_DAY 1970-01-02T00:00
"""
ROWS = INSTANTS.split("\n")[1:-1]

# Around the instant: what was received so much earlier or later, and whether it counts.
AROUND = [
    (timedelta(days=-1), True),
    (timedelta(seconds=-1), True),
    (timedelta(milliseconds=-1), True),
    (timedelta(microseconds=-1), True),
    (timedelta(0), False),
    (timedelta(microseconds=1), False),
    (timedelta(minutes=7), False),
]

VILNIUS_EDGES = """
2026-11-30 END_OF_DAY 2026-11-30T23:59:59.999 counts
2026-11-30 END_OF_DAY 2026-11-30T23:59:59.999999 counts
2026-11-30 END_OF_DAY 2026-12-01T00:00:00 late
2026-11-30 END_OF_DAY 2026-12-01T00:00:00.000001 late
2026-11-30 END_OF_DAY 2026-11-30T17:00:00 counts
2026-11-30 BEFORE_17:00 2026-11-30T16:59:59.999999 counts
2026-11-30 BEFORE_17:00 2026-11-30T17:00:00 late
2026-11-30 BEFORE_17:00 2026-11-30T17:00:00.000001 late
2026-11-30 THROUGH_17:00 2026-11-30T17:00:00 counts
2026-11-30 THROUGH_17:00 2026-11-30T17:00:59.999999 counts
2026-11-30 THROUGH_17:00 2026-11-30T17:01:00 late
2026-11-30 THROUGH_23:59 2026-11-30T23:59:59.999999 counts
2026-12-31 END_OF_DAY 2026-12-31T23:59:59.999 counts
2026-12-31 END_OF_DAY 2027-01-01T00:00:00 late
2028-02-29 END_OF_DAY 2028-02-29T23:59:59.999 counts
2028-02-29 END_OF_DAY 2028-03-01T00:00:00 late
2028-02-28 END_OF_DAY 2028-02-29T00:00:00 late
2026-03-29 END_OF_DAY 2026-03-29T23:59:59.999 counts
2026-03-29 END_OF_DAY 2026-03-30T00:00:00 late
2026-03-29 BEFORE_03:30 2026-03-29T02:59:59.999999 counts
2026-03-29 BEFORE_03:30 2026-03-29T04:00:00 late
2026-10-25 END_OF_DAY 2026-10-25T23:59:59.999 counts
2026-10-25 END_OF_DAY 2026-10-26T00:00:00 late
2026-10-25 BEFORE_03:30 2026-10-25T03:45:00+03:00 counts
2026-10-25 BEFORE_03:30 2026-10-25T03:29:59.999999+02:00 counts
2026-10-25 BEFORE_03:30 2026-10-25T03:30:00+02:00 late
2026-11-30 END_OF_DAY 2026-11-30T21:59:59.999+00:00 counts
2026-11-30 END_OF_DAY 2026-11-30T22:00:00+00:00 late
2026-11-30 END_OF_DAY 2026-12-01T10:59:59+13:00 counts
2026-11-30 END_OF_DAY 2026-11-30T17:00:00-05:00 late
"""

SOME_ZONES = st.sampled_from(sorted({row.split()[0] for row in ROWS}))
DAYS = st.dates(date(1970, 1, 2), date(2040, 12, 31))
WORDINGS = st.one_of(
    st.just(END_OF_DAY),
    st.builds(Wording, st.integers(1, 23), st.integers(0, 59), st.booleans()),
    st.builds(Wording, st.just(0), st.integers(1, 59), st.booleans()),
)
SHIFTS = st.timedeltas(timedelta(days=-400), timedelta(days=400)) | st.timedeltas(
    timedelta(seconds=-1), timedelta(seconds=1)
)


def deadline(row):
    zone, day, wording = row.split()[:3]
    code = wording if wording == "END_OF_DAY" else wording.replace("_", " ")
    return Deadline.of(date.fromisoformat(day), Wording.from_code(code), zone)


@pytest.mark.parametrize("row", ROWS)
def test_a_local_deadline_is_this_instant(row):
    assert deadline(row).instant == datetime.fromisoformat(row.split()[3] + "+00:00")


@pytest.mark.parametrize(("shift", "in_time"), AROUND, ids=str)
@pytest.mark.parametrize("row", ROWS)
def test_the_instant_itself_no_longer_counts_and_a_microsecond_before_does(row, shift, in_time):
    expected = datetime.fromisoformat(row.split()[3] + "+00:00")

    assert counts(expected + shift, deadline(row)) is in_time


@pytest.mark.parametrize("row", VILNIUS_EDGES.split("\n")[1:-1])
def test_what_the_clock_on_the_wall_shows_decides(row):
    day, wording, received, verdict = row.split()
    received_at = datetime.fromisoformat(received)
    received_at = received_at if received_at.tzinfo else received_at.replace(tzinfo=load(VILNIUS))

    assert counts(received_at, deadline(f"{VILNIUS} {day} {wording}")) is (verdict == "counts")


@given(SOME_ZONES, DAYS)
def test_the_end_of_day_is_the_next_local_midnight_or_what_comes_in_its_place(zone, day):
    end = instant(day, END_OF_DAY, zone)
    last = (end - timedelta(microseconds=1)).astimezone(load(zone))

    assert last.date() <= day
    assert end.astimezone(load(zone)).date() > day


@given(st.dates(date(1970, 1, 2), date(2999, 12, 30)))
def test_in_lithuania_the_end_of_day_is_midnight_on_the_clock(day):
    end = instant(day, END_OF_DAY, VILNIUS).astimezone(load(VILNIUS))

    assert end.replace(tzinfo=None) == datetime.combine(
        day + timedelta(days=1), datetime.min.time()
    )


def slow_end_of_day(day, zone):
    """Walk the minutes backwards from two days later until the local date is `day` or before."""
    at = datetime.combine(day + timedelta(days=2), datetime.min.time(), UTC)
    while at.astimezone(load(zone)).date() > day:
        at -= timedelta(minutes=1)
    return at + timedelta(minutes=1)


CHANGE_DAYS = sorted(
    {(row.split()[0], date.fromisoformat(row.split()[1])) for row in ROWS if "2999" not in row}
)


@pytest.mark.parametrize(("zone", "day"), CHANGE_DAYS, ids=str)
def test_the_end_of_day_equals_the_slow_walk_of_minutes(zone, day):
    assert instant(day, END_OF_DAY, zone) == slow_end_of_day(day, zone)


@given(SOME_ZONES, DAYS, WORDINGS)
def test_at_the_instant_the_local_clock_has_reached_the_hour(zone, day, wording):
    at = instant(day, wording, zone)
    hour = (
        timedelta(hours=24)
        if wording == END_OF_DAY
        else timedelta(hours=wording.hour, minutes=wording.minute + wording.through)
    )
    shown = at.astimezone(load(zone)).replace(tzinfo=None)
    wanted = datetime.combine(day, datetime.min.time()) + hour

    assert shown >= wanted
    assert (
        shown == wanted
        or (at - timedelta(microseconds=1)).astimezone(load(zone)).replace(tzinfo=None) < wanted
    )


@given(SOME_ZONES, DAYS, WORDINGS, SHIFTS, SHIFTS)
def test_whatever_comes_before_something_in_time_is_in_time(zone, day, wording, one, other):
    the_deadline = Deadline.of(day, wording, zone)
    earlier, later = (the_deadline.instant + shift for shift in sorted((one, other)))

    assert counts(earlier, the_deadline) >= counts(later, the_deadline)


@given(SOME_ZONES, st.lists(DAYS, min_size=2, max_size=5, unique=True))
def test_a_later_day_never_ends_earlier(zone, days):
    ends = [instant(day, END_OF_DAY, zone) for day in sorted(days)]

    assert all(one <= next_ for one, next_ in pairwise(ends))


@pytest.mark.parametrize("year", [1, 1969, 3000, 9999])
def test_a_year_out_of_reach_is_refused(year):
    with pytest.raises(ValueError, match="year must be"):
        instant(date(year, 12, 31), END_OF_DAY, VILNIUS)


@pytest.mark.parametrize("zone", ["", "Europe/Alksniai", "europe/vilnius", "../UTC", "EU/Vilnius/"])
def test_an_unknown_zone_is_refused(zone):
    with pytest.raises(UnknownZone):
        instant(date(2026, 11, 30), END_OF_DAY, zone)
