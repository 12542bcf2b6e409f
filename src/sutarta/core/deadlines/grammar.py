"""A deadline in words: months and weekdays as Lithuanian and English put them in a date.

Core speaks in codes; dates are the exception, for their grammar belongs to the language and is
shared by every app. The Lithuanian fits after „iki“, the English after "until".
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from sutarta.core.deadlines.deadline import Deadline
from sutarta.core.deadlines.wording import Wording

Language = Literal["lt", "en"]

# January first, Monday first; Lithuanian in the genitive.
MONTHS: dict[Language, tuple[str, ...]] = {
    "lt": (
        "sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio",
        "liepos", "rugpjūčio", "rugsėjo", "spalio", "lapkričio", "gruodžio",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "lt": (
        "pirmadienio", "antradienio", "trečiadienio", "ketvirtadienio",
        "penktadienio", "šeštadienio", "sekmadienio",
    ),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}  # fmt: skip
# Zones that have a name people use; others are called by their IANA name.
ZONES: dict[tuple[str, Language], str] = {
    ("Europe/Vilnius", "lt"): "Lietuvos laiku",
    ("Europe/Vilnius", "en"): "Lithuanian time",
}
_ZONE: dict[Language, str] = {"lt": "laiko juosta {}", "en": "time zone {}"}


def nearest_language(code: str | None) -> Language:
    """The language of the two that comes nearest to a code such as "en-gb"; "lt" for all others.

    >>> nearest_language("en-gb"), nearest_language("uk"), nearest_language(None)
    ('en', 'lt', 'lt')
    """
    return "en" if (code or "").startswith("en") else "lt"


def say(deadline: Deadline, language: Language) -> str:
    """Day, weekday, hour and zone, with non-breaking spaces inside day and hour.

    Raises ValueError when `language` is neither "lt" nor "en".

    >>> deadline = Deadline.of(date(2026, 11, 30), Wording(), "Europe/Vilnius")
    >>> say(deadline, "lt").replace("\\u00a0", " ")
    '2026 m. lapkričio 30 d. (pirmadienio) 24.00 val., Lietuvos laiku'
    >>> say(deadline, "en").replace("\\u00a0", " ")
    '30 November 2026 (Monday), 24:00, Lithuanian time'
    """
    day = say_day(deadline.local_date, language)
    weekday = WEEKDAYS[language][deadline.local_date.weekday()]
    hour = _say_hour(deadline.wording, language)
    zone = ZONES.get((deadline.zone, language)) or _ZONE[language].format(deadline.zone)
    return f"{day} ({weekday}){',' if language == 'en' else ''} {hour}, {zone}"


def say_day(day: date, language: Language, *, year: bool = True) -> str:
    """The day, with its year the first time on a page and without it later.

    Raises ValueError when `language` is neither "lt" nor "en".

    >>> say_day(date(2026, 12, 14), "lt", year=False).replace("\\u00a0", " ")
    'gruodžio 14 d.'
    """
    if language not in MONTHS:
        raise ValueError(f"no such language: {language!r}")
    month = MONTHS[language][day.month - 1]
    if language == "lt":
        return f"{day.year}\u00a0m. " * year + f"{month} {day.day}\u00a0d."
    return f"{day.day}\u00a0{month}" + f" {day.year}" * year


def _say_hour(wording: Wording, language: Language) -> str:
    hour = 24 if wording.hour is None else wording.hour
    if language == "lt":
        return f"{hour:02}.{wording.minute:02}\u00a0val." + " imtinai" * wording.through
    return f"{hour:02}:{wording.minute:02}" + " inclusive" * wording.through
