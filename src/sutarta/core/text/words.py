"""A text as words: lower-cased tokens, letters without their marks, Lithuanian stems."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u036f]")
# Soft hyphens, zero-width spaces and joiners that Word and web pages leave inside words.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# Letters whose mark is part of the letter, so that Unicode does not take it apart.
_WHOLE_LETTERS = str.maketrans(
    {
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ð": "d",
        "ø": "o",
        "Ø": "O",
        "ß": "ss",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "þ": "th",
        "ı": "i",
    }
)


def tokens(text: str) -> list[str]:
    """The words and numbers of `text` in order, lower-cased, in Unicode form NFKC.

    Lithuanian letters stay; stress marks and soft hyphens fall away; a number with a point or
    comma becomes its parts, because databases disagree where such numbers end.

    >>> tokens("Pėsčiųjų takas – 2,5 km!")
    ['pėsčiųjų', 'takas', '2', '5', 'km']
    """
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower()
    return _WORD.findall(_MARKS.sub("", text))


def fold(text: str) -> str:
    """`text` without diacritics, Lithuanian and other; capitals stay capitals.

    >>> fold("Žąsų gatvė, Łódź")
    'Zasu gatve, Lodz'
    """
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare).translate(_WHOLE_LETTERS)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The Lithuanian Snowball stem of one word, lower-cased, diacritics kept.

    >>> stem("Savaitgaliais")
    'savaitgal'
    """
    # A stemmer keeps the word it works on, so threads must not share one.
    return str(snowballstemmer.stemmer("lithuanian").stemWord(word.lower()))
