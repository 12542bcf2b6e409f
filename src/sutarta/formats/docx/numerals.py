"""Numbers as Word prints them in lists and notes."""

from __future__ import annotations

ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LATIN = "abcdefghijklmnopqrstuvwxyz"
RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
CHICAGO = "*†‡§"
# First sign and how many there are of each enclosed series in Unicode.
ENCLOSED = {
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
}
ZEROS = {"decimalZero": 2, "001, 002, 003, ...": 3, "0001, 0002, 0003, ...": 4}
ZEROS["00001, 00002, 00003, ..."] = 5


def numeral(count: int, style: str) -> str:
    """`count` in one of Word's number formats (ST_NumberFormat); an unknown one is decimal.

    >>> numeral(4, "lowerRoman"), numeral(28, "upperLetter"), numeral(7, "decimalZero")
    ('iv', 'BB', '07')
    >>> numeral(3, "none"), numeral(22, "ordinal"), numeral(2, "decimalEnclosedParen")
    ('', '22nd', '⑵')
    """
    if style in ("none", "bullet"):
        return ""
    if style in ZEROS:
        return f"{count:0{ZEROS[style]}d}"
    if count < 1:
        return str(count)
    if style.lower().endswith(("letter", "roman", "russianlower", "russianupper")):
        return _letters(count, style)
    if style in ENCLOSED:
        first, many = ENCLOSED[style]
        return chr(ord(first) + count - 1) if count <= many else str(count)
    if style == "ordinal":
        return f"{count}{_ordinal_ending(count)}"
    if style == "numberInDash":
        return f"- {count} -"
    if style == "chicago":
        return _repeated(count, CHICAGO)
    return f"{count:X}" if style == "hex" else str(count)


def _letters(count: int, style: str) -> str:
    if style.endswith("Roman"):
        text = _roman(count)
    else:
        text = _repeated(count, RUSSIAN if style.startswith("russian") else LATIN)
    return text.upper() if style.startswith("upper") or style.endswith("Upper") else text


def _repeated(count: int, alphabet: str) -> str:
    """The 27th Latin letter is "aa", the 28th "bb": Word repeats, it does not carry."""
    times, letter = divmod(count - 1, len(alphabet))
    return alphabet[letter] * min(times + 1, 40)


def _roman(count: int) -> str:
    if count > 10_000:
        return str(count)
    text = ""
    for worth, letters in ROMAN:
        text += letters * (count // worth)
        count %= worth
    return text


def _ordinal_ending(count: int) -> str:
    if count % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
