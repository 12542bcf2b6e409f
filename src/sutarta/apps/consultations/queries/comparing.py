"""Which letters of a consultation belong together, as numbers and places in their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sutarta.apps.consultations.models import Consultation, Submission
from sutarta.apps.consultations.queries import passages, sketches, tallies
from sutarta.core.similarity import (
    Campaign,
    Letter,
    campaigns,
    near_duplicates,
    sentences,
    unquoted,
)
from sutarta.core.similarity import passages as cut

LONGEST = 10_000  # characters of a letter that are compared: four pages
SHORTEST = 500
ALTOGETHER = 4_000_000  # characters of a consultation
Found = list[dict[str, Any]]


def found(consultation: Consultation, rows: Sequence[Submission]) -> Found:
    """First campaigns: three letters or more that share passages, the words of the strategy under
    discussion left out, for anybody may quote them. Then, of the rest, texts that are nearly the
    same besides. Each is

        {"passages": [[number, start, end, how many letters have it], ...],
         "letters": [[number, state, shared words, own words, [[start, end], ...]], ...],
         "texts": how many different ones}

    where places are in `sketches.words` of that number, and state is `sketches.state`. The
    beginning of a long letter is compared, and of many letters less of each; the rest is own
    words.
    """
    most = compared(len(rows))
    words = {row.number: sketches.words(row) for row in rows}
    read = [(number, said[:most]) for number, said in words.items()]
    known = _quotable(consultation)
    shared = campaigns(read, known)
    taken = {letter.key for each in shared for letter in each.letters}
    quotable = sentences(known)
    rest = near_duplicates(
        (number, unquoted(said, quotable)) for number, said in read if number not in taken
    )
    repeated = [
        Campaign((), tuple(Letter(key, (), 0, 0) for key in keys)) for keys in rest if len(keys) > 1
    ]
    by_number = {row.number: row for row in rows}
    return [_told(each, by_number, words, most) for each in (*shared, *repeated)]


def compared(count: int) -> int:
    """Characters of each of so many letters that are compared.

    >>> compared(10), compared(2_000), compared(100_000)
    (10000, 2000, 500)
    """
    return max(SHORTEST, min(LONGEST, ALTOGETHER // max(1, count)))


def _told(
    each: Campaign[int], by_number: dict[int, Submission], words: dict[int, str], most: int
) -> dict[str, Any]:
    letters = []
    for letter in each.letters:
        rest = len(words[letter.key][most:].split()) if each.passages else 0
        state = sketches.state(by_number[letter.key])
        own = letter.own_words + rest
        letters.append([letter.key, state, letter.shared_words, own, list(_spans(letter))])
    return {
        "passages": list(_places(each, words)),
        "letters": letters,
        "texts": tallies.texts(by_number[letter.key] for letter in each.letters),
    }


def _spans(letter: Letter[int]) -> Iterator[list[int]]:
    """Where the shared pieces stand."""
    at = 0
    for piece in letter.pieces:
        if piece.is_shared:
            yield [at, at + len(piece.text)]
        at += len(piece.text)


def _places(each: Campaign[int], words: dict[int, str]) -> Iterator[list[int]]:
    """Where each passage stands in the first letter that has it as it is told."""
    wanted = dict(each.passages)
    places: dict[str, list[int]] = {}
    for letter in each.letters:
        if len(places) == len(wanted):
            break
        said = words[letter.key]
        for one in cut(said):
            plain = " ".join(said[one.start : one.end].split())
            if plain in wanted:
                places.setdefault(plain, [letter.key, one.start, one.end])
    for said, count in each.passages:
        if said in places:
            yield [*places[said], count]


def _quotable(consultation: Consultation) -> tuple[str, ...]:
    if consultation.version is None:
        return ()
    return tuple(one.text for one in passages.of(consultation.version).by_id.values())
