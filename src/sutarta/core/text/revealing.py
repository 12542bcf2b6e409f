"""What in a text may tell who somebody is: age, illness, street, living alone, names, numbers.

In a small town an age, an illness and a street are a name. Nothing here is covered by itself:
these are hints for the person who decides. Lithuanian and English are looked for in every text,
because people write in either, whatever language the page was in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_UPPER = "A-ZĄČĘĖĮŠŲŪŽ"
_LOWER = "a-ząčęėįšųūž"
_STARTS = r"(?<![\w@])"


@dataclass(frozen=True, order=True)
class Hint:
    """Words of a text that may point to a person: `text[start:end] == words`."""

    start: int
    end: int
    kind: str
    words: str


def revealing(text: str) -> list[Hint]:
    """Every hint in the text, in its order; they do not overlap.

    Kinds: "code" (personal code with its right check digit), "account" (IBAN, checked), "email",
    "phone", "plate", "address" (street, house, flat), "name", "age" (or year of birth), "alone",
    "health", "family" (relatives, neighbours, benefits).

    Numbers of money, years of the plan, spans of time and ages of whole groups are passed over.

    >>> [(hint.kind, hint.words) for hint in revealing("Jai 44-eri, gyvena viena, Liepų g. 7-12.")]
    [('age', '44-eri'), ('alone', 'gyvena viena'), ('address', 'Liepų g. 7-12')]
    >>> revealing("Iki 2029 m. skirti 45 000 Eur.")
    []
    """
    taken: list[Hint] = []
    for kind, pattern in _PATTERNS:
        for hint in _found(kind, pattern, text):
            if all(hint.end <= other.start or other.end <= hint.start for other in taken):
                taken.append(hint)
    return sorted(taken)


def points_to_one(hints: Iterable[Hint]) -> bool:
    """Whether such hints together may point to one person.

    That is two different kinds of them, or one number or address that only one person has.

    >>> points_to_one(revealing("Ji serga.")), points_to_one(revealing("Ji serga, jai 44 metai."))
    (False, True)
    """
    kinds = {hint.kind for hint in hints}
    return len(kinds) > 1 or not kinds.isdisjoint(ONE_PERSONS)


ONE_PERSONS = frozenset({"code", "account", "email", "phone"})


def _found(kind: str, pattern: re.Pattern[str], text: str) -> Iterator[Hint]:
    for match in pattern.finditer(text):
        start, end = match.span("hint") if "hint" in pattern.groupindex else match.span()
        words = text[start:end]
        if _CHECKS.get(kind, bool)(words):
            yield Hint(start, end, kind, words)


def _is_code(words: str) -> bool:
    """The check digit of a Lithuanian personal code: two rounds of weights, the rest of 11."""
    digits = [int(sign) for sign in words]
    for weights in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 1), (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)):
        rest = sum(a * b for a, b in zip(digits, weights, strict=False)) % 11
        if rest < 10:
            return rest == digits[10]
    return digits[10] == 0


def _is_account(words: str) -> bool:
    """ISO 7064, MOD 97-10."""
    bare = "".join(words.split()).upper()
    turned = bare[4:] + bare[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _is_name(words: str) -> bool:
    """Institutions are written like people."""
    return words.split()[-1] not in _NO_PERSONS


_CHECKS = {"code": _is_code, "account": _is_account, "name": _is_name}
_NO_PERSONS = {"Centras", "Fondas", "Skyrius", "Klubas", "Parkas", "Rajonas", "Kodeksas"}


def _loose(words: str) -> str:
    """Words to be met with or without their Lithuanian letters, by a pattern of our own."""
    marked = {"ą": "[ąa]", "č": "[čc]", "ę": "[ęe]", "ė": "[ėe]", "į": "[įi]", "š": "[šs]",
              "ų": "[ųu]", "ū": "[ūu]", "ž": "[žz]"}  # fmt: skip
    return "".join(marked.get(sign, sign) for sign in words)


def _any(*words: str) -> str:
    """Any of these beginnings of words."""
    return _STARTS + "(?:" + "|".join(map(_loose, words)) + ")"


_SURNAME = (
    r"(?:[LOWER]*(?:ien|ait|yt|ut|ūt)(?:ė|ės|ei|ę)"
    r"|[LOWER]*(?:ausk|insk|ick|evsk|ovsk|ėn|ūn)(?:as|o|ui|ą|u)"
    r"|[LOWER]*[ae]vič(?:ius|iaus|iui|ių|iumi)"
    r"|[LOWER]*(?:(?:ait|yt|ut)(?:is|į)|(?:aič|yč|uč)(?:io|iui|iu))"
    r"|[LOWER]+(?:on|ėl|el|ul)(?:is|io|iui|į|iu))(?![\w])"
).replace("[LOWER]", f"[{_LOWER}]")
_FIRST = f"[{_UPPER}](?:\\.|[{_LOWER}]+)"
_NAMES = (
    # A first name or an initial with a surname of Lithuanian shape.
    rf"{_STARTS}{_FIRST}\s?[{_UPPER}]{_SURNAME}(?:-[{_UPPER}]\w+)?"
    # A surname alone, but not at the beginning of a sentence, where every word is capital.
    rf"|(?<=[{_LOWER},]\s)[{_UPPER}]{_SURNAME}"
    rf"|{_STARTS}(?:Mr|Mrs|Ms|Miss)\.?\s[{_UPPER}]\w+"
)
_STREET = _loose("(?:g\\.|gatvė(?:je|s|n)?\\b|pr\\.|prospekt\\w*|pl\\.|al\\.|skg\\.|akl\\.)")
_HOUSE = r"(?:\s?\d{1,3}\s?[A-Za-z]?\b(?:\s?[-–]\s?\d{1,3}\b)?)"
_NOT_A_SPAN = _loose(
    r"(?<!per )(?<!po )(?<!už )(?<!kas )(?<!prieš )(?<!iki )(?<!nuo )(?<!nei )(?<!virš )(?<!kaip )"
    r"(?<!for )(?<!over )(?<!than )(?<!under )(?<!in )"
)
_PATTERNS = [
    (kind, re.compile(pattern, flags))
    for kind, pattern, flags in (
        ("email", r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,4}", 0),
        ("account", r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?\b", 0),
        ("code", r"(?<![\d+])[1-6]\d{10}(?!\d)", 0),
        ("phone", r"(?<![\w+])(?:\+370|\(?8|\(?0)[\s()-]{0,3}\d(?:[\s()-]{0,2}\d){7}(?!\d)", 0),
        ("plate", r"\b[A-Z]{3}[ -]?\d{3}\b(?!\s?(?:Eur|EUR|€|\d))", 0),
        (
            "address",
            rf"{_STARTS}(?:[{_UPPER}]\w{{0,30}}(?:o|ų|ės|os|aus|ies|us|\.)\s){{0,2}}"
            rf"[{_UPPER}][\w.]{{0,30}}\s(?i:{_STREET}){_HOUSE}?"
            rf"|(?i:\b(?:butas|bute|but\.|namas nr\.|flat|apartment)\s?(?:nr\.\s?)?\d{{1,4}}\b)"
            rf"|(?:\b\d{{1,3}}[A-Za-z]?\s)?\b[{_UPPER}]\w+\s(?:Street|Road|Avenue|Lane)\b{_HOUSE}?",
            0,
        ),
        ("name", _NAMES, 0),
        (
            "age",
            rf"\b{_NOT_A_SPAN}(?P<hint>(?<![\d.,])1?\d?\d(?:"
            + _loose(
                r"(?:\s|-)?(?:m\.(?!\s?(?:laikotarp|trukm|projekt))|met(?:ų|ai|us)\b(?!\s(?:laikotarp|"
                r"trukm|projekt|patirt))|metukų\b)|-?met(?:ė|ės|ei|is|io|į)\b|-?er(?:i|ių|ius|iems)\b"
            )
            + r"|(?:\s|-)years?(?:\s|-)old\b)|(?<=\baged )\d{1,3}\b|(?<=\bI am )\d{1,3}\b"
            + r"|(?:"
            + _loose("gim(?:ęs|usi|\\.|iau)")
            + r"|born in)\s(?:19|20)\d\d)",
            re.IGNORECASE,
        ),
        (
            "alone",
            _any(
                "(?:gyven|liek)\\w+ (?:visai |visiškai )?vien(?:as|a|iša|išas)\\b",
                "vien(?:as|a) gyven\\w+",
            )
            + "|"
            + _any("vieniš(?:a|as|ą|os|o|ai|am) (?:motin|mam|tėv|moter|vyr|žmog|senol)\\w*")
            + r"|\bliv(?:es?|ing) alone\b|\bon (?:her|his|my) own\b|\bsingle (?:mother|father)\b",
            re.IGNORECASE,
        ),
        (
            "health",
            _any(
                "serg(?:u|a|i|ame|ate|ant|anti|antis|ančio|ančiai|ančią|antį)\\b",
                "lig(?:a|os|ą|ota|otas|onis|onio|oniui|onė|onės)\\b", "negali(?:a|os|ą)\\b",
                "neįgal(?:us|i|ios|iai|ią|aus|umo|umas|umą)\\b", "invalid\\w*",
                "vėž(?:ys|io|iu|į)\\b",
                "onkolog\\w*", "(?:cukrin\\w+ )?diabet\\w*", "demencij\\w*", "alzh?eimer\\w*",
                "parkinson\\w*", "epilep\\w*", "autiz\\w*", "autist\\w*", "depresij\\w*",
                "šizofren\\w*", "psichik\\w+ \\w+", "insult(?:as|o|ą|ui)\\b", "infarkt\\w*",
                "alkohol\\w*", "narkoman\\w*", "nėšči\\w*", "akl(?:as|a|ą|os|o|am|ai)\\b(?!\\.)",
                "kurč(?:ias|ia|ią|ios|io)\\b", "dializ\\w*", "diagnoz\\w*",
            )
            + r"|\b(?:ill|illness|sick|cancer|disabled|disability|wheelchair|diabet\w+|dementia"
            + r"|depress(?:ed|ion)|autis\w+|epilep\w+|diagnos\w+|blind|deaf|pregnant)\b",
            re.IGNORECASE,
        ),
        (
            "family",
            _any(
                "(?:mano|jos|jo|mūsų) (?:dukr|dukt|sūn|motin|mam|tėv|tėt|žmon)\\w*",
                "(?:mano|jos|mūsų) vyr(?:as|o|ui|ą)\\b",
                "(?:mano|jos|jo|mūsų) (?:senel|močiut|brol|sese|anūk)\\w*",
                "kaimyn(?:ė|ės|ei|ę|as|o|ui|ą)\\b", "našl(?:ė|ės|ei|ę|ys|io|iui|į)\\b",
                "išsiskyr\\w*", "skyryb\\w*", "pašalp\\w*", "globotin\\w*", "įvaik\\w*",
            )
            + r"|\b(?:my|her|his) (?:son|daughter|mother|father|husband|wife)\b"
            + r"|\b(?:my|her|his) (?:grand\w+|brother|sister)\b"
            + r"|\bneighbour\b|\bwidow(?:er)?\b|\bdivorc\w+|\badopted\b|\bon benefits?\b",
            re.IGNORECASE,
        ),
    )
]  # fmt: skip
