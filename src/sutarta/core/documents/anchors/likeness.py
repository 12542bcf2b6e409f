"""How alike two passages are, from 0 (nothing but common words) to 1 (the same words)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from sutarta.core.documents.anchors.passages import Passage

_CHANCE = 50  # percent of letters that unrelated texts of one language have in common
_OTHER_SORT = 0.9  # a paragraph that became a heading, say
_OTHER_KIND = 0.85  # a list item that became a paragraph when its words changed too
_HELD = 0.5  # a text that stands whole inside a longer one
_HELD_WORDS = 3
_HELD_SHARE = 80  # percent
_MOST_LETTERS = 10_000**2  # of one text times the other's; beyond, comparing them takes long


class Likeness:
    """Compares passages of two versions; `telling` says how much each word tells."""

    def __init__(self, telling: Mapping[str, float]) -> None:
        self._telling = telling
        self._weights: dict[str, float] = {}
        self._counts: dict[str, Mapping[str, int]] = {}

    def weight(self, code: str) -> float:
        """Sum of what the words tell."""
        found = self._weights.get(code)
        if found is None:
            found = self._weights[code] = sum(self._telling[word] for word in code)
        return found

    def of(self, old: Passage, new: Passage) -> float:
        if old.sort == new.sort == "table":
            return self._by_word(old.code, new.code)
        if old.sort == new.sort == "row" and len(old.cells) == len(new.cells) > 1:
            return self._cells(old.cells, new.cells)
        worth = self._texts(old, new)
        if old.sort != new.sort:
            return worth * _OTHER_SORT
        return worth if old.kind == new.kind or old.key == new.key else worth * _OTHER_KIND

    def _texts(self, old: Passage, new: Passage) -> float:
        if old.key == new.key:
            return 1.0 if old.key else 0.0
        if not old.code or not new.code:
            return 0.0
        by_order = Indel.normalized_similarity(old.code, new.code)
        return max(
            (by_order + self._by_word(old.code, new.code)) / 2,
            _letters(old.key, new.key),
            _held(old.code, new.code),
        )

    def _by_word(self, old: str, new: str) -> float:
        shared = 0.0
        other = self._counted(new)
        for word, times in self._counted(old).items():
            if word in other:
                shared += self._telling[word] * min(times, other[word])
        return 2 * shared / ((self.weight(old) + self.weight(new)) or 1)

    def _counted(self, code: str) -> Mapping[str, int]:
        found = self._counts.get(code)
        if found is None:
            found = self._counts[code] = Counter(code)
        return found

    def _cells(self, old: Sequence[str], new: Sequence[str]) -> float:
        """Share of what the cells say that stands in both, cell by cell."""
        total = like = 0.0
        for left, right in zip(old, new, strict=True):
            weight = min(max(len(left), len(right)), 60) ** 0.5
            total += weight
            like += weight * (1.0 if left == right else _letters(left, right))
        return like / total if total else 1.0


def _letters(old: str, new: str) -> float:
    """By letters, which tell slips of the pen; in texts of many pages words tell enough."""
    if len(old) * len(new) > _MOST_LETTERS:
        return 0.0
    return max(0.0, fuzz.ratio(old, new) - _CHANCE) / (100 - _CHANCE)


def _held(old: str, new: str) -> float:
    """A text of some words inside a much longer one."""
    short, long = sorted((len(old), len(new)))
    if short < _HELD_WORDS or short > 0.6 * long:
        return 0.0
    share = fuzz.partial_ratio(old, new)
    return _HELD * share / 100 if share >= _HELD_SHARE else 0.0
