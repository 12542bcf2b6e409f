"""What stands in the same order in both versions."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterator, Mapping, Sequence

from rapidfuzz.distance import LCSseq


def in_order(to_new: Mapping[int, int]) -> list[int]:
    """Old positions of the longest run of pairs that stand in the same order in both."""
    ends: list[int] = []
    tails: list[int] = []
    before: dict[int, int] = {}
    for old in sorted(to_new):
        at = bisect_left(ends, to_new[old])
        ends[at : at + 1] = [to_new[old]]
        tails[at : at + 1] = [old]
        before[old] = tails[at - 1] if at else -1
    kept: list[int] = []
    old = tails[-1] if tails else -1
    while old >= 0:
        kept.append(old)
        old = before[old]
    return kept[::-1]


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int, int]]:
    """Longest common subsequence, as runs (place in old, place in new, length)."""
    codes: dict[Hashable, str] = {}
    left, right = (
        "".join(codes.setdefault(key, chr(0x10000 + len(codes))) for key in keys)
        for keys in (old, new)
    )
    for code in LCSseq.opcodes(left, right):
        if code.tag == "equal":
            yield code.src_start, code.dest_start, code.src_end - code.src_start
