"""What a comparison never cuts in two: words, numbers with their sign and unit, addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SPACE = "[ \u00a0\u2009\u202f]"  # what parts thousands: a space, or one that does not break
_GROUPED = rf"\d{{1,3}}(?:{_SPACE}\d{{3}}(?!\d))+(?:[.,]\d+)?"
_AMOUNT = rf"(?:{_GROUPED}|\d+(?:[.,:/]\d+)*)"
_LETTER = "[\\w\u0300-\u036f]"  # an accent may be a character of its own
_JOIN = "[-\u2011\u2019'\u00ad]"  # hyphens and apostrophes
_END = rf"(?!{_LETTER}|[.,:/]\d|{_JOIN}{_LETTER}|[–−]\d)"
_NUMBER = (
    rf"(?:(?<!\S)|(?<=[(„“\"«]))[-−+]{_AMOUNT}(?:{_SPACE}?[%‰€$£°])?{_END}"
    rf"|{_AMOUNT}(?:[-–−/]{_AMOUNT})*(?:{_SPACE}?[%‰€$£°]|[^\W\d_]+)?{_END}"
)
_TELEPHONE = r"\+\d{2,3}(?:[ \u00a0]\d{2,5}){2,4}(?!\w)"
_ADDRESS = r"(?:https?://|www\.)[^\s<>„“”\"«»]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_NOTED = r"[^\W\d_]{4,}(?=\d{1,2}(?!\w))"  # a word with the mark of a note after it
_WORD = rf"{_LETTER}+(?:(?:{_JOIN}|(?<=\d)[.,:/–−](?=\d)){_LETTER}+)*"
_SIGN = r"(?P<sign>[^\w\s])(?:(?P=sign)|[\ufe0f\U0001f3fb-\U0001f3ff]|\u200d[^\w\s])*"
_TOKEN = re.compile(
    rf"(?:{_ADDRESS}|{_TELEPHONE}|{_NUMBER}|{_NOTED}|{_WORD}|{_SIGN})(?:\s*)|\s+",
)


def tokens(text: str) -> list[str]:
    """Words, numbers, addresses and single marks, each with the white space after it.

    Joined they are `text`. A number has its sign, its parted thousands, its decimals and a
    percent or currency sign in it; so have ranges, dates, hours and numbers of chapters.

    >>> tokens("Skirta 213 999,99 Eur (12,5 %), 2024–2029 m.")
    ['Skirta ', '213 999,99 ', 'Eur ', '(', '12,5 %', ')', ', ', '2024–2029 ', 'm', '.']
    """
    return [match.group() for match in _TOKEN.finditer(text)]


def cores(found: Sequence[str]) -> list[str]:
    """The tokens without the white space after them."""
    return [token.rstrip() for token in found]


def is_number(core: str) -> bool:
    """Whether a token says an amount, a date or an hour and has no letter.

    >>> [is_number(core) for core in ("213 999,99", "2026-11-22", "-5 %", "5-oji", "–")]
    [True, True, True, False, False]
    """
    return any(map(str.isdigit, core)) and not any(map(str.isalpha, core))


def only_numbers_differ(old: str, new: str) -> bool:
    """Whether two texts differ, and in nothing but what their numbers are.

    >>> only_numbers_differ("Per 2026 m. – 12 renginių", "Per 2027 m. – 15 renginių")
    True
    >>> only_numbers_differ("12 renginių", "12 švenčių"), only_numbers_differ("12", "12")
    (False, False)
    """
    before, after = cores(tokens(old)), cores(tokens(new))
    if len(before) != len(after):
        return False
    others = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    return bool(others) and all(is_number(one) and is_number(other) for one, other in others)


def as_seen(text: str) -> str:
    """The words as a reader sees them: any white space is one space, a hyphen is a hyphen.

    >>> as_seen(" 213\\u00a0999,99  Eur") == "213 999,99 Eur"
    True
    """
    return " ".join(text.replace("\u00ad", "").replace("\u2011", "-").split())
