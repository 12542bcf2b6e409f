"""Working days: neither Saturday nor Sunday nor a public holiday of Lithuania."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

# Labour Code of the Republic of Lithuania (Darbo kodeksas), article 123: those with a fixed date.
_FIXED = (
    (1, 1), (2, 16), (3, 11), (5, 1), (6, 24), (7, 6), (8, 15),
    (11, 1), (11, 2), (12, 24), (12, 25), (12, 26),
)  # fmt: skip


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Public holidays of Lithuania in a year, after article 123 of its Labour Code.

    Those with a fixed date, Easter Sunday and Monday, Mother's Day (first Sunday of May) and
    Father's Day (first Sunday of June). The list is that of 2020 and later, when 2 November was
    added. Check the article when the law changes.

    >>> date(2026, 4, 6) in public_holidays(2026)
    True
    """
    sunday = easter(year)
    moving = (sunday, sunday + timedelta(days=1), _first_sunday(year, 5), _first_sunday(year, 6))
    return frozenset((*(date(year, month, day) for month, day in _FIXED), *moving))


def working_day(day: date, holidays: Container[date] = ()) -> bool:
    """Whether offices work on that day.

    >>> working_day(date(2026, 11, 2)), working_day(date(2026, 11, 2), public_holidays(2026))
    (True, False)
    """
    return day.weekday() < 5 and day not in holidays


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by Gauss's rule with its two exceptions.

    >>> easter(2026)
    datetime.date(2026, 4, 5)
    """
    century = year // 100
    correction = (15 - (13 + 8 * century) // 25 + century - century // 4) % 30
    moon = (19 * (year % 19) + correction) % 30
    moon -= moon == 29 or (moon == 28 and year % 19 > 10)
    week = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 4 + century - century // 4) % 7
    return date(year, 3, 22) + timedelta(days=moon + week)


def _first_sunday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=6 - first.weekday())
