"""Splits and merges: passages that went into another one, or came out of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise

from rapidfuzz import fuzz

from sutarta.core.documents.anchors.passages import Passage

_LEAST_WORDS = 3
_NEAR = 3  # blocks away from the partner that still count as beside it
_SHARE_NEAR = 0.6  # of its words that must stand together in the other passage
_SHARE_FAR = 0.8
_WORDS_FAR = 6
_LEAST_SHARE = 50  # percent of words without which nothing more is looked at
_LEFT_OVER = 0.8  # of its words that the whole holds twice when its partner is much alike
_LETTERS = 90  # percent of letters from which a misspelt part is known
_OTHER_KIND = 0.85  # what is left of a share when a list item went into a paragraph
_FOUND = 4  # candidates by words for one part
_COMMON = 12  # a pair of words in more passages than this finds nothing


def joined(
    parts: Sequence[Passage],
    wholes: Sequence[Passage],
    to_whole: dict[int, int],
    to_part: dict[int, int],
) -> dict[int, tuple[int, float]]:
    """Part without a partner -> (whole that holds its words, share of them it holds).

    For merges the old passages are the parts; for splits the new ones are.
    """
    loose = [
        part for part in parts if part.at not in to_whole and part.sort == "prose" and part.words
    ]
    if not loose:
        return {}
    index = _index(loose, wholes)
    times = Counter(part.words_key for part in parts)
    found: dict[int, tuple[int, float]] = {}
    for part in loose:
        best = max(
            (
                (_held(part, wholes[at], parts, to_part), -abs(_shift(part.at, at, to_part)), at)
                for at in _places(part, index, to_whole, len(wholes))
                if at in to_part and wholes[at].sort == "prose"
            ),
            default=None,
        )
        if best is not None and _enough(
            part, best[0], -best[1], is_single=times[part.words_key] == 1
        ):
            found[part.at] = (best[2], best[0])
    return found


def _index(loose: Sequence[Passage], wholes: Sequence[Passage]) -> dict[str, list[int]]:
    """Pair of words that a loose part holds -> wholes that hold it."""
    index: dict[str, list[int]] = {pair: [] for part in loose for pair in _pairs(part)}
    for whole in wholes:
        for pair in _pairs(whole):
            if pair in index:
                index[pair].append(whole.at)
    return index


def _pairs(passage: Passage) -> set[str]:
    return {first + second for first, second in pairwise(passage.code)}


def _places(
    part: Passage, index: dict[str, list[int]], to_whole: dict[int, int], size: int
) -> list[int]:
    """Wholes that share most of the part's rarer pairs of words, and those beside it."""
    found = (index[pair] for pair in _pairs(part))
    counts = Counter(chain.from_iterable(one for one in found if len(one) <= _COMMON))
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_FOUND]
    near = {
        to_whole[at] + step
        for at in range(part.at - _NEAR, part.at + _NEAR + 1)
        if at in to_whole
        for step in (-1, 0, 1)
    }
    return sorted({place for place, _ in best} | {at for at in near if 0 <= at < size})


def _shift(part: int, whole: int, to_part: dict[int, int]) -> int:
    return part - to_part[whole]


def _held(
    part: Passage, whole: Passage, parts: Sequence[Passage], to_part: dict[int, int]
) -> float:
    """Share of the part's words standing together in the whole, where the whole's own
    partner does not explain them better."""
    if len(part.code) > len(whole.code) * 1.25:
        return 0.0
    found = fuzz.partial_ratio_alignment(part.code, whole.code)
    if found is None or found.score < _LEAST_SHARE:
        return 0.0
    if len(part.words) < _LEAST_WORDS and not _is_at_an_end(part.code, whole.code):
        return 0.0
    window = whole.code[found.dest_start : found.dest_end]
    partner = parts[to_part[whole.at]]
    explained = fuzz.partial_ratio(window, partner.code)
    worth = 1.0 if part.kind == whole.kind else _OTHER_KIND
    if found.score > explained + 10 or _left_over(part, whole, partner) >= _LEFT_OVER:
        return max(found.score, _by_letters(part, whole, partner)) / 100 * worth
    return 0.0


def _left_over(part: Passage, whole: Passage, partner: Passage) -> float:
    """Share of the part's words that the whole holds beside those of its own partner."""
    own = Counter(whole.code) - Counter(partner.code)
    return (Counter(part.code) & own).total() / len(part.code)


def _by_letters(part: Passage, whole: Passage, partner: Passage) -> float:
    """Percent of the part's letters standing together in the whole: slips of the pen."""
    share = fuzz.partial_ratio(part.key, whole.key)
    return share if share >= _LETTERS > fuzz.partial_ratio(part.key, partner.key) else 0.0


def _is_at_an_end(part: str, whole: str) -> bool:
    return whole.startswith(part) or whole.endswith(part)


def _enough(part: Passage, share: float, shift: int, *, is_single: bool) -> bool:
    """Words that stand there several times were joined to their neighbour or to nobody."""
    if len(part.words) < _LEAST_WORDS:
        return shift == 1 and share == 1.0
    if shift <= _NEAR:
        return share >= (_SHARE_NEAR if len(part.words) >= _WORDS_FAR else _SHARE_FAR)
    return is_single and share >= _SHARE_FAR and len(part.words) >= _WORDS_FAR
