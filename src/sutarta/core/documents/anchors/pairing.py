"""The pairs found so far between two versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sutarta.core.documents.anchors.likeness import Likeness
from sutarta.core.documents.anchors.passages import Passage

TELLING = 2.0  # weight of words from which an equal text is hardly a coincidence


class Pairing:
    """Which old passage became which new one; every position is in at most one pair.

    score    old position -> how much spoke for its pair, 1 for the same words
    doubts   old position without a pair -> (new position, likeliness), likeliest first
    """

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage], likeness: Likeness) -> None:
        self.old, self.new, self.likeness = old, new, likeness
        self.to_new: dict[int, int] = {}
        self.to_old: dict[int, int] = {}
        self.score: dict[int, float] = {}
        self.doubts: dict[int, tuple[tuple[int, float], ...]] = {}
        counts = [Counter(passage.words_key for passage in side) for side in (old, new)]
        most = counts[0] | counts[1]
        self._old_single = [most[passage.words_key] == 1 for passage in old]
        self._new_single = [most[passage.words_key] == 1 for passage in new]

    def pair(self, old: int, new: int, score: float = 1.0) -> None:
        self.to_new[old], self.to_old[new] = new, old
        self.score[old] = score

    def part(self, old: int) -> None:
        """Take a pair back, if there is one."""
        if old in self.to_new:
            del self.to_old[self.to_new.pop(old)]
            del self.score[old]

    def is_free(self, old: int, new: int) -> bool:
        return old not in self.to_new and new not in self.to_old

    def is_telling(self, passage: Passage) -> bool:
        return self.likeness.weight(passage.code) >= TELLING

    def are_single(self, old: int, new: int) -> bool:
        """Whether the words of neither place stand twice in one version."""
        return self._old_single[old] and self._new_single[new]

    def are_equal(self, old: int, new: int) -> bool:
        """Whether both places exist and hold the same words; rows also the same table."""
        if not (0 <= old < len(self.old) and 0 <= new < len(self.new)):
            return False
        left, right = self.old[old], self.new[new]
        if left.key != right.key or left.sort != right.sort or left.code != right.code:
            return False
        return left.sort != "row" or self.to_new.get(left.table, -1) == right.table

    def spread(self, start: Iterable[int]) -> None:
        """Pair equal neighbours of pairs, and theirs, in both directions."""
        waiting = list(start)
        while waiting:
            old = waiting.pop()
            new = self.to_new[old]
            for step in (1, -1):
                if self.is_free(old + step, new + step) and self.are_equal(old + step, new + step):
                    self.pair(old + step, new + step)
                    waiting.append(old + step)
