"""Calendar files as another program reads them."""

from __future__ import annotations

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
