"""A letter as sentences: what is compared when letters share passages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sutarta.core.similarity.words import plain_words

SHORTEST = 6  # words; below that it is a greeting, a signature or an everyday phrase
# A sentence ends at its mark before white space, in a script without spaces at the mark, and at
# an empty line. One line end is white space: mail programs break lines where they like. A point
# after one or two letters is an abbreviation more often than not, in capitals too.
_SHORT = r"(?<!\b\w)(?<!\b\w\w)(?<!\bval)(?<!\bpvz)(?<!\btel)(?<!\bproc)"
_CLOSING = r"[\"“”»')\]]*(?=\s)"
_END = re.compile(
    rf"(?:(?:{_SHORT}\.|[!?…]|\.[.!?…])[.!?…]*{_CLOSING}|[。！？]|\n[ \t\r]*\n)\s*", re.IGNORECASE
)


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


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        if end.end() < len(text):
            yield start, end.end()
            start = end.end()
    if start < len(text):
        yield start, len(text)
