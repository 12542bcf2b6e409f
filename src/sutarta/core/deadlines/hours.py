"""The hour in a written deadline."""

from __future__ import annotations

import re

from sutarta.core.deadlines.unclear import Unclear
from sutarta.core.deadlines.wording import END_OF_DAY, Wording

_UNIT = r"(?:val\b\.?|valand\w*|hrs?\b|h\b|o'clock\b|[ap]\.?m\b\.?)"
_HOUR = re.compile(
    r"(?<![\d.:/-])(?P<hour>\d{1,2})(?:"
    rf"[.:](?P<minute>\d\d)(?::(?P<second>\d\d))?(?:\s?(?P<unit>{_UNIT}))?"
    rf"|\s?(?P<unit2>{_UNIT})(?:\s?(?P<minute2>\d{{1,2}})\s?min(?:\b\.?|u\w+))?"
    r")(?![\d:]|[.]\d)"
)
_NOON = re.compile(r"\b(?:12 )?(?:noon|midday|vidurdieni?\w*)\b")
_MIDNIGHT = re.compile(r"\b(?:midnight|vidurnak\w+)\b")

# What takes the hour's own minute in, and what leaves the named day or hour out.
_INCLUSIVE = re.compile(r"\b(?:imtinai|imt\b\.|inclusive(?:ly)?|incl\b\.?|including|through)\b")
_EXCLUSIVE = re.compile(r"\b(?:neimtinai|exclusive(?:ly)?|excluding|before|pries)\b")


def take_wording(text: str) -> tuple[Wording, str]:
    """What `text` says of the last day, and the text without it.

    text  folded, lower-cased, its date already taken out

    23:59 is read as the whole day: whoever writes it means the last minute the clock shows.
    Raises Unclear.
    """
    inclusive = _INCLUSIVE.search(text) is not None
    exclusive = _EXCLUSIVE.search(text) is not None
    hour, text = _take_hour(text)
    if exclusive and (inclusive or hour in (None, (24, 0))):
        raise Unclear("day_excluded")
    text = _EXCLUSIVE.sub(" ", _INCLUSIVE.sub(" ", text))
    if hour is None or hour in ((24, 0), (23, 59)):
        return END_OF_DAY, text
    return Wording(hour[0], hour[1], through=inclusive), text


def _take_hour(text: str) -> tuple[tuple[int, int] | None, str]:
    """The one (hour, minute) named, None when there is none; and the text without it."""
    if night := _MIDNIGHT.search(text):
        raise Unclear("midnight", night.group())
    hours = {_clock(found) for found in _HOUR.finditer(text)}
    text = _HOUR.sub(" ", text)
    hours |= {(12, 0) for _noon in _NOON.finditer(text)}
    if len(hours) > 1:
        raise Unclear("several_hours")
    return (hours.pop() if hours else None), _NOON.sub(" ", text)


def _clock(found: re.Match[str]) -> tuple[int, int]:
    hour, minute = int(found["hour"]), int(found["minute"] or found["minute2"] or 0)
    unit = (found["unit"] or found["unit2"] or "").replace(".", "")
    if unit in ("am", "pm"):
        hour = _of_half_day(hour, minute, unit, found.group())
    if (hour, minute) == (0, 0):
        raise Unclear("midnight", found.group())
    if hour > 24 or minute > 59 or (hour == 24 and minute) or _odd_seconds(hour, minute, found):
        raise Unclear("no_such_hour", found.group())
    return hour, minute


def _of_half_day(hour: int, minute: int, unit: str, words: str) -> int:
    """The hour of the whole day. "12 am" and "12 pm" are read either way, so they are refused."""
    if hour == 12 and minute == 0:
        raise Unclear("midnight", words)
    if not 1 <= hour <= 12:
        raise Unclear("no_such_hour", words)
    return hour % 12 + 12 * (unit == "pm")


def _odd_seconds(hour: int, minute: int, found: re.Match[str]) -> bool:
    second = found["second"] or "00"
    return second != "00" and (hour, minute, second) != (23, 59, "59")
