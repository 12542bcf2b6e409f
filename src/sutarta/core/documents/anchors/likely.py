"""Pairs that need weighing: how alike the words are, and what stands around them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from rapidfuzz.distance import Indel

from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.passages import Passage, shingles
from sutarta.core.documents.anchors.sure import singles
from sutarta.core.documents.anchors.surroundings import Surroundings

LEAST = 0.62  # below this a passage is not the same one any more
_ROUNDS = (1.1, 0.95, 0.8, 0.65, LEAST)
_DOUBTFUL = 0.5  # from here up to LEAST a person is asked
_NEAR = 0.04  # two candidates nearer than this cannot be told apart
_CONTEXT = 0.3  # the most that surroundings add
_LEAD = _CONTEXT  # by which a pair must beat its rivals while surroundings may still change
_TABLE_CONTEXT = 0.5  # context of two rows for being in the same table at all
_SLOT = 0.95  # context from which two passages fill the very same gap
_SLOT_WORTH = 0.15  # what the same gap adds for rows, headings and short texts
_SHORT = 5.0  # weight of words below which a few other words say little against a pair
_CONTENT = 0.75  # the most that the content of a section adds for its heading
_NUMBER_ONLY = 0.3  # likeness of two headings that are but a number
_HOPELESS = {  # likeness that no surroundings lift up to a doubt
    "prose": _DOUBTFUL - _CONTEXT,
    "figure": _DOUBTFUL - _CONTEXT,
    "row": _DOUBTFUL - _CONTEXT - _SLOT_WORTH,
}
_WEAK_CONTEXT = 0.3  # below this a text must be telling
_FAIR_CONTEXT = 0.5  # below this a text must not stand several times
_COMMON = 30  # a shingle in more new passages than this finds nothing
_FOUND = 5  # candidates by words for one passage
_HALVES_REACH = 2  # blocks between the parts of a split passage
_HALVES_LEAD = 0.1  # by which both parts together must be more alike than the better one
_ASKED = 3  # candidates shown to a person


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible pair and how much speaks for it."""

    old: int
    new: int
    score: float


class Weighing:
    """Weighs candidates round by round: each asks for less and sees more surroundings."""

    def __init__(self, pairing: Pairing) -> None:
        self._pairing = pairing
        self._worth: dict[tuple[int, int], float] = {}
        self._hopeless: defaultdict[int, set[int]] = defaultdict(set)
        self._found = dict(_found_by_words(pairing))
        self._own = _single(pairing)
        self._owner = {new: old for old, new in self._own.items()}
        self._ranking: dict[int, list[Candidate]] = {}
        self._ranked_at = -1

    def run(self) -> None:
        for least in _ROUNDS:
            while self._pair_clear(least, _LEAD):
                pass
        while self._pair_clear(LEAST, _NEAR):
            pass
        self._pairing.doubts.update(self._contested())
        self.finish()

    def finish(self) -> None:
        """Pair the best of what is left; once more when other steps made surroundings known."""
        while self._pair_clear(LEAST, 0.0):
            pass

    def leave_doubts(self) -> None:
        """Note the likeliest places of what found no pair, for a person to decide."""
        for old, ranked in self._ranked().items():
            if old not in self._pairing.to_new and ranked[0].score >= _DOUBTFUL:
                self._pairing.doubts.setdefault(old, _asked(ranked))

    def _pair_clear(self, least: float, lead: float) -> bool:
        """Pair what scores `least` or more and leads its rivals by `lead`."""
        by_old = self._ranked()
        by_new: defaultdict[int, list[Candidate]] = defaultdict(list)
        for candidate in chain.from_iterable(by_old.values()):
            by_new[candidate.new].append(candidate)
        found = False
        for candidate in _best_first(chain.from_iterable(by_old.values())):
            rivals = chain(by_old[candidate.old], by_new[candidate.new])
            if candidate.score < least:
                break
            if not self._is_open(candidate) or self._is_rivalled(candidate, rivals, lead):
                continue
            self._pairing.pair(candidate.old, candidate.new, self._told(candidate))
            self._pairing.spread([candidate.old])
            found = True
        return found

    def _told(self, candidate: Candidate) -> float:
        """How alike the words of a pair are, without what stands around them."""
        left, right = self._pairing.old[candidate.old], self._pairing.new[candidate.new]
        return self._likeness(left, right)

    def _is_open(self, candidate: Candidate) -> bool:
        doubted = candidate.old in self._pairing.doubts
        return not doubted and self._pairing.is_free(candidate.old, candidate.new)

    def _is_rivalled(self, candidate: Candidate, rivals: Iterable[Candidate], lead: float) -> bool:
        return lead > 0 and any(
            rival is not candidate
            and rival.score > candidate.score - lead
            and self._pairing.is_free(rival.old, rival.new)
            for rival in rivals
        )

    def _contested(self) -> Iterator[tuple[int, tuple[tuple[int, float], ...]]]:
        """Old passages with two places of other words that nothing tells apart."""
        for old, ranked in self._ranked().items():
            least = max(LEAST, ranked[0].score - _NEAR)
            near = [rival.new for rival in ranked if rival.score >= least]
            words = {self._pairing.new[new].words_key for new in near}
            if len(words) > 1 and not self._are_halves(old, sorted(near[:2])):
                yield old, _asked(ranked)

    def _are_halves(self, old: int, near: list[int]) -> bool:
        """Whether two neighbours together are more alike than either: a split passage."""
        whole = self._pairing.old[old].code
        codes = [self._pairing.new[new].code for new in near]
        best = max(Indel.normalized_similarity(whole, code) for code in codes)
        together = Indel.normalized_similarity(whole, "".join(codes))
        return near[1] - near[0] <= _HALVES_REACH and together > best + _HALVES_LEAD

    def _ranked(self) -> dict[int, list[Candidate]]:
        """Free old passage -> its candidates, best first; counted anew when pairs were added."""
        if self._ranked_at != len(self._pairing.to_new):
            self._ranked_at = len(self._pairing.to_new)
            self._ranking = dict(self._rank())
        return self._ranking

    def _rank(self) -> Iterator[tuple[int, list[Candidate]]]:
        pairing = self._pairing
        around = Surroundings(pairing)
        for old, found in self._found.items():
            if old in pairing.to_new:
                continue
            hopeless = self._hopeless[old]
            candidates = [
                Candidate(old, new, score)
                for new in dict.fromkeys(chain(found, around.expected(old)))
                if new not in pairing.to_old
                and new not in hopeless
                and (score := self.score(old, new, around)) >= LEAST - _LEAD
            ]
            if candidates:
                yield old, _best_first(candidates)

    def score(self, old: int, new: int, around: Surroundings) -> float:
        """How much speaks for a pair, 0 to about 1.5; 0 where it cannot be."""
        left, right = self._pairing.old[old], self._pairing.new[new]
        if self._own.get(old, new) != new or self._owner.get(new, old) != old:
            self._hopeless[old].add(new)
            return 0.0
        worth = self._likeness(left, right) if _may_continue(left, right) else -1.0
        if worth < _HOPELESS.get(left.sort, 0.0):
            self._hopeless[old].add(new)
            return 0.0
        if left.sort == "row":
            return self._row_score(left, right, worth, around)
        context = around.context(old, new)
        if left.sort == right.sort == "heading":
            worth = worth if left.key or right.key else _NUMBER_ONLY
            worth += _CONTENT * around.content(old, new) + _SLOT_WORTH * (context > _SLOT)
        elif context > _SLOT and self._pairing.likeness.weight(left.code) < _SHORT:
            worth += _SLOT_WORTH
        elif context < _WEAK_CONTEXT and not self._pairing.is_telling(left):
            return 0.0
        return self._supported(left, right, worth, context)

    def _row_score(
        self, left: Passage, right: Passage, worth: float, around: Surroundings
    ) -> float:
        if not around.same_table(left.at, right.at):
            return self._supported(left, right, worth, 0.0) * self._pairing.is_telling(left)
        context = around.context(left.at, right.at)
        worth += _SLOT_WORTH * (context > _SLOT)
        return self._supported(left, right, worth, max(context, _TABLE_CONTEXT))

    def _supported(self, left: Passage, right: Passage, worth: float, context: float) -> float:
        if context < _FAIR_CONTEXT and not self._pairing.are_single(left.at, right.at):
            return 0.0
        return worth + _CONTEXT * context

    def _likeness(self, old: Passage, new: Passage) -> float:
        known = self._worth.get((old.at, new.at))
        if known is None:
            known = self._worth[old.at, new.at] = self._pairing.likeness.of(old, new)
        return known


def _single(pairing: Pairing) -> dict[int, int]:
    """Old passage -> the one place of its very words; neither may become anything else."""
    found = {old: new for old, new in singles(pairing) if pairing.old[old].sort != "row"}
    return {old: new for old, new in found.items() if not pairing.has_twin(pairing.old[old])}


def _may_continue(left: Passage, right: Passage) -> bool:
    return left.sort == right.sort or {left.sort, right.sort} <= {"prose", "heading"}


def _best_first(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda one: (-one.score, one.old, one.new))


def _asked(ranked: list[Candidate]) -> tuple[tuple[int, float], ...]:
    return tuple((one.new, one.score) for one in ranked[:_ASKED] if one.score >= _DOUBTFUL)


def _found_by_words(pairing: Pairing) -> Iterator[tuple[int, list[int]]]:
    """Free old passage -> free new ones that share most of its rarer words and word pairs."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for new in pairing.new:
        if new.at not in pairing.to_old and new.sort != "table":
            for shingle in shingles(new.code):
                index[shingle].append(new.at)
    for old in pairing.old:
        if old.at in pairing.to_new or old.sort == "table":
            continue
        found = (index.get(shingle, ()) for shingle in shingles(old.code))
        counts = Counter(chain.from_iterable(one for one in found if len(one) <= _COMMON))
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_FOUND]
        yield old.at, [place for place, _ in best]
