"""Short forms of a text for lists: its length in words, its beginning, a title for it."""

from __future__ import annotations

import re

# Spaces that may be broken; non-breaking ones hold „30 d.“ together and stay.
_SPACES = re.compile("[^\\S\u00a0\u202f]+")
_SENTENCE_END = re.compile(
    r"(?:(?<=[.!?…])|(?<=[.!?…][”“\")]))\s+(?=[„“\"(]?[^\W\da-ząčęėįšųūž_])|\n+"
)
# After these a point does not end a sentence, whatever letter follows.
_ABBREVIATED = re.compile(
    r"(?:\b(?:[^\W\d_]|pvz|nr|proc|val|mln|tūkst|gerb|doc|prof|dr|mr|mrs|st|str|kt|pan|tel|el"
    r"|pav|priv|vyr))\.\s*$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:lab(?:a\s+diena|as\s+rytas|as\s+vakaras|as)|sveik(?:i|as|a)|gerb(?:iam\w+|\.)"
    r"|hello|hi|dear|good\s+(?:morning|day|evening))\b[^,.!\n]{0,30}(?:[,.!]+\s*|\n\s*)",
    re.IGNORECASE,
)


def count_words(text: str) -> int:
    """How many words a person would count: pieces between spaces that hold a letter or digit.

    >>> count_words("Iki lapkričio 30 d. – 24.00 val.")
    6
    """
    return sum(any(sign.isalnum() for sign in piece) for piece in text.split())


def excerpt(text: str, limit: int) -> str:
    """The beginning of `text` on one line, at most `limit` characters, cut between words.

    limit  characters, the closing "…" included; at least 1

    A cut is marked by "…"; what follows no space within the limit is cut inside the word.
    Raises ValueError when `limit` is below 1.

    >>> excerpt("Siūlau dirbti iki 20 val.", 15)
    'Siūlau dirbti…'
    """
    if limit < 1:
        raise ValueError("limit must be at least 1")
    text = _SPACES.sub(" ", text).strip()
    if len(text) <= limit:
        return text
    whole, space, _rest = text[:limit].rpartition(" ")
    kept = whole if space else text[: limit - 1]
    return kept.rstrip(" \u00a0,;:–-(„.") + "…"


def title_from(text: str, limit: int = 70) -> str:
    """A short title made of the first sentence that says something; "" for an empty text.

    limit  characters, at least 1

    A greeting is passed over, unless nothing else was written. The closing point goes; a
    question or exclamation mark stays.

    >>> title_from("Laba diena, siūlau dirbti ir savaitgaliais. Vakarais taip pat.")
    'Siūlau dirbti ir savaitgaliais'
    """
    # Far more than a title can hold; a text of any length is answered at once.
    text = text.strip()[: 10 * limit + 200]
    body = _GREETING.sub("", text, count=1).strip()
    sentence = _first_sentence(body[:1].upper() + body[1:] if body and body != text else text)
    if sentence.endswith(".") and not sentence.endswith("..."):
        sentence = sentence.removesuffix(".")
    return excerpt(sentence, limit)


def _first_sentence(text: str) -> str:
    for end in _SENTENCE_END.finditer(text):
        sentence = text[: end.start()]
        if "\n" in end.group() or not _ABBREVIATED.search(sentence):
            return sentence.strip()
    return text
