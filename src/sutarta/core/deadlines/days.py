"""The day in a written deadline."""

from __future__ import annotations

import re
from calendar import isleap
from dataclasses import dataclass
from datetime import date

from sutarta.core.deadlines.grammar import MONTHS
from sutarta.core.deadlines.instants import FIRST_YEAR, LAST_YEAR
from sutarta.core.deadlines.unclear import Unclear
from sutarta.core.text import fold

_NOMINATIVE = (
    "sausis", "vasaris", "kovas", "balandis", "gegužė", "birželis",
    "liepa", "rugpjūtis", "rugsėjis", "spalis", "lapkritis", "gruodis",
)  # fmt: skip
_ENGLISH = tuple(name.lower() for name in MONTHS["en"])
_MONTH_NUMBER = {
    fold(name): number % 12 + 1
    for names in (MONTHS["lt"], _NOMINATIVE, _ENGLISH, [name[:3] for name in _ENGLISH])
    for number, name in enumerate(names)
} | {"sept": 9}
MONTH = "(?:" + "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True)) + r")\b\.?"

_NOT_INSIDE = r"(?<![\d.:/-])"
_DAY = r"(?P<day>\d{1,2})(?![\d:/]|[.]\d)(?:-?(?:os|osios|oji|th|st|nd|rd)\b)?"
_D = r"(?:\s?(?:d\b\.?|dien(?:a|os)\b))"
_YEAR_AFTER = r"(?:,?\s(?P<year2>(?:19|20)\d\d)(?![.:]?\d))?"
# In this order: what an earlier one takes, a later one does not see.
_DATES = tuple(
    re.compile(_NOT_INSIDE + pattern)
    for pattern in (
        rf"{_DAY}\s(?:of\s)?(?P<month>{MONTH}){_YEAR_AFTER}",
        rf"(?:(?P<year>\d{{4}})\s?(?:m\b\.?|met[au]\w?\b)?,?\s)?\b(?P<month>{MONTH})\s?"
        rf"(?:men(?:esio)?\b\.?\s?)?{_DAY}{_D}?{_YEAR_AFTER}",
        rf"(?P<year>\d{{4}})(?:\s?[-./]\s?|\s)(?P<number>\d{{1,2}})(?:\s?[-./]\s?|\s){_DAY}{_D}?",
        r"(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>\d{4})(?!\d)",
        r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4})(?!\d)",
    )
)
_DAY_ALONE = re.compile(rf"{_NOT_INSIDE}(?P<day>\d{{1,2}})(?:{_D}|(?:th|st|nd|rd)\b)")


@dataclass(frozen=True)
class _Written:
    """A date as written; 0 for what was left out."""

    year: int
    month: int
    day: int


def take_day(text: str, earlier: str, today: date) -> tuple[date, str]:
    """The one date named in `text`, and the text without it.

    text     folded, lower-cased, from „iki“ on
    earlier  what stood before; a month or year there may be meant here too, so it is not guessed
    today    the date a missing year or month is counted from

    Raises Unclear.
    """
    written, rest = _find(text)
    if not written:
        raise Unclear("no_date")
    days = {_settle(one, earlier, today) for one in written}
    if len(days) > 1:
        raise Unclear("several_dates")
    return days.pop(), rest


def _find(text: str) -> tuple[list[_Written], str]:
    written = []
    for pattern in _DATES:
        written += [_written(found) for found in pattern.finditer(text)]
        text = pattern.sub(" ", text)
    if not written:
        written = [_Written(0, 0, int(found["day"])) for found in _DAY_ALONE.finditer(text)]
        text = _DAY_ALONE.sub(" ", text)
    return written, text


def _written(found: re.Match[str]) -> _Written:
    named = found.groupdict()
    if "second" in named:
        return _by_slashes(int(named["first"]), int(named["second"]), int(named["year"]))
    year = int(named.get("year") or named.get("year2") or 0)
    month = named.get("number") or _MONTH_NUMBER[named["month"].rstrip(".")]
    return _Written(year, int(month), int(named["day"]))


def _by_slashes(first: int, second: int, year: int) -> _Written:
    """Part of the world puts the day first, part the month: 5/6 may be either."""
    if first != second and first <= 12 and second <= 12:
        raise Unclear("day_or_month", f"{first}/{second}/{year}")
    day, month = (second, first) if second > 12 else (first, second)
    return _Written(year, month, day)


def _settle(written: _Written, earlier: str, today: date) -> date:
    year, month, day = written.year, written.month, written.day
    if not month:
        return _this_month(day, earlier, today)
    if year:
        return _existing(year, month, day)
    if re.search(r"\b\d{4}\b", earlier):
        raise Unclear("no_year")
    if (month, day) == (2, 29):
        return _leap_day(today)
    this_year = _existing(today.year, month, day)
    return this_year if this_year >= today else _existing(today.year + 1, month, day)


def _existing(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unclear("no_such_date", f"{year}-{month:02}-{day:02}") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unclear("no_such_date", f"{year}-{month:02}-{day:02}")
    return found


def _leap_day(today: date) -> date:
    """29 February within the next twelve months; one further off is more likely a slip."""
    for year in (today.year, today.year + 1):
        if isleap(year) and 0 <= (date(year, 2, 29) - today).days <= 366:
            return date(year, 2, 29)
    raise Unclear("no_year")


def _this_month(day: int, earlier: str, today: date) -> date:
    """„Iki 30 d.“ means this month, unless another was named before or the day is past."""
    if re.search(r"\d", earlier) or day < today.day:
        raise Unclear("no_month")
    return _existing(today.year, today.month, day)
