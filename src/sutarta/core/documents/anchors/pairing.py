"""Which old passage became which new one: sure pairs first, then what they make likely."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sutarta.core.documents.anchors.likeness import Likeness
from sutarta.core.documents.anchors.passages import Passage, shingles
from sutarta.core.documents.anchors.surroundings import Surroundings

_TELLING = 2.0  # weight of words from which a text that occurs once is sure wherever it stands
_ROUNDS = (1.1, 0.95, 0.8, 0.65, 0.55)
_NEAR = 0.04  # two candidates nearer than this are not told apart
_COMMON = 30  # a shingle in more new passages than this finds nothing
_FOUND = 5  # candidates by words for one passage


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible pair: how alike the words are, and with what surrounds them."""

    old: int
    new: int
    score: float


class Pairing:
    """Pairs found so far between two versions; every position is in at most one."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage], likeness: Likeness) -> None:
        self.old, self.new, self.likeness = old, new, likeness
        self.to_new: dict[int, int] = {}
        self.to_old: dict[int, int] = {}
        self.score: dict[int, float] = {}
        self.doubts: dict[int, tuple[tuple[int, float], ...]] = {}
        self.nearest: dict[int, float] = {}
        self._known: dict[tuple[int, int], float] = {}
        self._by_words: dict[int, list[int]] = {}

    def run(self) -> None:
        self.pair_ends()
        self.pair_sure()
        self.pair_likely()

    def pair_ends(self) -> None:
        """Equal passages at the beginning and at the end, as far as they go."""
        for old, new, step in ((0, 0, 1), (len(self.old) - 1, len(self.new) - 1, -1)):
            while self._equal(old, new) and self.is_free(old, new):
                self.pair(old, new)
                old, new = old + step, new + step

    def pair(self, old: int, new: int, score: float = 1.0) -> None:
        self.to_new[old], self.to_old[new] = new, old
        self.score[old] = score

    def is_free(self, old: int, new: int) -> bool:
        return old not in self.to_new and new not in self.to_old

    def pair_sure(self) -> None:
        """Texts that occur once in both versions and say enough to be no coincidence."""
        for old, new in self._once_in_both():
            telling = self.likeness.weight(self.old[old].code) >= _TELLING
            if telling and self.is_free(old, new):
                self.pair(old, new)
        self.spread(list(self.to_new))

    def pair_likely(self) -> None:
        """Best pairs first; each round lowers what is asked, and sees more surroundings."""
        self._by_words = self._found_by_words()
        for least in _ROUNDS:
            while self._round(least):
                pass

    def spread(self, start: Iterable[int]) -> None:
        """Pair equal neighbours of pairs, and theirs, in both directions."""
        waiting = list(start)
        while waiting:
            old = waiting.pop()
            new = self.to_new[old]
            for step in (1, -1):
                if self._equal(old + step, new + step) and self.is_free(old + step, new + step):
                    self.pair(old + step, new + step)
                    waiting.append(old + step)

    def _round(self, least: float) -> bool:
        around = Surroundings(self.old, self.new, self.to_new, self.to_old)
        ranked = sorted(self._candidates(around, least), key=lambda c: (-c.score, c.old, c.new))
        best_old, best_new = defaultdict(list), defaultdict(list)
        for candidate in ranked:
            best_old[candidate.old].append(candidate)
            best_new[candidate.new].append(candidate)
        found = False
        for candidate in ranked:
            if not self.is_free(candidate.old, candidate.new):
                continue
            self.pair(candidate.old, candidate.new, candidate.score)
            self.spread([candidate.old])
            found = True
        return found

    def _candidates(self, around: Surroundings, least: float) -> Iterator[Candidate]:
        for old in self.old:
            if old.at in self.to_new:
                continue
            places = dict.fromkeys(self._by_words.get(old.at, ()))
            places.update(dict.fromkeys(around.expected(old.at)))
            for new in places:
                if new in self.to_old:
                    continue
                score = self._score(old.at, new, around)
                if score >= least:
                    yield Candidate(old.at, new, score)

    def _score(self, old: int, new: int, around: Surroundings) -> float:
        left, right = self.old[old], self.new[new]
        if (left.sort == right.sort) or {left.sort, right.sort} <= {"prose", "heading"}:
            pass
        else:
            return 0.0
        like = self._likeness(left, right)
        context = around.context(old, new)
        if left.sort == "row" and not around.same_table(old, new):
            context = 0
        score = like + 0.25 * context
        if left.sort == right.sort == "heading":
            score += 0.4 * around.content(old, new)
        elif context < 0.3 and self.likeness.weight(left.code) < _TELLING:
            return 0.0
        return score

    def _likeness(self, old: Passage, new: Passage) -> float:
        known = self._known.get((old.at, new.at))
        if known is None:
            known = self._known[old.at, new.at] = self.likeness.of(old, new)
        return known

    def _found_by_words(self) -> dict[int, list[int]]:
        index: defaultdict[str, list[int]] = defaultdict(list)
        for new in self.new:
            if new.at not in self.to_old:
                for shingle in sorted(shingles(new.code)):
                    index[shingle].append(new.at)
        found: dict[int, list[int]] = {}
        for old in self.old:
            if old.at in self.to_new:
                continue
            counts: Counter[int] = Counter()
            for shingle in sorted(shingles(old.code)):
                places = index.get(shingle, ())
                if len(places) <= _COMMON:
                    for place in places:
                        counts[place] += 1
            best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
            found[old.at] = [place for place, _ in best[:_FOUND]]
        return found

    def _equal(self, old: int, new: int) -> bool:
        if not (0 <= old < len(self.old) and 0 <= new < len(self.new)):
            return False
        left, right = self.old[old], self.new[new]
        return left.key == right.key and left.sort == right.sort

    def _once_in_both(self) -> Iterator[tuple[int, int]]:
        places = _single(self.new)
        for key, old in _single(self.old).items():
            if key in places:
                yield old, places[key]


def _single(passages: Sequence[Passage]) -> dict[tuple[str, str], int]:
    counts = Counter((passage.sort, passage.key) for passage in passages)
    return {
        (passage.sort, passage.key): passage.at
        for passage in passages
        if counts[passage.sort, passage.key] == 1
    }
