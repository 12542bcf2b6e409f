"""Rows of the same words in one table: they keep their order."""

from __future__ import annotations

from collections import defaultdict

from sutarta.core.documents.anchors.pairing import Pairing


def uncross(pairing: Pairing) -> None:
    """Equal rows whose places crossed change them: the first one goes first.

    Their words do not tell them apart, so only their order can.
    """
    groups: defaultdict[tuple[int, int, str], list[int]] = defaultdict(list)
    for old, new in pairing.to_new.items():
        left, right = pairing.old[old], pairing.new[new]
        if left.sort == right.sort == "row":
            groups[left.table, right.table, left.key].append(old)
    for olds in groups.values():
        places = [pairing.to_new[old] for old in sorted(olds)]
        if places != sorted(places):
            _put(pairing, sorted(olds), sorted(places))


def _put(pairing: Pairing, olds: list[int], news: list[int]) -> None:
    worth = {pairing.to_new[old]: pairing.score[old] for old in olds}
    for old in olds:
        pairing.part(old)
    for old, new in zip(olds, news, strict=True):
        pairing.pair(old, new, worth[new])
