"""Passages left between pairs: the gap they stand in says which may continue which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from sutarta.core.documents.anchors.held import HELD, is_held
from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.passages import Passage

_FILLED = 0.62  # score of other words that fill the very gap
_FILLED_WORDS = 2  # more words of which none stayed are another text
_REACH = 8  # passages of a gap that are looked at from either side


def pair_held_in_gaps(pairing: Pairing) -> None:
    """Passages that stand whole in one that fills their gap, or hold it whole."""
    for olds, news in _gaps(pairing):
        found = [(old, new) for old in olds for new in news if is_held(old, new)]
        times = Counter(one.at for one, _ in found), Counter(one.at for _, one in found)
        for old, new in found:
            if times[0][old.at] == times[1][new.at] == 1:
                pairing.pair(old.at, new.at, HELD)


def pair_fillings(pairing: Pairing) -> None:
    """A word or two replaced by others: what fills a gap continues what left it.

    One or two words that changed say nothing against a pair, and an author rewords an item
    more often than he strikes one out and puts another exactly there.
    """
    for olds, news in _gaps(pairing):
        olds, news = list(filter(_is_short, olds)), list(filter(_is_short, news))
        if len(olds) == len(news):
            for old, new in zip(olds, news, strict=True):
                pairing.pair(old.at, new.at, _FILLED)


def _gaps(pairing: Pairing) -> Iterator[tuple[list[Passage], list[Passage]]]:
    """Neighbouring old passages without a pair, and new ones beside their neighbours' places."""
    for is_free, run in groupby(pairing.old, key=lambda one: one.at not in pairing.to_new):
        if is_free:
            olds = list(run)
            if news := _beside(pairing, olds[0].at - 1, olds[-1].at + 1):
                yield olds, news


def _beside(pairing: Pairing, before: int, after: int) -> list[Passage]:
    first = pairing.to_new[before] if before >= 0 else -1
    last = pairing.to_new[after] if after < len(pairing.old) else len(pairing.new)
    found = {*_free(pairing, first, 1), *_free(pairing, last, -1)}
    return [pairing.new[at] for at in sorted(found)]


def _free(pairing: Pairing, start: int, step: int) -> Iterator[int]:
    for at in range(start + step, start + step * (_REACH + 1), step):
        if not 0 <= at < len(pairing.new) or at in pairing.to_old:
            return
        yield at


def _is_short(passage: Passage) -> bool:
    return passage.sort == "prose" and 0 < len(passage.words) <= _FILLED_WORDS
