"""Reading a deadline as a person writes it, in Lithuanian or English.

Every word must be understood: a wrong deadline harms people, a question does not. What was read
is taken out of the text, and anything left that is not a mere filler makes it unclear.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from sutarta.core.deadlines.days import MONTH, take_day
from sutarta.core.deadlines.deadline import Deadline
from sutarta.core.deadlines.hours import take_wording
from sutarta.core.deadlines.unclear import Unclear
from sutarta.core.text import fold

_WEEKDAY = re.compile(
    r"\b(?:(?:pirm|antr|treci|ketvirt|penkt|sest|sekm)adieni\w+"
    r"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\b\.?"
    r"|(?:pirm|antr|trec|ketv|penkt|sest|sekm)\b\.?)"
)
_WEEKDAY_NUMBER = {
    beginning: number
    for number, beginnings in enumerate(
        ("pir mon", "ant tue", "tre wed", "ket thu", "pen fri", "ses sat", "sek sun")
    )
    for beginning in beginnings.split()
}
_UNTIL = re.compile(
    r"\b(?:iki|ne veliau|until|till|by|before|pries|through|no later than)\b"
    rf"(?=(?: kaip| iki| the| on){{0,3}}[ ,]{{0,2}}(?:\d|{MONTH}|{_WEEKDAY.pattern}))"
)
_PHRASES = re.compile(
    r"\b(?:ne veliau(?: kaip)?|no later than|end of (?:the )?day|pabaig(?:os|a))\b"
)
_ZONE = re.compile(r"\b(?:laiko juosta|time zone) ([\w/+-]+)|\b(\w+) (?:laiku|time)\b")
_OUR_ZONE = {
    "lietuvos": "Europe/Vilnius",
    "vilniaus": "Europe/Vilnius",
    "lithuanian": "Europe/Vilnius",
    "vilnius": "Europe/Vilnius",
}
_FILLERS = frozenset(
    (
        "iki",
        "until",
        "till",
        "by",
        "on",
        "at",
        "the",
        "of",
        "diena",
        "dienos",
        "terminas",
        "deadline",
    )
)
_RAISED_MINUTES = re.compile("(?<=\\d)(?=[⁰¹²³⁴⁵][⁰¹²³⁴⁵⁶⁷⁸⁹])")


def parse(text: str, *, today: date, zone: str) -> Deadline:
    """The deadline that `text` names.

    text   a wording, or a short sentence whose „iki“, "until" or the like begins one
    today  the local date from which a missing year (the next such date, today included) or a
           missing month (this one) is counted
    zone   IANA name of the sender's zone; another one named in the text is refused

    A date in the past is read as well; whether it may be set is the caller's question.
    Raises Unclear when the text does not name one instant beyond doubt, UnknownZone.

    >>> deadline = parse("iki lapkričio 30 d.", today=date(2026, 11, 2), zone="Europe/Vilnius")
    >>> deadline.instant.isoformat()
    '2026-11-30T22:00:00+00:00'
    """
    plain = _plain(text)
    start = found.start() if (found := _UNTIL.search(plain)) else 0
    rest = _without_zone(plain[start:], zone)
    rest, weekdays = _take_weekdays(rest)
    day, rest = take_day(rest, plain[:start], today)
    if weekdays - {day.weekday()}:
        raise Unclear("weekday", day.isoformat())
    wording, rest = take_wording(rest)
    _refuse_unread(rest)
    return Deadline.of(day, wording, zone)


def _plain(text: str) -> str:
    """Folded, lower-cased, brackets and runs of spaces as one space, 17⁰⁰ as 17:00."""
    text = fold(unicodedata.normalize("NFKC", _RAISED_MINUTES.sub(":", text))).lower()
    return re.sub(r"[\s()„“”\"]+", " ", re.sub("[‐–—−]", "-", text)).strip()


def _without_zone(text: str, zone: str) -> str:
    for found in _ZONE.finditer(text):
        named = found[1] or found[2]
        said = _OUR_ZONE.get(named, named)
        if named not in ("vietos", "local") and said.lower() != zone.lower():
            raise Unclear("zone", found.group())
    return _ZONE.sub(" ", text)


def _take_weekdays(text: str) -> tuple[str, set[int]]:
    weekdays = {_WEEKDAY_NUMBER[found.group()[:3]] for found in _WEEKDAY.finditer(text)}
    return re.sub(r"\s+", " ", _WEEKDAY.sub(" ", text)), weekdays


def _refuse_unread(text: str) -> None:
    words = re.findall(r"\w+", _PHRASES.sub(" ", text))
    if unread := [word for word in words if word not in _FILLERS]:
        raise Unclear("unknown_words", " ".join(unread))
