"""The pairs found so far between two versions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sutarta.core.documents.anchors.likeness import Likeness
from sutarta.core.documents.anchors.passages import Passage

_END = 6  # words at its beginning or end by which a passage is known to have a near copy
_LONG = 9  # words of a passage that is looked at for that
_PASTED_TWICE = 0.7  # of its passages that have one in a version that holds itself twice
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
        self.shared_tables: set[tuple[int, int]] = set()
        self.doubts: dict[int, tuple[tuple[int, float], ...]] = {}
        counts = [Counter(passage.words_key for passage in side) for side in (old, new)]
        most = counts[0] | counts[1]
        self._old_single = [most[passage.words_key] == 1 for passage in old]
        self._new_single = [most[passage.words_key] == 1 for passage in new]
        self._twins = _twins(old) | _twins(new)
        self.is_doubled = bool(self._twins)

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

    def has_twin(self, passage: Passage) -> bool:
        """Whether a version holds much of itself twice, and these words nearly so."""
        return not self._twins.isdisjoint(_ends(passage))

    def are_equal(self, old: int, new: int) -> bool:
        """Whether both places exist and hold the same words; rows also the same table."""
        if not (0 <= old < len(self.old) and 0 <= new < len(self.new)):
            return False
        left, right = self.old[old], self.new[new]
        if left.key != right.key or left.sort != right.sort or left.code != right.code:
            return False
        return left.sort != "row" or self.is_same_table(left.table, right.table)

    def share_table(self, old: int, new: int) -> None:
        """Note that rows of one table stand in the other, though either has another partner."""
        self.shared_tables.add((old, new))

    def is_same_table(self, old: int, new: int) -> bool:
        """Whether rows of an old table look for themselves in a new one."""
        return self.to_new.get(old, -1) == new or (old, new) in self.shared_tables

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


def _twins(passages: Sequence[Passage]) -> frozenset[str]:
    """Beginnings and ends that several passages share, of a version that seems pasted twice."""
    long = [passage for passage in passages if len(passage.code) >= _LONG]
    counts = Counter(end for passage in long for end in _ends(passage))
    several = frozenset(end for end, times in counts.items() if times > 1)
    doubled = sum(not several.isdisjoint(_ends(passage)) for passage in long)
    return several if doubled > _PASTED_TWICE * len(long) else frozenset()


def _ends(passage: Passage) -> tuple[str, str]:
    """First and last words, marked so that the one is not taken for the other."""
    return "^" + passage.code[:_END], passage.code[-_END:] + "$"
