"""How easy a text is to read, by what can be counted: long sentences and long words."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONG_SENTENCE = 15  # words; more than that is one thought too many
LONG_WORD = 14  # letters
SHOWN = 8

_SENTENCE = re.compile(r"[.!?…]+(?=\s|$)|\n+")
_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile(r"\b(?:pvz|val|min|nr|no|tel|proc|mln|mlrd|tūkst|[a-zA-Z]|m|d)\.$", re.I)


@dataclass(frozen=True)
class Ease:
    """What makes a text hard to read; advice, not a verdict.

    words, sentences   how many there are
    long_sentences     sentences of more than LONG_SENTENCE words, as they stand, at most SHOWN
    long_words         words of more than LONG_WORD letters, each once, at most SHOWN
    """

    words: int
    sentences: int
    long_sentences: tuple[str, ...]
    long_words: tuple[str, ...]

    @property
    def words_per_sentence(self) -> int:
        """Rounded to the next whole word."""
        return round(self.words / self.sentences) if self.sentences else 0


def ease(text: str) -> Ease:
    """Count sentences and words of `text`, and name those that are long.

    A sentence ends at . ! ? … before white space, or with its line; an abbreviation such as
    "val." does not end one.

    >>> found = ease("Centras bus arti. Jis veiks kasdien.")
    >>> found.sentences, found.words_per_sentence
    (2, 3)
    """
    sentences = _sentences(text)
    counted = [_WORD.findall(sentence) for sentence in sentences]
    long = [
        sentence
        for sentence, words in zip(sentences, counted, strict=True)
        if len(words) > LONG_SENTENCE
    ]
    words = [word for found in counted for word in found]
    hard = dict.fromkeys(word.lower() for word in words if len(word) > LONG_WORD)
    return Ease(len(words), len(sentences), tuple(long[:SHOWN]), tuple([*hard][:SHOWN]))


def _sentences(text: str) -> list[str]:
    """The sentences that hold a word, without white space around them."""
    found, start = [], 0
    for end in _SENTENCE.finditer(text):
        piece = text[start : end.end()].strip()
        if _ABBREVIATION.search(piece):
            continue
        found.append(piece)
        start = end.end()
    found.append(text[start:].strip())
    return [" ".join(piece.split()) for piece in found if _WORD.search(piece)]
