"""Two versions as one text that reads as either, and one version made out of the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise

from sutarta.core.documents.blocks import Block, Kind
from sutarta.core.documents.comparison import Comparison
from sutarta.core.documents.pairs import Pair


class Side(StrEnum):
    """In which version a step is read."""

    BOTH = "both"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True)
class Step:
    """A place in the text that reads as either version.

    side   "both": a passage with its redline; "old": read in the old version only, since it went,
           moved away or went on in several places; "new": the same of the new version
    block  the passage in that version; of both in the new one, and its first of several
    """

    pair: Pair
    side: Side
    block: Block

    @property
    def is_move(self) -> bool:
        """Whether the same words are read at another step, too."""
        return self.side is not Side.BOTH and self.pair.turn == "moved"


def steps(comparison: Comparison) -> tuple[Step, ...]:
    """Both versions in one order: those not only of the new one, in order, are the old version,
    and those not only of the old one the new version. What went stands where it stood.

    >>> from sutarta.core.documents.blocks import Document, Span
    >>> from sutarta.core.documents.comparison import compare
    >>> a, b, c = (Block(Kind.PARAGRAPH, (Span(word),), id=word) for word in "ABC")
    >>> found = compare(Document((a, b, c)), Document((b, c, a)), [{}])
    >>> [f"{step.side.value} {step.block.text}" for step in steps(found)]
    ['old A', 'both B', 'both C', 'new A']
    """
    return tuple(_Stepping(comparison).run())


def applied(comparison: Comparison, old: Sequence[str]) -> list[str]:
    """The texts of the new version's blocks, made of the old one's by the redlines alone.

    Raises ValueError when `old` is not what was compared.
    """
    return _made(comparison, old, back=False)


def reverted(comparison: Comparison, new: Sequence[str]) -> list[str]:
    """The texts of the old version's blocks, made of the new one's by the redlines alone.

    Raises ValueError when `new` is not what was compared.
    """
    return _made(comparison, new, back=True)


def _made(comparison: Comparison, texts: Sequence[str], *, back: bool) -> list[str]:
    made: dict[int, str] = {}
    known = 0
    for pair in comparison.pairs:
        here, there = (pair.new_at, pair.old_at) if back else (pair.old_at, pair.new_at)
        blocks = pair.old if back else pair.new
        known += len(here)
        lost, came = ("new", "gone") if back else ("gone", "new")
        before = "".join(each.text for each in pair.words if each.op != came)
        if len(texts) <= max(here, default=-1) or before != "\n".join(texts[at] for at in here):
            raise ValueError("these are not the texts that were compared")
        after = "".join(each.text for each in pair.words if each.op != lost)
        ends = accumulate((len(block.text) + 1 for block in blocks), initial=0)
        parts = (after[start : end - 1] for start, end in pairwise(ends))
        made.update(zip(there, parts, strict=True))
    if known != len(texts):
        raise ValueError("these are not the texts that were compared")
    return [made[at] for at in sorted(made)]


class _Stepping:
    def __init__(self, comparison: Comparison) -> None:
        self._pairs = comparison.pairs
        self._tables = {
            block.id: pair for pair in self._pairs for block in pair.old if block.kind is Kind.TABLE
        }
        self._ends = _table_ends(self._pairs)

    def run(self) -> Iterator[Step]:
        placed: list[tuple[tuple[int, int, int], Step]] = []
        olds: list[tuple[int, Pair, Block]] = []
        for pair in self._pairs:
            olds += zip(pair.old_at, [pair] * len(pair.old), pair.old, strict=True)
            if self._is_joint(pair):
                placed.append(((pair.new_at[0], 0, 0), Step(pair, Side.BOTH, pair.new[0])))
                continue
            for at, block in zip(pair.new_at, pair.new, strict=True):
                placed.append(((at, 0, 0), Step(pair, Side.NEW, block)))
        placed += self._left(sorted(olds, key=lambda one: one[0]))
        yield from (step for _place, step in sorted(placed, key=lambda one: one[0]))

    def _left(
        self, olds: Sequence[tuple[int, Pair, Block]]
    ) -> Iterator[tuple[tuple[int, int, int], Step]]:
        """What is read in the old version only, behind what stood before it."""
        place = -1
        for at, pair, block in olds:
            if self._is_joint(pair):
                place = max(place, pair.new_at[-1])
                continue
            table = self._tables.get(block.table) if block.kind is Kind.ROW else None
            if table is None or not self._is_joint(table):
                place = self._ends.get(place, place)
            yield (place, 1, at), Step(pair, Side.OLD, block)

    def _is_joint(self, pair: Pair) -> bool:
        """Whether it is read at one place in both versions."""
        if not pair.old or not pair.new or pair.is_moved:
            return False
        several = len(pair.old) > 1 or len(pair.new) > 1
        kinds = {block.kind for block in (*pair.old, *pair.new)}
        if several:
            whole = _is_unbroken(pair.old_at) and _is_unbroken(pair.new_at)
            return whole and not kinds & {Kind.ROW, Kind.TABLE, Kind.FIGURE, Kind.FOOTNOTE}
        if kinds == {Kind.ROW}:
            table = self._tables.get(pair.old[0].table)
            return table is None or (self._is_joint(table) and table.new[0].id == pair.new[0].table)
        return len(kinds) == 1 or not kinds & {Kind.ROW, Kind.TABLE, Kind.FIGURE, Kind.FOOTNOTE}


def _is_unbroken(positions: Sequence[int]) -> bool:
    return positions[-1] - positions[0] == len(positions) - 1


def _table_ends(pairs: Sequence[Pair]) -> dict[int, int]:
    """Position of every table and row of the new version -> that of the table's last row."""
    kinds = {
        at: block.kind
        for pair in pairs
        for at, block in zip(pair.new_at, pair.new, strict=True)
        if block.kind in (Kind.TABLE, Kind.ROW)
    }
    ends: dict[int, int] = {}
    for at in sorted(kinds, reverse=True):
        ends[at] = ends[at + 1] if kinds.get(at + 1) is Kind.ROW else at
    return ends
