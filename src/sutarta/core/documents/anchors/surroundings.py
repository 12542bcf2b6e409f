"""What stands around a possible pair: the nearest pairs on both sides, section and table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.passages import Passage

_STEP = 0.06  # loss of certainty for each block that stands nearer on one side than the other
_REACH = 3  # how far from the expected place a passage is looked for


class Surroundings:
    """A picture of the pairs at one moment; make a new one when pairs were added."""

    def __init__(self, pairing: Pairing) -> None:
        old, new, to_new, to_old = pairing.old, pairing.new, pairing.to_new, pairing.to_old
        self._pairing, self._old, self._new = pairing, old, new
        self._to_new = {**to_new, -1: -1, -2: -2, len(old): len(new), len(old) + 1: len(new) + 1}
        self._old_left, self._old_right = _nearest(len(old), to_new)
        self._new_left, self._new_right = _nearest(len(new), to_old)
        self._votes = _votes(old, new, to_new)
        self._old_bodies = Counter(passage.head for passage in old)
        self._new_bodies = Counter(passage.head for passage in new)
        self._old_found = Counter(old[at].head for at in to_new)
        self._new_found = Counter(new[at].head for at in to_old)

    def context(self, old: int, new: int) -> float:
        """How well the surroundings of a pair agree, 0 to 1."""
        left = self._side(old, new, self._old_left[old], self._new_left[new])
        right = self._side(old, new, self._old_right[old], self._new_right[new])
        return 0.4 * left + 0.4 * right + 0.2 * self._same_section(old, new)

    def content(self, old: int, new: int) -> float:
        """Headings: share of the blocks under one that stand under the other, 0 to 1."""
        size = max(self._old_bodies[old], self._new_bodies[new])
        return self._votes[old, new] / size if size else 0.0

    def same_table(self, old: int, new: int) -> bool:
        return self._pairing.is_same_table(self._old[old].table, self._new[new].table)

    def expected(self, old: int) -> list[int]:
        """Places in the new version where a passage should stand by its neighbours."""
        seen: set[int] = set()
        for near in (*self._old_left[old], *self._old_right[old]):
            place = self._to_new[near] + old - near
            seen.update(range(max(0, place - _REACH), min(len(self._new), place + _REACH + 1)))
        return sorted(seen)

    def same_content(self) -> Iterator[tuple[int, int]]:
        """Headings with several blocks in common, most of all that was found again under either.

        What was put in or taken out tells nothing of the heading.
        """
        for (old, new), votes in self._votes.items():
            if votes > 1 and 2 * votes > max(self._old_found[old], self._new_found[new]):
                yield old, new

    def _side(self, old: int, new: int, olds: tuple[int, int], news: tuple[int, int]) -> float:
        for certainty, near_old, near_new in (
            (1.0, olds[0], news[0]),
            (0.7, olds[0], news[1]),
            (0.7, olds[1], news[0]),
            (0.5, olds[1], news[1]),
        ):
            if self._to_new[near_old] == near_new:
                shift = abs((old - near_old) - (new - near_new))
                return max(0.3, 1 - _STEP * shift) * certainty
        return 0.0

    def _same_section(self, old: int, new: int) -> float:
        heads = self._old[old].head, self._new[new].head
        if self._to_new.get(heads[0]) == heads[1]:
            return 1.0
        return min(1.0, 2 * self._votes[heads] / (1 + self._old_bodies[heads[0]]))


def _nearest(
    size: int, paired: Mapping[int, int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """For each position the two nearest paired ones before it and after it."""
    before, after = [], []
    last = (-1, -2)
    for at in range(size):
        before.append(last)
        if at in paired:
            last = (at, last[0])
    last = (size, size + 1)
    for at in range(size - 1, -1, -1):
        after.append(last)
        if at in paired:
            last = (at, last[0])
    return before, after[::-1]


def _votes(
    old: Sequence[Passage], new: Sequence[Passage], to_new: Mapping[int, int]
) -> Counter[tuple[int, int]]:
    """(old heading, new heading) -> how many paired blocks stand under both."""
    votes: Counter[tuple[int, int]] = Counter()
    for left, right in to_new.items():
        heads = old[left].head, new[right].head
        if heads[0] >= 0 and heads[1] >= 0:
            votes[heads] += 1
    return votes
