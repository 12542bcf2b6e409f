"""Tables that became one, or came out of one: the text between them went, or was put in.

Their rows then look for themselves in the common table, and only order tells apart those that
both parts have.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sutarta.core.documents.anchors.order import common
from sutarta.core.documents.anchors.pairing import Pairing
from sutarta.core.documents.anchors.passages import Passage

Rows = Mapping[int, list[Passage]]


def pair_merged_tables(pairing: Pairing, old_rows: Rows, new_rows: Rows) -> None:
    """Find merged and split tables by rows that stand once, and pair their rows in order."""
    votes = _votes(pairing)
    for old in _merged(old_rows, pairing.to_new, votes):
        pairing.share_table(old, votes[old].most_common(1)[0][0])
    back: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for old, counts in votes.items():
        for new, times in counts.items():
            back[new][old] += times
    for new in _merged(new_rows, pairing.to_old, back):
        pairing.share_table(back[new].most_common(1)[0][0], new)
    for olds, news in _groups(pairing):
        left = [row for at in olds for row in old_rows[at]]
        right = [row for at in news for row in new_rows[at]]
        _pair_in_order(pairing, left, right)


def _votes(pairing: Pairing) -> defaultdict[int, Counter[int]]:
    """Old table -> new table -> rows that stand once in either version and are in both."""
    places = {row.words_key: row for row in pairing.new if row.table >= 0}
    votes: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for row in pairing.old:
        place = places.get(row.words_key)
        if place is None or row.table < 0 or not any(map(str.isalpha, row.key)):
            continue
        if pairing.are_single(row.at, place.at):
            votes[row.table][place.table] += 1
    return votes


def _merged(rows: Rows, paired: Mapping[int, int], votes: Mapping[int, Counter[int]]) -> list[int]:
    """Tables without a partner most of whose rows stand in the partner of the next table."""
    tables = sorted(rows)
    beside: defaultdict[int, set[int | None]] = defaultdict(set)
    for one, other in pairwise(tables):
        beside[one].add(paired.get(other))
        beside[other].add(paired.get(one))
    found = []
    for table in tables:
        if table not in paired and table in votes:
            wanted, times = votes[table].most_common(1)[0]
            if wanted in beside[table] and 2 * times > votes[table].total():
                found.append(table)
    return found


def _groups(pairing: Pairing) -> list[tuple[list[int], list[int]]]:
    """Old and new tables that share rows, in order."""
    olds: defaultdict[int, set[int]] = defaultdict(set)
    news: defaultdict[int, set[int]] = defaultdict(set)
    for old, new in pairing.shared_tables:
        partner = pairing.to_new.get(old, new)
        olds[partner] |= {old, pairing.to_old.get(partner, old)}
        news[partner] |= {new, partner}
    return [(sorted(olds[partner]), sorted(news[partner])) for partner in sorted(olds)]


def _pair_in_order(pairing: Pairing, olds: Sequence[Passage], news: Sequence[Passage]) -> None:
    for at_old, at_new, size in common([row.key for row in olds], [row.key for row in news]):
        for step in range(size):
            old, new = olds[at_old + step].at, news[at_new + step].at
            if pairing.is_free(old, new):
                pairing.pair(old, new)
