"""Marked words found again inside a block's new wording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from sutarta.core.documents.anchors.fates import Fate
from sutarta.core.documents.anchors.passages import fold

_CUTOFF = 85  # percent of the letters that must agree
_CLEAR = 8  # percent by which the best place must beat another one
_SHORTEST = 12  # characters; a shorter quote is only found word for word


@dataclass(frozen=True)
class QuotePlace:
    """Where marked words stand now: in which new block, from `start` up to but not with `end`."""

    new: int
    start: int
    end: int


def follow_quote(
    quote: str, prefix: str, suffix: str, fate: Fate, texts: Sequence[str]
) -> QuotePlace | None:
    """Find marked words in the blocks that a passage lives on in, or None when they are lost.

    fate    what became of the block in which they were marked
    texts   the words of every new block, by position

    Of several blocks, as after a split, the one that holds the very words, then the one where
    their surroundings agree best; None when two are alike. The block keeps its comment either
    way: lost words only lose their mark.

    >>> from sutarta.core.documents.anchors.fates import Outcome
    >>> split = Fate(0, Outcome.SPLIT, (0, 1))
    >>> follow_quote("du kartus", "", "", split, ["Dirbs bibliotekos.", "Kursai du kartus."])
    QuotePlace(new=1, start=7, end=16)
    """
    ranked: list[tuple[tuple[bool, int], QuotePlace]] = []
    for new in fate.new:
        if (place := find_quote(quote, prefix, suffix, texts[new])) is not None:
            rank = texts[new][slice(*place)] == quote, _around(*place, prefix, suffix, texts[new])
            ranked.append((rank, QuotePlace(new, *place)))
    ranked.sort(key=lambda one: one[0], reverse=True)
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]


def find_quote(quote: str, prefix: str, suffix: str, text: str) -> tuple[int, int] | None:
    """Where the marked words stand in `text`, as (start, end), or None when unsure.

    prefix, suffix   what stood around the words when they were marked, as much as was kept

    Looks for the very words first, then for the same words with other quotes, dashes,
    spaces or capitals, then for nearly the same words. Of several places the one whose
    surroundings agree best is taken; when two agree alike, none is.

    >>> find_quote("du kartus", "lankyti ", " per", "Kviečiame lankyti du kartus per savaitę")
    (18, 27)
    """
    if not quote.strip():
        return None
    exact = list(_occurrences(quote, text))
    if exact:
        return _best(exact, prefix, suffix, text)
    folded, places = _folded(text)
    wanted = fold(quote)
    spots = [(places[a], places[b - 1] + 1) for a, b in _occurrences(wanted, folded)]
    if spots:
        return _best(spots, prefix, suffix, text)
    return _nearly(wanted, folded, places)


def _occurrences(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(wanted)
    while at >= 0:
        yield at, at + len(wanted)
        at = text.find(wanted, at + 1)


def _best(
    spots: list[tuple[int, int]], prefix: str, suffix: str, text: str
) -> tuple[int, int] | None:
    """The spot with the most agreeing characters straight before and after it."""
    if len(spots) == 1:
        return spots[0]
    ranked = sorted((-_around(*spot, prefix, suffix, text), spot) for spot in spots)
    return ranked[0][1] if ranked[0][0] < ranked[1][0] else None


def _around(start: int, end: int, prefix: str, suffix: str, text: str) -> int:
    return _agreeing(prefix[::-1], text[:start][::-1]) + _agreeing(suffix, text[end:])


def _agreeing(wanted: str, found: str) -> int:
    count = 0
    for left, right in zip(wanted, found, strict=False):
        if left != right:
            break
        count += 1
    return count


def _folded(text: str) -> tuple[str, list[int]]:
    """Folded text, and for each of its characters the place in `text` it came from."""
    folded: list[str] = []
    places: list[int] = []
    for at, character in enumerate(text):
        part = fold(character) or (" " if character.isspace() else "")
        if part == " " and (not folded or folded[-1] == " "):
            continue
        folded.extend(part)
        places.extend([at] * len(part))
    return "".join(folded), places


def _nearly(wanted: str, folded: str, places: list[int]) -> tuple[int, int] | None:
    if len(wanted) < _SHORTEST or not folded:
        return None
    found = fuzz.partial_ratio_alignment(wanted, folded, score_cutoff=_CUTOFF)
    if found is None or found.dest_end <= found.dest_start:
        return None
    start, end = _whole_words(folded, found.dest_start, found.dest_end)
    if fuzz.ratio(wanted, folded[start:end]) < _CUTOFF:
        return None
    rest = (folded[:start], folded[end:])
    if any(
        fuzz.partial_ratio(wanted, part) > found.score - _CLEAR
        for part in rest
        if len(part) >= len(wanted)
    ):
        return None
    return places[start], places[end - 1] + 1


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
