"""From a local date and wording to the first moment that no longer counts.

Where the local clock jumps, the reading later in time is taken, in the sender's favour.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sutarta.core.deadlines.wording import Wording
from sutarta.core.deadlines.zones import load

FIRST_YEAR, LAST_YEAR = 1970, 2999


def instant(local_date: date, wording: Wording, zone: str) -> datetime:
    """The first moment that no longer counts, in UTC.

    local_date  last day on the calendar of `zone`; years 1970..2999
    zone        IANA name, such as "Europe/Vilnius"

    An hour that the clock skips ends when the skipped time ends; an hour that comes twice ends
    at its second coming. A whole day ends when the next local day that exists begins for good.

    Raises ValueError when the year is out of range, UnknownZone when the zone is.

    >>> from sutarta.core.deadlines.wording import END_OF_DAY
    >>> instant(date(2026, 11, 30), END_OF_DAY, "Europe/Vilnius").isoformat()
    '2026-11-30T22:00:00+00:00'
    """
    if not FIRST_YEAR <= local_date.year <= LAST_YEAR:
        raise ValueError(f"year must be {FIRST_YEAR}..{LAST_YEAR}")
    if wording.hour is None:
        return _end_of_day(local_date, load(zone))
    hour = datetime.combine(local_date, time(wording.hour, wording.minute))
    return _latest(hour + timedelta(minutes=wording.through), load(zone))


def _end_of_day(day: date, zone: tzinfo) -> datetime:
    midnight = datetime.combine(day + timedelta(days=1), time())
    first, second = _readings(midnight, zone)
    if first >= second:
        return _latest(midnight, zone)
    # Midnight comes twice. Havana sets 01:00 back to 00:00: the old day is over at the first.
    # St John's set 00:01 back to 23:01: the old day came back and is over at the second.
    just_before = (second - timedelta.resolution).astimezone(zone)
    return second if just_before.date() <= day else first


def _latest(wall: datetime, zone: tzinfo) -> datetime:
    first, second = _readings(wall, zone)
    return second if first <= second else _end_of_gap(wall, second, first, zone)


def _readings(wall: datetime, zone: tzinfo) -> tuple[datetime, datetime]:
    """The local time in UTC by the offset before and by the offset after a change of clocks.

    The same twice on ordinary days; ascending where the time comes twice; descending where the
    clock skips it.
    """
    before, after = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return before, after


def _end_of_gap(wall: datetime, early: datetime, late: datetime, zone: tzinfo) -> datetime:
    """The first second after `early`, at most `late`, at which the clock shows `wall` or more."""
    low, high = 0, int((late - early).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        shown = (early + timedelta(seconds=middle)).astimezone(zone).replace(tzinfo=None)
        low, high = (middle, high) if shown < wall else (low, middle)
    return early + timedelta(seconds=high)
