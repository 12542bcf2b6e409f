"""What became of every old block, in words a person can act on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sutarta.core.documents.anchors.confidence import Evidence, settle, settle_merged
from sutarta.core.documents.anchors.equals import uncross
from sutarta.core.documents.anchors.gaps import pair_fillings, pair_held_in_gaps
from sutarta.core.documents.anchors.held import pair_held
from sutarta.core.documents.anchors.leftovers import pair_headings, pair_remaining
from sutarta.core.documents.anchors.likely import Weighing
from sutarta.core.documents.anchors.likeness import Likeness
from sutarta.core.documents.anchors.lookalikes import leave_lookalikes
from sutarta.core.documents.anchors.order import in_order
from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.parts import joined
from sutarta.core.documents.anchors.passages import Lexicon, passages
from sutarta.core.documents.anchors.rivals import yield_to_rivals
from sutarta.core.documents.anchors.sure import (
    pair_ends,
    pair_in_order,
    pair_named,
    pair_single,
    pair_unplaced,
)
from sutarta.core.documents.anchors.tables import pair_named_rows, pair_tables
from sutarta.core.documents.blocks import Block


class Outcome(StrEnum):
    """What happened to a block between two versions."""

    KEPT = "kept"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    GONE = "gone"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True)
class Fate:
    """What became of one old block. Positions count from 0 in their version.

    new         positions it lives on in, the one that carries its identity first; none when
                gone or doubtful
    confidence  0 to 1, the share of decisions with as much against them that are right; of
                "gone", that it is not in the new version; of "doubtful", the first candidate's
    candidates  doubtful only: (new position, likeliness 0 to 1), likeliest first
    leads       whether the first new block carries this block's identity on; of blocks merged
                into one, a single one leads
    """

    old: int
    outcome: Outcome
    new: tuple[int, ...] = ()
    confidence: float = 1.0
    candidates: tuple[tuple[int, float], ...] = ()
    leads: bool = False


def match(old: Sequence[Block], new: Sequence[Block]) -> list[Fate]:
    """Find what became of every block of `old` in `new`; one fate each, in order.

    "kept"      the same words in the same place (numbers and kinds of quotes may differ)
    "reworded"  another wording of the same passage, wherever it stands
    "moved"     the same words elsewhere
    "split"     several new blocks hold its words
    "merged"    one new block holds its words and those of another old block
    "gone"      nowhere
    "doubtful"  a person must decide between the candidates

    A block that is not surely found is gone or doubtful: we never guess.
    The same blocks always give the same fates.

    >>> from sutarta.core.documents.blocks import Kind, Span
    >>> text = Block(Kind.PARAGRAPH, (Span("Šaligatvis bus tvarkomas kitąmet."),))
    >>> [fate.outcome.value for fate in match([text], [text])]
    ['kept']
    """
    lexicon = Lexicon()
    olds, news = passages(old, lexicon), passages(new, lexicon)
    pairing = Pairing(olds, news, Likeness(lexicon.information()))
    evidence = _pair(pairing)
    found = joined(olds, news, pairing.to_new, pairing.to_old)
    merged = settle_merged(pairing, evidence, found)
    split = joined(news, olds, pairing.to_old, pairing.to_new)
    return _Fates(pairing, evidence, merged, split).all()


def _pair(pairing: Pairing) -> Evidence:
    pair_named(pairing)
    pair_ends(pairing)
    if pairing.is_doubled:
        pair_in_order(pairing)
    pair_single(pairing, rows=False)
    pair_in_order(pairing)
    pair_tables(pairing)
    pair_single(pairing, rows=True)
    weighing = Weighing(pairing)
    weighing.run()
    pair_named_rows(pairing)
    pair_unplaced(pairing)
    pair_remaining(pairing)
    pair_headings(pairing)
    weighing.finish()
    pair_held(pairing)
    pair_held_in_gaps(pairing)
    pair_fillings(pairing)
    yield_to_rivals(pairing, weighing)
    uncross(pairing)
    weighing.leave_doubts()
    evidence = Evidence(pairing)
    settle(pairing, evidence)
    leave_lookalikes(pairing)
    return evidence


class _Fates:
    def __init__(
        self,
        pairing: Pairing,
        evidence: Evidence,
        merged: Mapping[int, tuple[int, float]],
        split: Mapping[int, tuple[int, float]],
    ) -> None:
        self._pairing, self._evidence = pairing, evidence
        self._merged = merged
        self._shared = {new for new, _ in merged.values()}
        self._pieces: defaultdict[int, list[int]] = defaultdict(list)
        for new, (old, _) in sorted(split.items()):
            self._pieces[old].append(new)
        self._in_order = set(in_order(pairing.to_new))

    def all(self) -> list[Fate]:
        return [self._fate(at) for at in range(len(self._pairing.old))]

    def _fate(self, old: int) -> Fate:
        if old in self._pairing.to_new:
            return self._continued(old, self._pairing.to_new[old])
        if old in self._merged:
            new, sure = self._merged[old]
            return Fate(old, Outcome.MERGED, (new,), sure)
        if doubts := self._pairing.doubts.get(old):
            candidates = tuple((new, _rounded(score)) for new, score in doubts)
            return Fate(old, Outcome.DOUBTFUL, (), candidates[0][1], candidates)
        return Fate(old, Outcome.GONE, (), self._evidence.absence(old))

    def _continued(self, old: int, new: int) -> Fate:
        sure = self._pairing.score[old]
        if pieces := self._pieces.get(old):
            return Fate(old, Outcome.SPLIT, (new, *pieces), sure, leads=True)
        if new in self._shared:
            return Fate(old, Outcome.MERGED, (new,), sure, leads=True)
        return Fate(old, self._plain_outcome(old, new), (new,), sure, leads=True)

    def _plain_outcome(self, old: int, new: int) -> Outcome:
        if self._pairing.old[old].key != self._pairing.new[new].key:
            return Outcome.REWORDED
        return Outcome.KEPT if old in self._in_order else Outcome.MOVED


def _rounded(score: float) -> float:
    return round(min(1.0, max(0.0, score)), 3)
