"""Passages that stand word for word in a longer one: a sentence was added, or cut."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.passages import Passage

HELD = 0.75  # score of a text that stands whole in the other one of its kind
_WORDS = 3  # fewer words must stand at the beginning or the end of it
_WEIGHT = 4.0  # of telling words from which a text is known wherever it stands


def pair_held(pairing: Pairing) -> None:
    """Telling words that stand in one place only, and again in one place only."""
    olds, news = _Prose(pairing.old), _Prose(pairing.new)
    for old in pairing.old:
        if old.at not in pairing.to_new and _is_known(pairing, old):
            _pair(pairing, olds.only(old.code), news.only(old.code))
    for new in pairing.new:
        if new.at not in pairing.to_old and _is_known(pairing, new):
            _pair(pairing, olds.only(new.code), news.only(new.code))


def is_held(old: Passage, new: Passage) -> bool:
    """Whether one stands whole in the other; one or two words must begin or end it."""
    if not (_are_one_kind(old, new) and old.code and new.code):
        return False
    short, long = sorted((old.code, new.code), key=len)
    if len(short) >= _WORDS:
        return short in long
    return long.startswith(short) or long.endswith(short)


def _is_known(pairing: Pairing, passage: Passage) -> bool:
    return passage.sort == "prose" and pairing.likeness.weight(passage.code) >= _WEIGHT


def _pair(pairing: Pairing, old: int | None, new: int | None) -> None:
    if old is None or new is None or not pairing.is_free(old, new):
        return
    if _are_one_kind(pairing.old[old], pairing.new[new]):
        pairing.pair(old, new, HELD)


def _are_one_kind(old: Passage, new: Passage) -> bool:
    return old.sort == new.sort == "prose" and old.kind == new.kind


class _Prose:
    """The words of all prose of a version, to look for some of them at once."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        prose = [passage for passage in passages if passage.sort == "prose"]
        self._places = [passage.at for passage in prose]
        self._starts: list[int] = []
        start = 0
        for passage in prose:
            self._starts.append(start)
            start += len(passage.code) + 1
        self._words = " ".join(passage.code for passage in prose)

    def only(self, code: str) -> int | None:
        """The one passage that holds these words; None when none or several do."""
        at = self._words.find(code)
        if at < 0 or self._words.find(code, at + 1) >= 0:
            return None
        return self._places[bisect_right(self._starts, at) - 1]
