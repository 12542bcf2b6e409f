"""How sure a pair is: the share of pairs with as much against them that are right.

The weights are a logistic regression over pairs of which the truth is known: the shared list of
edited documents, with three seeds. `python -m bench anchors` makes them again for every document
without it, and docs/anchors.md shows how far the numbers hold.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import exp

from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.surroundings import Surroundings

WEIGHTS = (7.8, -1.6, -2.8, -2.4, -3.1, -5.4)  # in the order of Evidence.against
ACCEPTED = 0.8  # a false anchor is as bad as four missed ones
_GONE = 0.95  # of telling passages without a pair, the share that is gone
_UNTOLD = 0.55  # what a passage without words loses of it
_WORDS = 2.0  # weight of words that takes most of that loss away


class Evidence:
    """What speaks against pairs; make it when all are found."""

    def __init__(self, pairing: Pairing) -> None:
        self._pairing = pairing
        self._around = Surroundings(pairing)
        sides = [[one.words_key for one in side] for side in (pairing.old, pairing.new)]
        self._most = Counter(sides[0]) | Counter(sides[1])
        self._is_unchanged = sides[0] == sides[1]

    def confidence(self, old: int, new: int, worth: float) -> float:
        """0 to 1, to four places; 1 in a version where no words changed.

        worth   how alike the words are, 0 to 1
        """
        if self._is_unchanged and old == new:
            return 1.0
        against = self.against(old, new, worth)
        total = sum(weight * one for weight, one in zip(WEIGHTS, against, strict=True))
        return round(1 / (1 + exp(-total)), 4)

    def against(self, old: int, new: int, worth: float) -> tuple[float, ...]:
        """1 for the constant; other words, other surroundings, both; words that stand
        several times in a version; a row in another table. Each from 0, nothing, to 1.
        """
        left, right = self._pairing.old[old], self._pairing.new[new]
        other, apart = 1 - worth, 1 - self._around.context(old, new)
        several = max(self._most[left.words_key], self._most[right.words_key]) > 1
        astray = left.sort == "row" and not self._around.same_table(old, new)
        return 1.0, other, apart, other * apart, float(several), float(astray)

    def absence(self, old: int) -> float:
        """That a passage without a pair is gone: few words say little, 0 to 1."""
        weight = self._pairing.likeness.weight(self._pairing.old[old].code)
        return round(_GONE - _UNTOLD * exp(-weight / _WORDS), 3)


def settle(pairing: Pairing, evidence: Evidence) -> None:
    """Give every pair its confidence; the pairs that are not sure enough become doubts."""
    for old, new in list(pairing.to_new.items()):
        sure = evidence.confidence(old, new, pairing.score[old])
        if sure >= ACCEPTED:
            pairing.score[old] = sure
        else:
            pairing.part(old)
            pairing.doubts[old] = ((new, sure),)


def settle_merged(
    pairing: Pairing, evidence: Evidence, merged: Mapping[int, tuple[int, float]]
) -> dict[int, tuple[int, float]]:
    """The same for passages that went into another one: old -> (new, confidence)."""
    settled: dict[int, tuple[int, float]] = {}
    for old, (new, share) in merged.items():
        sure = evidence.confidence(old, new, share)
        if sure >= ACCEPTED:
            settled[old] = new, sure
        else:
            pairing.doubts.setdefault(old, ((new, sure),))
    return settled
