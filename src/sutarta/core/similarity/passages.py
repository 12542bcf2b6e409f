"""A letter as sentences: what is compared when letters share passages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sutarta.core.similarity.words import plain_words

SHORTEST = 6  # words; below that it is a greeting, a signature or an everyday phrase
# A sentence ends at its mark before white space, in a script without spaces at the mark, and at
# an empty line. One line end is white space: mail programs break lines where they like. A point
# after one or two letters is an abbreviation more often than not, in capitals too.
_SHORT = r"(?<!\b\w)(?<!\b\w\w)(?<!\bval)(?<!\bpvz)(?<!\btel)(?<!\bproc)"
_CLOSING = r"[\"“”»')\]]*(?=\s)"
# A run of marks is looked at once, from its beginning, and never given back: so a letter of twenty
# thousand points is read as fast as one of words.
_RUN = rf"(?<![.!?…])(?:{_SHORT}\.|[!?…]|\.[.!?…])[.!?…]*+"
_END = re.compile(rf"(?:{_RUN}{_CLOSING}|[。！？]|\n[ \t\r]*\n)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """`text[start:end]` is a sentence with the white space after it; `words`: how many."""

    start: int
    end: int
    words: int

    @property
    def is_telling(self) -> bool:
        """Whether it is long enough to tell where it comes from."""
        return self.words >= SHORTEST


def passages(text: str) -> list[Passage]:
    """The sentences of `text`, end to end: together they are the whole text.

    >>> [(one.start, one.end, one.words) for one in passages("Laba diena. Prašome suoliukų!")]
    [(0, 12, 2), (12, 29, 2)]
    """
    return [Passage(start, end, len(plain_words(text[start:end]))) for start, end in _spans(text)]


def unquoted(text: str, quotable: Collection[str]) -> str:
    """`text` without the sentences that stand in a text anybody may quote.

    quotable   from `sentences` of those texts

    >>> unquoted("Taką grįsime akmenimis. Geriau smėliu!", sentences(["Taką grįsime akmenimis."]))
    'Geriau smėliu!'
    """
    cut = (text[one.start : one.end] for one in passages(text))
    return "".join(said for said in cut if _plain(said) not in quotable)


def sentences(texts: Iterable[str]) -> frozenset[str]:
    """Every sentence of the texts as its words, without case, marks and punctuation."""
    return frozenset(_plain(text[one.start : one.end]) for text in texts for one in passages(text))


def _plain(said: str) -> str:
    return " ".join(plain_words(said))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        if end.end() < len(text):
            yield start, end.end()
            start = end.end()
    if start < len(text):
        yield start, len(text)
