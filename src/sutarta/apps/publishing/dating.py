"""Dates and periods that a text names beside the deadline and the strategy's own years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sutarta.core import deadlines

_UNTIL = re.compile(
    r"\b(?:iki|ne vėliau(?: kaip)?(?: iki)?|until|till|by|before|no later than)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZĄČĘĖĮŠŲŪŽ„“])|\n+")
_PROPOSING = re.compile(
    r"pasiūlym|pastab|siūly|teik|laukia|priima|terminas|kvieči|svarsty|rašyk|siųsk"
    r"|propos|comment|remark|suggest|submit|feedback|deadline|invit|send",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b((?:19|20)\d\d)\s*[-–—]\s*((?:19|20)\d\d)\b")
_PROGRAMME = re.compile(r"program|fond|fund|finansin|financial", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
LONGEST = 120  # letters in which a date with its hour is written
WINDOW = 12  # words after „iki“ that a date with its hour may take
MOST = 20  # last days looked at in one text; whoever names more has written no notice
NEARBY = 80  # letters in which a period says whose it is


@dataclass(frozen=True)
class Named:
    """A last day that a text names. about: whether its sentence speaks of proposals."""

    words: str
    deadline: deadlines.Deadline
    about: bool


def last_days(text: str, *, today: date, zone: str) -> list[Named]:
    """Every last day the text names beyond doubt, by the rules of core.deadlines.

    >>> found = last_days("Laukiame iki 2023 11 30 (iki 24.00 val.).",
    ...                   today=date(2023, 11, 1), zone="Europe/Vilnius")
    >>> [(one.words, one.deadline.local_date.isoformat(), one.about) for one in found]
    [('iki 2023 11 30 (iki 24.00 val.).', '2023-11-30', True)]
    """
    return list(_named(text, today, zone))


def _named(text: str, today: date, zone: str) -> Iterator[Named]:
    looked = 0
    for sentence in _SENTENCE.split(text):
        end = 0
        for until in _UNTIL.finditer(sentence):
            rest = sentence[until.start() : until.start() + LONGEST]
            if until.start() < end or looked == MOST or not _DIGIT.search(rest):
                continue
            looked += 1
            if named := _read(rest, today, zone):
                words, deadline = named
                yield Named(words, deadline, bool(_PROPOSING.search(sentence)))
                end = until.start() + len(words)


def _read(text: str, today: date, zone: str) -> tuple[str, deadlines.Deadline] | None:
    """The longest beginning of `text` that is a deadline; None when none is."""
    ends = [found.end() for found in re.finditer(r"\S+", text)][: WINDOW + 1]
    for end in reversed(ends[1:]):
        for words in dict.fromkeys((text[:end], text[:end].rstrip(",;:"))):
            try:
                return words, deadlines.parse(words, today=today, zone=zone)
            except (deadlines.Unclear, deadlines.UnknownZone):
                continue
    return None


def strange_periods(text: str, title: str) -> list[str]:
    """Periods in the text that are none of the title's, but for those of a programme or fund.

    >>> strange_periods("2021–2027 m. strategija", "2023–2029 m. strategija")
    ['2021–2027']
    >>> strange_periods("2021–2027 metų fondų programa", "2023–2029 m. strategija")
    []
    """
    own = {found.groups() for found in _YEARS.finditer(title)}
    return list(dict.fromkeys(_strange(text, own))) if own else []


def _strange(text: str, own: set[tuple[str, ...]]) -> Iterator[str]:
    for found in _YEARS.finditer(text):
        after = text[found.end() : found.end() + NEARBY]
        if found.groups() not in own and not _PROGRAMME.search(after):
            yield found.group()
