"""Which columns of a table are the same ones in another version, and so the cells of its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest

from sutarta.core.documents.anchors.order import common
from sutarta.core.documents.blocks import Block, Kind
from sutarta.core.documents.tokens import as_seen

Beside = tuple[tuple[int | None, int | None], ...]
"""(place in the old row or table, place in the new one), in order; None where there is none."""

Row = tuple[Mapping[int, str], Mapping[int, str]]
"""The same row in both versions: column -> words of the cell that begins there."""

Positions = tuple[int, ...]

_LOOKED_AT = 200  # rows of a table that tell which columns are the same
_ENOUGH = 0.5  # share of cells with the same words that leaves no question open
_HEAD = 3  # what the name of a column weighs against one of its cells


def rows_beside(
    old: Sequence[Block],
    new: Sequence[Block],
    led: Sequence[Positions],
    sources: Mapping[int, Sequence[int]],
) -> dict[tuple[Positions, Positions], Beside]:
    """For every row that is one row in both versions, its cells beside each other.

    led      for every old block its positions in the new version
    sources  position in the new version -> the old ones that lead there
    """
    tables: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for at, places in enumerate(led):
        if len(places) == 1 == len(sources[places[0]]):
            before, after = old[at], new[places[0]]
            if before.kind is after.kind is Kind.ROW and before.table and after.table:
                tables[before.table, after.table].append((at, places[0]))
    starts = _starts(old), _starts(new)
    found: dict[tuple[Positions, Positions], Beside] = {}
    for rows in tables.values():
        words = [
            (_worded(old[one], starts[0][one]), _worded(new[other], starts[1][other]))
            for one, other in rows
        ]
        beside = columns(words, sum(old[one].header for one, _other in rows))
        for one, other in rows:
            found[(one,), (other,)] = cells(beside, starts[0][one], starts[1][other])
    return found


def grid(rows: Sequence[Block]) -> list[list[int]]:
    """For each row the columns, from 0, in which its cells begin.

    Cells that reach down from above or over several columns take the room of others.
    """
    taken: set[tuple[int, int]] = set()
    found = []
    for at, row in enumerate(rows):
        starts, column = [], 0
        for cell in row.cells:
            while (at, column) in taken:
                column += 1
            starts.append(column)
            if cell.rowspan > 1:
                wide = range(column, column + cell.colspan)
                taken.update((at + n, c) for n in range(1, cell.rowspan) for c in wide)
            column += cell.colspan
        found.append(starts)
    return found


def columns(rows: Sequence[Row], heads: int = 0) -> Beside:
    """Which columns of a table are beside each other in two versions of it.

    heads  how many of the first rows name the columns

    Columns stay in order. Those with the most cells in common are the same; what is left
    between them is the same where it is as many, and else went or came.

    >>> columns([({0: "A", 1: "B"}, {0: "A", 1: "X", 2: "B"})])
    ((0, 0), (None, 1), (1, 2))
    """
    sizes = [max((max(row[side], default=-1) for row in rows), default=-1) + 1 for side in (0, 1)]
    if sizes[0] == sizes[1] and _is_enough(rows):
        return tuple((at, at) for at in range(sizes[0]))
    scores = _scores(rows[:_LOOKED_AT], heads, sizes)
    return tuple(_filled(_best(scores), sizes[0], sizes[1]))


def cells(beside: Beside, old: Sequence[int], new: Sequence[int]) -> Beside:
    """The cells of one row beside each other, from the columns in which they begin."""
    olds, news = ({column: at for at, column in enumerate(side)} for side in (old, new))
    paired = (
        (olds.get(one, None) if one is not None else None,
         news.get(other, None) if other is not None else None)
        for one, other in beside
    )  # fmt: skip
    return tuple(pair for pair in paired if pair != (None, None))


def side_by_side(old: Sequence[str], new: Sequence[str]) -> Beside:
    """Cells of a row, or paragraphs, of which nothing else is known: as many are paired in
    order; else those with the same words, and the others between them as far as they go.
    """
    if len(old) == len(new):
        return tuple((at, at) for at in range(len(old)))
    steady = [
        (one + step, other + step)
        for one, other, length in common(old, new)
        for step in range(length)
    ]
    found: list[tuple[int | None, int | None]] = []
    done_old = done_new = 0
    for one, other in [*steady, (len(old), len(new))]:
        found += zip_longest(range(done_old, one), range(done_new, other))
        found += [(one, other)] * (one < len(old))
        done_old, done_new = one + 1, other + 1
    return tuple(found)


def _starts(blocks: Sequence[Block]) -> dict[int, list[int]]:
    """Position of every row -> the columns in which its cells begin."""
    tables: defaultdict[str, list[int]] = defaultdict(list)
    for at, block in enumerate(blocks):
        if block.kind is Kind.ROW:
            tables[block.table].append(at)
    return {
        at: starts
        for rows in tables.values()
        for at, starts in zip(rows, grid([blocks[at] for at in rows]), strict=True)
    }


def _worded(row: Block, starts: Sequence[int]) -> dict[int, str]:
    return dict(zip(starts, (cell.text for cell in row.cells), strict=True))


def _is_enough(rows: Sequence[Row]) -> bool:
    both = [(old[at], new.get(at, "")) for old, new in rows for at in old if old[at]]
    return sum(one == other for one, other in both) >= _ENOUGH * len(both)


def _scores(rows: Sequence[Row], heads: int, sizes: Sequence[int]) -> list[list[float]]:
    """What each old column has in common with each new one."""
    found = [[0.0] * sizes[1] for _column in range(sizes[0])]
    for at, (old, new) in enumerate(rows):
        weight = _HEAD if at < heads else 1
        seen = {column: as_seen(text) for column, text in new.items()}
        for one, text in old.items():
            wanted = as_seen(text)
            for other, same in seen.items():
                if wanted == same:
                    found[one][other] += weight if wanted else 0.01
    return found


def _best(scores: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs in order whose scores are highest together; none that has nothing in common."""
    height, width = len(scores), len(scores[0]) if scores else 0
    sums = [[0.0] * (width + 1) for _row in range(height + 1)]
    for one in range(height - 1, -1, -1):
        for other in range(width - 1, -1, -1):
            paired = sums[one + 1][other + 1] + scores[one][other]
            sums[one][other] = max(paired, sums[one + 1][other], sums[one][other + 1])
    found, one, other = [], 0, 0
    while one < height and other < width:
        score = scores[one][other]
        if score and sums[one][other] == sums[one + 1][other + 1] + score:
            found.append((one, other))
            one, other = one + 1, other + 1
        elif sums[one][other] == sums[one][other + 1]:
            other += 1
        else:
            one += 1
    return found


def _filled(
    paired: Sequence[tuple[int, int]], old: int, new: int
) -> Iterator[tuple[int | None, int | None]]:
    """The pairs with what is left between them."""
    done_old = done_new = 0
    for one, other in [*paired, (old, new)]:
        left, right = range(done_old, one), range(done_new, other)
        if len(left) == len(right):
            yield from zip(left, right, strict=True)
        else:
            yield from ((at, None) for at in left)
            yield from ((None, at) for at in right)
        if one < old:
            yield one, other
        done_old, done_new = one + 1, other + 1
