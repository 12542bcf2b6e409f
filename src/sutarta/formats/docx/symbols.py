"""Letters of Word's symbol fonts, as Unicode has them."""

from __future__ import annotations

import re

PRIVATE = range(0xF000, 0xF100)
PRIVATE_LETTER = re.compile("[\uf000-\uf0ff]")
UNKNOWN = "\N{WHITE SQUARE}"

_GREEK_CAPITALS = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"
_GREEK_SMALL = "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
SYMBOL = dict(zip(range(0x41, 0x5B), _GREEK_CAPITALS, strict=True))
SYMBOL |= dict(zip(range(0x61, 0x7B), _GREEK_SMALL, strict=True))
SYMBOL |= dict(
    zip(range(0xA1, 0xBF), "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯", strict=True)
)  # fmt: skip
SYMBOL |= dict(zip(range(0xC0, 0xE0), "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓", strict=True))
SYMBOL |= {0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴"}
SYMBOL |= {0x5E: "⊥", 0x7E: "∼", 0xA0: "€", 0xE0: "◊", 0xE5: "∑", 0xF2: "∫"}

WINGDINGS = {
    0x21: "✏", 0x22: "✂", 0x23: "✁", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍",
    0x41: "✌", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4C: "☹", 0x51: "✈",
    0x52: "☼", 0x54: "❄", 0x56: "✞", 0x58: "✠", 0x59: "✡", 0x5A: "☪", 0x5B: "☯",
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫",
    0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x9E: "·", 0x9F: "•", 0xA0: "▪", 0xA1: "○",
    0xA4: "◉", 0xA5: "◎", 0xA7: "▪", 0xA8: "◻", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xAD: "✴",
    0xAE: "✹", 0xAF: "✵", 0xB5: "✪", 0xB6: "✰", 0xD5: "⌫", 0xD6: "⌦", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE3: "↖", 0xE4: "↗", 0xE5: "↙", 0xE6: "↘", 0xE8: "➔",
    0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"
WINGDINGS |= dict(zip(range(0x80, 0x96), _CIRCLED, strict=True))
WINGDINGS_2 = {0x50: "✓", 0x4F: "✗", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□"}
WINGDINGS_2 |= dict(zip(range(0x69, 0x7F), _CIRCLED, strict=True))
WINGDINGS_3 = {0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓"}
WINGDINGS_3 |= dict(zip(range(0x70, 0x78), "▲▼△▽◀▶◁▷", strict=True))
WEBDINGS = {0x33: "⏴", 0x34: "⏵", 0x35: "⏶", 0x36: "⏷"}
WEBDINGS |= {0x61: "✔", 0x72: "✘", 0x63: "□", 0x67: "■"}

FONTS = {
    "symbol": SYMBOL,
    "wingdings": WINGDINGS,
    "wingdings 2": WINGDINGS_2,
    "wingdings 3": WINGDINGS_3,
    "webdings": WEBDINGS,
}


def symbol(code: int, font: str) -> str:
    """One letter of a font: by table, as itself in an ordinary font, else a white square.

    >>> symbol(0xF0B3, "Symbol"), symbol(0xF0FC, "Wingdings"), symbol(0x41, "Arial")
    ('≥', '✓', 'A')
    >>> symbol(0xF000, "Wingdings")
    '□'
    """
    table = FONTS.get(font.strip().lower())
    plain = code - 0xF000 if code in PRIVATE else code
    if table is not None:
        return table.get(plain, chr(plain) if _is_plain(plain, font) else UNKNOWN)
    if 0xE000 <= plain < 0xF900 or not 0x20 <= plain < 0x110000 or 0xD800 <= plain < 0xE000:
        return UNKNOWN
    return chr(plain)


def _is_plain(code: int, font: str) -> bool:
    """Digits and punctuation of Symbol are the usual ones."""
    return font.strip().lower() == "symbol" and 0x20 <= code < 0x7F


def in_font(text: str, font: str) -> str:
    """Text whose private letters belong to a symbol font, or that is set in one throughout.

    >>> in_font("\\uf0b7 taip", "Symbol"), in_font("a", "Symbol"), in_font("ü", "Wingdings")
    ('• taip', 'α', '✓')
    """
    if not PRIVATE_LETTER.search(text):
        return _typed(text, FONTS.get(font.strip().lower(), {}))
    return "".join(
        symbol(ord(letter), font) if ord(letter) in PRIVATE else letter for letter in text
    )


def _typed(text: str, table: dict[int, str]) -> str:
    """Letters typed in a symbol font, when it is known how each of them looks."""
    if not text.strip() or any(ord(each) not in table for each in text if not each.isspace()):
        return text
    return "".join(each if each.isspace() else table[ord(each)] for each in text)
