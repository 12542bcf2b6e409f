"""Marked words found again inside a block's new wording."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from sutarta.core.documents.anchors.passages import fold

_CUTOFF = 85  # percent of the letters that must agree
_CLEAR = 8  # percent by which the best place must beat another one
_SHORTEST = 12  # characters; a shorter quote is only found word for word


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
    ranked = sorted(
        (
            -_agreeing(prefix[::-1], text[:start][::-1]) - _agreeing(suffix, text[end:]),
            (start, end),
        )
        for start, end in spots
    )
    return ranked[0][1] if ranked[0][0] < ranked[1][0] else None


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
