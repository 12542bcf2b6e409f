"""Tables are paired as a whole first; a row then looks for itself in its own table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain

from sutarta.core.documents.anchors.merged_tables import pair_merged_tables
from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.passages import Passage
from sutarta.core.documents.anchors.surroundings import Surroundings

_ROUNDS = (1.0, 0.8, 0.6, 0.5)
_CONTEXT = 0.3  # the most that surroundings add to likeness
_COMMON = 20  # a word in more tables than this finds nothing
_NAMED = 0.8  # what a row's own name is worth
_NAMED_ALIKE = 0.2  # likeness from which a row's name is believed
_FOUND = 6  # candidates for one table


def pair_tables(pairing: Pairing) -> None:
    """Pair tables by what stands in their cells and around them, then their equal rows."""
    found = _by_words(_tables(pairing.old), _tables(pairing.new))
    for least in _ROUNDS:
        _pair_round(pairing, found, least)
    old_rows, new_rows = _rows(pairing.old), _rows(pairing.new)
    pair_merged_tables(pairing, old_rows, new_rows)
    for old, rows in old_rows.items():
        if old in pairing.to_new:
            _pair_rows(pairing, rows, new_rows[pairing.to_new[old]])


def pair_named_rows(pairing: Pairing) -> None:
    """Rows that nothing else found again, by the name in their first cell."""
    old_rows, new_rows = _rows(pairing.old), _rows(pairing.new)
    for old, rows in old_rows.items():
        if old in pairing.to_new:
            _pair_by_names(pairing, rows, new_rows[pairing.to_new[old]])


def _tables(passages: Sequence[Passage]) -> list[Passage]:
    return [passage for passage in passages if passage.sort == "table"]


def _by_words(olds: list[Passage], news: list[Passage]) -> dict[int, list[int]]:
    """Old table -> new tables that share most of its rarer words."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for new in news:
        for word in dict.fromkeys(new.code):
            index[word].append(new.at)
    found: dict[int, list[int]] = {}
    for old in olds:
        known = (index[word] for word in dict.fromkeys(old.code))
        counts = Counter(chain.from_iterable(one for one in known if len(one) <= _COMMON))
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_FOUND]
        found[old.at] = [place for place, _ in best]
    return found


def _pair_round(pairing: Pairing, found: dict[int, list[int]], least: float) -> None:
    around = Surroundings(pairing)
    ranked: list[tuple[float, int, int]] = []
    for old, known in found.items():
        if old in pairing.to_new:
            continue
        near = [at for at in around.expected(old) if pairing.new[at].sort == "table"]
        for new in dict.fromkeys([*known, *near]):
            if new not in pairing.to_old:
                worth = pairing.likeness.of(pairing.old[old], pairing.new[new])
                score = worth + _CONTEXT * around.context(old, new)
                ranked.append((-score, old, new))
    for score, old, new in sorted(ranked):
        if -score >= least and pairing.is_free(old, new):
            pairing.pair(old, new, -score)


def _rows(passages: Sequence[Passage]) -> defaultdict[int, list[Passage]]:
    rows: defaultdict[int, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.table >= 0:
            rows[passage.table].append(passage)
    return rows


def _pair_rows(pairing: Pairing, olds: list[Passage], news: list[Passage]) -> None:
    """Rows whose very words stand once in either table."""
    old_counts = Counter(row.key for row in olds)
    new_counts = Counter(row.key for row in news)
    places = {row.key: row.at for row in news}
    for row in olds:
        is_single = old_counts[row.key] == new_counts[row.key] == 1
        if is_single and pairing.is_free(row.at, places[row.key]):
            pairing.pair(row.at, places[row.key])


def _pair_by_names(pairing: Pairing, olds: list[Passage], news: list[Passage]) -> None:
    """Rows named by their first cell, such as a code or a title, where no two are named alike."""
    names = _names(olds), _names(news)
    for name, old in names[0].items():
        new = names[1].get(name)
        if new is None or not pairing.is_free(old.at, new.at) or len(old.cells) != len(new.cells):
            continue
        worth = pairing.likeness.of(old, new)
        if worth >= _NAMED_ALIKE:
            pairing.pair(old.at, new.at, max(worth, _NAMED))


def _names(rows: list[Passage]) -> dict[str, Passage]:
    """First cell -> row; only of cells with a letter that stand once in the table."""
    counts = Counter(row.cells[0] for row in rows if row.cells)
    return {
        row.cells[0]: row
        for row in rows
        if row.cells and counts[row.cells[0]] == 1 and any(map(str.isalpha, row.cells[0]))
    }
