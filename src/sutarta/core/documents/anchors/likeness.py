"""How alike two passages are, from 0 (nothing but common words) to 1 (the same words)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from sutarta.core.documents.anchors.passages import Passage

_CHANCE = 0.5  # character likeness that unrelated texts of one language reach
_PROSE_FOR_ROW = 0.9


class Likeness:
    """Compares passages of two versions; `telling` says how much each word tells."""

    def __init__(self, telling: Mapping[str, float]) -> None:
        self._telling = telling
        self._weights: dict[str, float] = {}

    def weight(self, code: str) -> float:
        """Sum of what the words tell."""
        found = self._weights.get(code)
        if found is None:
            found = self._weights[code] = sum(self._telling[word] for word in code)
        return found

    def of(self, old: Passage, new: Passage) -> float:
        if old.sort == "row" and new.sort == "row":
            return self._rows(old, new)
        worth = self._texts(old.key, old.code, new.key, new.code)
        return worth if old.sort == new.sort else worth * _PROSE_FOR_ROW

    def shared(self, old: str, new: str) -> float:
        """Weight of the words that two codes have in common, each as often as in both."""
        counts = Counter(old) & Counter(new)
        return sum(self._telling[word] * times for word, times in counts.items())

    def _texts(self, old_key: str, old: str, new_key: str, new: str) -> float:
        if old_key == new_key:
            return 1.0 if old_key else 0.0
        if not old or not new:
            return 0.0
        by_order = Indel.normalized_similarity(old, new)
        by_letter = max(0.0, fuzz.ratio(old_key, new_key) / 100 - _CHANCE) / (1 - _CHANCE)
        by_word = 2 * self.shared(old, new) / (self.weight(old) + self.weight(new))
        return max((by_order + by_word) / 2, by_letter)

    def _rows(self, old: Passage, new: Passage) -> float:
        """Share of what the cells say that stands in both, cell by cell."""
        if old.key == new.key:
            return 1.0
        if len(old.cells) != len(new.cells):
            return self._texts(old.key, old.code, new.key, new.code)
        return self._cells(old.cells, new.cells)

    def _cells(self, old: Sequence[str], new: Sequence[str]) -> float:
        total = like = 0.0
        for left, right in zip(old, new, strict=True):
            weight = min(max(len(left), len(right)), 60) ** 0.5
            total += weight
            like += weight * (1.0 if left == right else max(0.0, fuzz.ratio(left, right) / 50 - 1))
        return like / total if total else 0.0
