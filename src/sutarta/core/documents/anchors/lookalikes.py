"""Rows and lines that stand there several times in the very same words, one below the other.

When fewer of them are left, nothing tells which went: a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.passages import Passage

_ASKED = 3  # candidates shown to a person


def leave_lookalikes(pairing: Pairing) -> None:
    """Take back the pairs of equal neighbours of which fewer are left; each is doubtful then."""
    left = {passage.at: run for run in _runs(pairing.new) for passage in run}
    for run in _runs(pairing.old):
        places = _left(pairing, run, left)
        if 0 < len(places) < len(run):
            share = len(places) / len(run)
            everyone = all(old.at in pairing.to_new for old in run)
            for old in run:
                if not everyone or not _is_reworded(pairing, old):
                    pairing.part(old.at)
                    pairing.doubts[old.at] = tuple((place, share) for place in places[:_ASKED])


def _is_reworded(pairing: Pairing, old: Passage) -> bool:
    place = pairing.to_new.get(old.at)
    return place is not None and pairing.new[place].key != old.key


def _runs(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    for _same, run in groupby(passages, key=lambda one: (one.sort, one.table, one.key)):
        yield list(run)


def _left(pairing: Pairing, run: Sequence[Passage], left: dict[int, list[Passage]]) -> list[int]:
    """Where the same words stand now, in the runs into which any of these was paired."""
    found = (pairing.to_new[old.at] for old in run if old.at in pairing.to_new)
    runs = {left[place][0].at: left[place] for place in found if left[place][0].key == run[0].key}
    return sorted(passage.at for one in runs.values() for passage in one)
