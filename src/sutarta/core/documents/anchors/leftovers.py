"""Pairs that only show when nearly all others are known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.passages import Passage
from sutarta.core.documents.anchors.surroundings import Surroundings

_KNOWN = 4.0  # of telling words from which the last equal place is believed
_ALL_THAT_IS_LEFT = 0.9  # score of the same words, found because no other place is left
_SAME_CONTENT = 0.8  # score of headings known by what stands under them


def pair_remaining(pairing: Pairing) -> None:
    """Equal words of which neither version has more: the only ones left are each other.

    Left in the whole version, or left in the same section.
    """
    olds, news = _by_words(pairing.old), _by_words(pairing.new)
    for key, places in olds.items():
        others = news.get(key, [])
        left = [at for at in places if at not in pairing.to_new]
        right = [at for at in others if at not in pairing.to_old]
        is_even = len(others) == len(places)
        if len(left) == len(right) == 1:
            if is_even or pairing.likeness.weight(key[2]) >= _KNOWN:
                pairing.pair(left[0], right[0], _ALL_THAT_IS_LEFT)
        elif is_even and left and right:
            _pair_by_section(pairing, left, right)


def pair_headings(pairing: Pairing) -> None:
    """Headings of other words, by what stands under them."""
    around = Surroundings(pairing)
    for old, new in around.same_content():
        if pairing.is_free(old, new):
            pairing.pair(old, new, _SAME_CONTENT)


def _by_words(passages: Sequence[Passage]) -> dict[tuple[str, str, str], list[int]]:
    found: defaultdict[tuple[str, str, str], list[int]] = defaultdict(list)
    for passage in passages:
        if passage.code and passage.sort not in ("row", "table"):
            found[passage.words_key].append(passage.at)
    return found


def _pair_by_section(pairing: Pairing, left: Sequence[int], right: Sequence[int]) -> None:
    olds, news = _by_head(pairing.old, left), _by_head(pairing.new, right)
    for head, places in olds.items():
        others = news.get(pairing.to_new.get(head, -1), [])
        if len(places) == len(others) == 1:
            pairing.pair(places[0], others[0], _ALL_THAT_IS_LEFT)


def _by_head(passages: Sequence[Passage], places: Sequence[int]) -> dict[int, list[int]]:
    """Heading -> those of the places under it; none for what stands above the first."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for at in places:
        if passages[at].head >= 0:
            found[passages[at].head].append(at)
    return found
