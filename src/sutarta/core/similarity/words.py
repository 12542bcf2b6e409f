"""A text as it is compared: words without case and marks, and runs of three of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

from sutarta.core.text import fold, tokens

WIDTH = 3  # words in a shingle
# Scripts written without spaces, where every sign counts as a word: Thai to Khmer, kana, Han.
_UNSPACED = re.compile("([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff])")


def plain_words(text: str) -> list[str]:
    """The words of `text` in order: lower-cased, without diacritics, without punctuation.

    In a script that is written without spaces every sign is a word of its own.

    >>> plain_words("Žąsų gatvė – 5 namas!")
    ['zasu', 'gatve', '5', 'namas']
    >>> plain_words("北京 2020")
    ['北', '京', '2020']
    """
    if text.isascii():
        return tokens(text)
    return tokens(fold(_UNSPACED.sub(r" \1 ", text)))


def shingles(words: Sequence[str]) -> set[int]:
    """Every run of three words as a number of 32 bits; a shorter text is one run.

    Shingles are Broder's; the number is CRC-32 of the words, so it is the same everywhere. Two
    runs may share a number, about once in 4,000 million pairs: who finds texts by shingles has
    to compare the texts afterwards.

    >>> len(shingles("taip ir ne taip ir".split())), len(shingles(["taip"])), len(shingles([]))
    (3, 1, 0)
    """
    if len(words) <= WIDTH:
        return {crc32(" ".join(words).encode())} if words else set()
    runs = zip(words, words[1:], words[2:], strict=False)
    return {crc32(f"{one} {two} {three}".encode()) for one, two, three in runs}
