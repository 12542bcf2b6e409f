"""Dates and hours as survey programs and people write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

_HOUR = (
    r"(?:[T,]?\s*(?P<h>\d{1,2})[:.](?P<min>\d{2})(?:[:.](?P<s>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?"
    r"\s*(?P<zone>Z|UTC|(?:GMT|UTC)?[+−-]\d{1,2}(?::?\d{2})?|GMT|EET|EEST)?$"
)
_YEAR_FIRST = re.compile(
    r"(?P<y>\d{4})\s*[-./ ]\s*(?P<a>\d{1,2})\s*[-./ ]\s*(?P<b>\d{1,2})" + _HOUR
)
_YEAR_LAST = re.compile(r"(?P<a>\d{1,2})\s*[-./]\s*(?P<b>\d{1,2})\s*[-./]\s*(?P<y>\d{4})" + _HOUR)
_OFFSET = re.compile(r"(?:GMT|UTC)?([+−-])(\d{1,2}):?(\d{2})?$")
_FIXED = {"Z": 0, "UTC": 0, "GMT": 0, "EET": 2, "EEST": 3}
_LT = re.compile(r"(\d{4})\s*m\.\s*(\d{1,2}|[^\W\d]+)\s*(?:mėn\.)?\s*(\d{1,2})\s*d\.,?\s*(.*)$")
_MONTHS = (
    "sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio", "liepos", "rugpjūčio",
    "rugsėjo", "spalio", "lapkričio", "gruodžio",
)  # fmt: skip


def to_instant(words: str, zone: str, *, month_first: bool = False) -> datetime | date | None:
    """The instant the words name, in UTC; a date when they name no hour; None for neither.

    words        "2026-11-10 09:05:03", "2026/11/10 9:05:03 AM GMT+2", "10.11.2026 09:05",
                 „2026 m. lapkričio 10 d. 9:05“
    zone         IANA name: whose clock it is, unless the words say it
    month_first  of what begins with neither a year nor a number above 12: 11/10/2026

    An hour the clock shows twice is the earlier one.

    >>> to_instant("11/10/2026 9:05:00 PM", "Europe/Vilnius", month_first=True).isoformat()
    '2026-11-10T19:05:00+00:00'
    >>> to_instant("vakar", "Europe/Vilnius")
    """
    found = _matched(" ".join(words.split()))
    if found is None:
        return None
    a, b = int(found["a"]), int(found["b"])
    if found.re is _YEAR_FIRST:
        month, day = a, b
    else:
        swap = month_first if a <= 12 and b <= 12 else b > 12
        month, day = (a, b) if swap else (b, a)
    try:
        on = date(int(found["y"]), month, day)
        return _at(on, found, zone) if found["h"] else on
    except (ValueError, OverflowError):
        return None


def is_ambiguous(words: str) -> bool:
    """Whether day and month could be told either way.

    >>> is_ambiguous("11/10/2026 9:05"), is_ambiguous("11/11/2026"), is_ambiguous("2026-11-10")
    (True, False, False)
    """
    found = _YEAR_LAST.match(" ".join(words.split()))
    if found is None:
        return False
    a, b = int(found["a"]), int(found["b"])
    return a != b and max(a, b) <= 12


def _matched(words: str) -> re.Match[str] | None:
    if (lithuanian := _LT.match(words)) is not None:
        year, month, day, rest = lithuanian.groups()
        if month.lower() in _MONTHS:
            month = str(_MONTHS.index(month.lower()) + 1)
        words = f"{year}-{month}-{day} {rest.replace(' val.', ':00')}".strip()
    return _YEAR_FIRST.match(words) or _YEAR_LAST.match(words)


def _at(on: date, found: re.Match[str], zone: str) -> datetime:
    hour, half = int(found["h"]), (found["half"] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour")
        hour = hour % 12 + (12 if half == "p" else 0)
    naive = datetime(on.year, on.month, on.day, hour, int(found["min"]), int(found["s"] or 0))  # noqa: DTZ001 - its zone comes next
    return naive.replace(tzinfo=_zone(found["zone"], zone)).astimezone(UTC)


def _zone(said: str | None, zone: str) -> timezone | ZoneInfo:
    if not said:
        return ZoneInfo(zone)
    if said in _FIXED:
        return timezone(timedelta(hours=_FIXED[said]))
    offset = _OFFSET.match(said)
    if offset is None:
        raise ValueError("no such zone")
    ahead = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    return timezone(-ahead if offset[1] != "+" else ahead)
