"""Calendar files (iCalendar, RFC 5545): events that a phone or a computer takes over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import icalendar

MEDIA_TYPE = "text/calendar; charset=utf-8"
MAKER = "-//Sutarta//Notices//EN"
DEADLINE = timedelta(minutes=30)  # how long before its end a deadline's event begins
REFRESHED = timedelta(hours=6)  # how often a calendar that follows a file asks for it again


@dataclass(frozen=True)
class Event:
    """Something with an end; instants are aware.

    uid        the same for as long as it is the same event
    sequence   grows with every change, so that a calendar that has the event takes the newer one
    starts_at  None for a deadline, which has an end alone
    is_busy    whether whoever goes there has no time for other things
    cancelled  it does not take place; a calendar that has the event strikes it out
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
    starts_at: datetime | None = None
    is_busy: bool = False
    cancelled: bool = False
    remind: timedelta = timedelta(days=1)


def write(*events: Event, name: str = "") -> bytes:
    """The events as one calendar file, in UTC so that no table of zones is needed.

    name   of the calendar, for those who follow it; RFC 7986

    An end is kept as an end: a deadline at midnight lies in the last half hour of its day and
    not in the first of the next. A cancelled event is published as such (RFC 5546, 3.2.1) and
    not by a file of its own kind, so that it may stand beside others.

    Raises ValueError without an event: the standard knows no empty calendar.
    """
    if not events:
        raise ValueError("a calendar file needs an event")
    calendar = icalendar.Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)  # older programs know this one alone
        calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_event(event))
    made: bytes = calendar.to_ical()
    return made


def _event(event: Event) -> icalendar.Event:
    starts_at = event.starts_at or event.ends_at - DEADLINE
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
    entry.add("transp", "OPAQUE" if event.is_busy and not event.cancelled else "TRANSPARENT")
    if event.place:
        entry.add("location", event.place)
    if event.cancelled:
        entry.add("status", "CANCELLED")
    else:
        entry.add_component(_alarm(event))
    return entry


def _alarm(event: Event) -> icalendar.Alarm:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", event.title)
    alarm.add("trigger", -event.remind)
    return alarm
