"""Calendar files (iCalendar, RFC 5545): one event that a phone or a computer takes over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import icalendar

MEDIA_TYPE = "text/calendar; charset=utf-8"
MAKER = "-//Sutarta//Notices//EN"


@dataclass(frozen=True)
class Event:
    """Something that ends at an instant; instants are aware.

    uid        the same for as long as it is the same event
    sequence   grows with every change, so that a calendar that has the event takes the newer one
    length     how long before `ends_at` it begins
    remind     how long before its beginning the calendar rings
    """

    uid: str
    sequence: int
    ends_at: datetime
    changed_at: datetime
    title: str
    words: str
    url: str
    place: str = ""
    length: timedelta = timedelta(minutes=30)
    remind: timedelta = timedelta(days=1)


def write(event: Event) -> bytes:
    """The event as a calendar file, in UTC so that no table of zones is needed.

    An end is kept as an end: a deadline at midnight lies in the last half hour of its day and
    not in the first of the next.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(event))
    made: bytes = calendar.to_ical()
    return made


def _event(event: Event) -> icalendar.Event:
    starts_at = event.ends_at - event.length
    entry = icalendar.Event()
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.changed_at.astimezone(UTC))
    entry.add("last-modified", event.changed_at.astimezone(UTC))
    entry.add("dtstart", starts_at.astimezone(UTC))
    entry.add("dtend", event.ends_at.astimezone(UTC))
    entry.add("summary", event.title)
    entry.add("description", event.words)
    entry.add("url", event.url)
    entry.add("transp", "TRANSPARENT")  # nobody is busy at that time
    if event.place:
        entry.add("location", event.place)
    entry.add_component(_alarm(event))
    return entry


def _alarm(event: Event) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    alarm.add("trigger", -event.remind)
    return alarm
