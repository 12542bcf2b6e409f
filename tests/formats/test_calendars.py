"""Calendar files as another program reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from sutarta.formats import calendars
from sutarta.formats.calendars import Event

MIDNIGHT = datetime(2026, 12, 1, 0, 0, tzinfo=ZoneInfo("Europe/Vilnius"))
EVENT = Event(
    uid="1@sutarta",
    sequence=2,
    ends_at=MIDNIGHT,
    changed_at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC),
    title="Terminas: strategijos aptarimas",
    words="Laukiame iki lapkričio 30 d., 24.00 val.; rašykite, skambinkite\\\nir ateikite",
    url="https://alksniai.lt/c/3/",
    place="Liepų g. 7, Alksniai",
)


def _read(data: bytes) -> icalendar.Event:
    [event] = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return event


def test_a_deadline_at_midnight_lies_in_its_own_day():
    event = _read(calendars.write(EVENT))

    assert event["DTSTART"].dt == MIDNIGHT - timedelta(minutes=30)
    assert event["DTEND"].dt == MIDNIGHT
    assert event["DTSTART"].dt.astimezone(MIDNIGHT.tzinfo).day == 30


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("UID", "1@sutarta"),
        ("SEQUENCE", 2),
        ("SUMMARY", EVENT.title),
        ("DESCRIPTION", EVENT.words),
        ("URL", EVENT.url),
        ("LOCATION", EVENT.place),
        ("TRANSP", "TRANSPARENT"),
    ],
)
def test_what_it_says_is_read_back(name, value):
    assert _read(calendars.write(EVENT))[name] == value


def test_times_are_in_utc_so_that_no_table_of_zones_is_needed():
    data = calendars.write(EVENT)

    assert b"DTEND:20261130T220000Z" in data
    assert b"TZID" not in data and b"VTIMEZONE" not in data


def test_the_calendar_rings_a_day_before():
    [alarm] = _read(calendars.write(EVENT)).walk("VALARM")

    assert (alarm["ACTION"], alarm["TRIGGER"].dt) == ("DISPLAY", -timedelta(days=1))


def test_lines_are_as_short_as_the_standard_asks():
    lines = calendars.write(EVENT).split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR" and lines[-1] == b""


def test_the_same_event_is_the_same_file():
    assert calendars.write(EVENT) == calendars.write(EVENT)


VILNIUS = ZoneInfo("Europe/Vilnius")
MEETING = Event(
    uid="7-meeting@sutarta",
    sequence=0,
    starts_at=datetime(2026, 11, 24, 17, 30, tzinfo=VILNIUS),
    ends_at=datetime(2026, 11, 24, 19, 0, tzinfo=VILNIUS),
    changed_at=datetime(2026, 11, 1, 9, 0, tzinfo=UTC),
    title="Susitikimas su gyventojais",
    words="Kalbėsime apie kiemus",
    url="https://alksniai.lt/m/7/",
    place="Biblioteka, Liepų g. 2, Alksniai",
    is_busy=True,
)


def test_a_meeting_begins_and_ends_when_it_does_and_takes_time():
    event = _read(calendars.write(MEETING))

    assert (event["DTSTART"].dt, event["DTEND"].dt) == (MEETING.starts_at, MEETING.ends_at)
    assert event["TRANSP"] == "OPAQUE"
    assert "STATUS" not in event


@pytest.mark.parametrize(
    ("starts", "ends", "hours"),
    [
        (
            datetime(2026, 10, 25, 2, 30, tzinfo=VILNIUS),
            datetime(2026, 10, 25, 4, 30, tzinfo=VILNIUS),
            3,
        ),  # back by an hour
        (
            datetime(2027, 3, 28, 2, 30, tzinfo=VILNIUS),
            datetime(2027, 3, 28, 4, 30, tzinfo=VILNIUS),
            1,
        ),  # forth by an hour
        (
            datetime(2026, 11, 24, 23, 0, tzinfo=VILNIUS),
            datetime(2026, 11, 25, 1, 0, tzinfo=VILNIUS),
            2,
        ),  # over midnight
    ],
)
def test_a_night_on_which_clocks_change_is_as_long_as_it_is(starts, ends, hours):
    event = _read(calendars.write(replace(MEETING, starts_at=starts, ends_at=ends)))

    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=hours)


def test_a_cancelled_meeting_is_the_same_event_struck_out():
    off = replace(MEETING, sequence=1, cancelled=True)
    event = _read(calendars.write(off))

    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (MEETING.uid, 1, "CANCELLED")
    assert event["TRANSP"] == "TRANSPARENT"
    assert event.walk("VALARM") == []


def test_many_events_make_one_calendar_with_a_name_to_follow():
    many = [replace(MEETING, uid=f"{number}-meeting@sutarta") for number in range(3)]
    calendar = icalendar.Calendar.from_ical(calendars.write(*many, name="Alksnių susitikimai"))

    assert [event["UID"] for event in calendar.walk("VEVENT")] == [one.uid for one in many]
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Alksnių susitikimai"
    assert calendar["REFRESH-INTERVAL"].dt == calendars.REFRESHED


def test_there_is_no_empty_calendar():
    with pytest.raises(ValueError, match="needs an event"):
        calendars.write()
