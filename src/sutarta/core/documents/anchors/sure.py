"""Pairs that need no weighing: the same words, told apart by rarity or by order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sutarta.core.documents.anchors.order import common, in_order
from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.passages import Passage

_NAMED = 0.3  # likeness from which an id that both versions carry is believed
_MANY_WORDS = 5  # that many in one order are no coincidence, though each is common
_UNPLACED = 0.8  # score of the same words found without any support around them


def pair_ends(pairing: Pairing) -> None:
    """Equal passages at the beginning and at the end, as far as they go."""
    last = len(pairing.old) - 1, len(pairing.new) - 1
    for (old, new), step in (((0, 0), 1), (last, -1)):
        while pairing.is_free(old, new) and pairing.are_equal(old, new):
            pairing.pair(old, new)
            old, new = old + step, new + step


def pair_named(pairing: Pairing) -> None:
    """Passages that carry one id in both versions, as our own Word files bring it back.

    Copied and pasted ids, and ids over quite other words, are not believed.
    """
    olds = Counter(passage.id for passage in pairing.old if passage.id)
    news = Counter(passage.id for passage in pairing.new if passage.id)
    places = {passage.id: passage for passage in pairing.new}
    for old in pairing.old:
        if olds[old.id] != 1 or news[old.id] != 1 or not pairing.is_free(old.at, places[old.id].at):
            continue
        new = places[old.id]
        worth = pairing.likeness.of(old, new)
        if old.sort == new.sort and (worth >= _NAMED or old.key == new.key):
            pairing.pair(old.at, new.at, 1.0 if old.key == new.key else max(worth, 0.9))


def pair_single(pairing: Pairing, *, rows: bool) -> None:
    """Telling texts that stand once in both versions, wherever they stand."""
    for old, new in _singles(pairing, rows=rows):
        passage = pairing.old[old]
        is_telling = pairing.is_telling(passage) or len(passage.code) >= _MANY_WORDS
        if is_telling and not pairing.has_twin(passage):
            pairing.pair(old, new)
    pairing.spread(list(pairing.to_new))


def pair_in_order(pairing: Pairing) -> None:
    """Equal texts that stand several times, where only the order tells which is which."""
    fixed = in_order(pairing.to_new)
    starts = [(-1, -1), *((old, pairing.to_new[old]) for old in fixed)]
    ends = [*starts[1:], (len(pairing.old), len(pairing.new))]
    for (old, new), (old_end, new_end) in zip(starts, ends, strict=True):
        olds = [p for p in pairing.old[old + 1 : old_end] if _is_open(p, pairing.to_new)]
        news = [p for p in pairing.new[new + 1 : new_end] if _is_open(p, pairing.to_old)]
        if olds and news:
            _pair_common(pairing, olds, news)
    pairing.spread(list(pairing.to_new))


def pair_unplaced(pairing: Pairing) -> None:
    """Short texts that stand once in both versions, though nothing around them agrees."""
    for old, new in list(singles(pairing)):
        if pairing.old[old].sort != "row":
            pairing.pair(old, new, _UNPLACED)


def singles(pairing: Pairing) -> Iterator[tuple[int, int]]:
    """Texts with a letter that stand once in both versions, and are in no pair."""
    for rows in (False, True):
        for old, new in _singles(pairing, rows=rows):
            if any(character.isalpha() for character in pairing.old[old].key):
                yield old, new


def _singles(pairing: Pairing, *, rows: bool) -> Iterator[tuple[int, int]]:
    places = {passage.words_key: passage.at for passage in pairing.new}
    for old in pairing.old:
        new = places.get(old.words_key)
        if new is None or (old.sort == "row") != rows or old.sort == "table":
            continue
        if pairing.are_single(old.at, new) and pairing.is_free(old.at, new):
            yield old.at, new


def _is_open(passage: Passage, paired: dict[int, int]) -> bool:
    return passage.at not in paired and passage.sort not in ("row", "table")


def _pair_common(pairing: Pairing, olds: list[Passage], news: list[Passage]) -> None:
    runs = common([old.words_key for old in olds], [new.words_key for new in news])
    for at_old, at_new, size in runs:
        run = list(zip(olds[at_old : at_old + size], news[at_new : at_new + size], strict=True))
        if any(pairing.is_telling(old) for old, _ in run):
            for old, new in run:
                pairing.pair(old.at, new.at)
