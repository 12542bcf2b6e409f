"""Dates, hours, money and sizes as people of the language write them.

Instants are aware and are shown in the current time zone, which a middleware sets to the group's.
The patterns are Django's date format characters; the catalogue holds the Lithuanian ones.
A tilde in a pattern stands for a space at which no line may break.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import dateformat, timezone
from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext, pgettext_lazy

NBSP = "\N{NO-BREAK SPACE}"

WEEKDAYS = (
    pgettext_lazy("weekday", "Monday"),
    pgettext_lazy("weekday", "Tuesday"),
    pgettext_lazy("weekday", "Wednesday"),
    pgettext_lazy("weekday", "Thursday"),
    pgettext_lazy("weekday", "Friday"),
    pgettext_lazy("weekday", "Saturday"),
    pgettext_lazy("weekday", "Sunday"),
)


def _tied(text: str) -> str:
    return text.replace("~", NBSP)


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def local_date(value: date) -> str:
    """„2026 m. lapkričio 30 d.“ or "30 November 2026"."""
    return _tied(dateformat.format(_local(value), pgettext("date", "j~F Y")))


def local_day(value: date) -> str:
    """„lapkričio 30 d.“ or "30 November": when the year is known from what stands before."""
    return _tied(dateformat.format(_local(value), pgettext("day", "j~F")))


def local_weekday(value: date) -> str:
    """„pirmadienis“ or "Monday"."""
    return str(WEEKDAYS[_local(value).weekday()])


def local_time(value: datetime) -> str:
    """„17.30 val.“ or "17:30"."""
    return _tied(dateformat.format(timezone.localtime(value), pgettext("time", "H:i")))


def local_date_time(value: datetime) -> str:
    """„2026 m. lapkričio 30 d. 17.30 val.“ or "30 November 2026, 17:30"."""
    return _joined(local_date(value), local_time(value))


def local_span(starts_at: datetime, ends_at: datetime) -> str:
    """„2026 m. lapkričio 24 d. 17.30–19.00 val.“; both days when it ends on another one."""
    if _local(starts_at).date() != last_day(ends_at):
        return f"{local_date_time(starts_at)} – {local_end(ends_at)}"
    return _joined(local_date(starts_at), local_hours(starts_at, ends_at))


def local_hours(starts_at: datetime, ends_at: datetime) -> str:
    """„17.30–19.00 val.“ of a day that was named before; an end on another day is told whole."""
    if _local(starts_at).date() != last_day(ends_at):
        return f"{local_time(starts_at)} – {local_end(ends_at)}"
    hours = {"begin": _bare(starts_at), "end": _bare(ends_at)}
    if timezone.localtime(ends_at).time() == time(0):
        hours["end"] = "24" + hours["end"][2:]
    return _tied(pgettext("hours", "%(begin)s–%(end)s") % hours)


def _bare(value: datetime) -> str:
    """The hour without the word for it, where another one follows."""
    return dateformat.format(timezone.localtime(value), pgettext("one of two hours", "H:i"))


def local_end(value: datetime) -> str:
    """The last moment before an exclusive end: midnight reads as 24.00 of the day before."""
    return _joined(local_date(last_day(value)), _last_hour(value))


def local_end_day(value: datetime) -> str:
    """The same without the year, where it was said before."""
    return _joined(local_day(last_day(value)), _last_hour(value))


def end_weekday(value: datetime) -> str:
    """The weekday of that last moment."""
    return local_weekday(last_day(value))


def last_day(end: datetime) -> date:
    """The day of that last moment."""
    return timezone.localtime(end - timedelta(microseconds=1)).date()


def _last_hour(end: datetime) -> str:
    if timezone.localtime(end).time() == time(0):
        return _tied(pgettext("end of day", "24:00"))
    return local_time(end)


def _joined(day: str, hour: str) -> str:
    return pgettext("date and time", "%(day)s, %(hour)s") % {"day": day, "hour": hour}


def money(cents: int) -> str:
    """Whole cents as „250 000,00 Eur“ or "EUR 250,000.00"."""
    whole, rest = divmod(abs(cents), 100)
    sign = "\N{MINUS SIGN}" if cents < 0 else ""
    grouped = f"{whole:,}".replace(",", _tied(pgettext("between thousands", ",")))
    mark = pgettext("decimal mark", ".")
    amount = f"{sign}{grouped}{mark}{rest:02d}"
    return _tied(pgettext("money", "EUR~%(amount)s")) % {"amount": amount}


def nr(number: object) -> str:
    """„Nr. 65“ or "No. 65"."""
    return _tied(gettext("No.~%(number)s")) % {"number": number}


def size(count: int) -> str:
    """Bytes as „12 kB“ or „3,4 MB“; less than a kilobyte counts as one."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))}{NBSP}kB"
    return f"{number_format(round(count / 1_000_000, 1), 1)}{NBSP}MB"


def remaining(left: timedelta) -> str:
    """Time left in two steps: „8 d. 6 val.“, „6 val. 20 min.“, „20 min.“; at least a minute."""
    minutes = max(1, int(left.total_seconds()) // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [gettext("%(n)s~d") % {"n": days}] if days else []
    if hours and len(parts) < 2:
        parts.append(gettext("%(n)s~h") % {"n": hours})
    if rest and not days:
        parts.append(gettext("%(n)s~min") % {"n": rest})
    return _tied(" ".join(parts))


def next_remaining(left: timedelta) -> timedelta:
    """The most that may be left, below `left`, for `remaining` to say something else.

    Without seconds, as it counts whole minutes: a page that shows it is good until then.
    """
    step = timedelta(hours=1) if left >= timedelta(days=1) else timedelta(minutes=1)
    whole = left // step * step
    return whole - timedelta(microseconds=1) if whole else timedelta()


def zone(name: str) -> str:
    """Whose clock counts: „Lietuvos laiku“, or the zone's city elsewhere."""
    if name == "Europe/Vilnius":
        return gettext("Lithuanian time")
    return gettext("%(city)s time") % {"city": name.rpartition("/")[2].replace("_", " ")}


def eu_line(group: Any) -> str:
    """What a financed group says where no emblem fits, as in a letter; "" for other groups.

    group   with .is_financed and .project_number
    """
    if not group.is_financed:
        return ""
    project = gettext("Project No. %(number)s") % {"number": group.project_number}
    return f"{gettext('Co-funded by the European Union')}. {project}"
