"""How well groups agree with labels, in pairs: of those put together, and of those that belong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from bench.similarity.letters import OUTSIDE

Score = tuple[float, float]  # precision, recall


def of_clusters(groups: Iterable[Iterable[int]], labels: Sequence[int]) -> Score:
    """`groups` hold places of `labels`; a pair is right when both have the same label."""
    put = right = 0
    for group in groups:
        counted = Counter(labels[place] for place in group)
        put += _pairs(counted.total())
        right += sum(map(_pairs, counted.values()))
    return _score(put, right, sum(map(_pairs, Counter(labels).values())))


def of_campaigns(groups: Iterable[Iterable[int]], labels: Sequence[int]) -> Score:
    """The same, but two letters outside of every campaign never belong together."""
    put = right = 0
    for group in groups:
        counted = Counter(labels[place] for place in group)
        put += _pairs(counted.total())
        right += sum(_pairs(number) for label, number in counted.items() if label != OUTSIDE)
    wanted = Counter(label for label in labels if label != OUTSIDE)
    return _score(put, right, sum(map(_pairs, wanted.values())))


def f1(score: Score) -> float:
    precision, recall = score
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _score(put: int, right: int, wanted: int) -> Score:
    return right / put if put else 1.0, right / wanted if wanted else 1.0


def _pairs(number: int) -> int:
    return number * (number - 1) // 2
