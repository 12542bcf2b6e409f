"""Which counts of people may be told: of few, the number itself says who they are.

The threshold rule and secondary suppression of statistical disclosure control; see the chapters
on tables of magnitudes and of frequencies in the Handbook on Statistical Disclosure Control that
European statistical offices share (https://sdctools.github.io/HandbookSDC/).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

FEW = 5  # a smaller number of people is not told


@dataclass(frozen=True)
class Told:
    """Counts as the public may see them.

    parts   name -> count, or None when it is not told; a zero is always told
    total   of all parts; None when it would give a part away, or is few itself
    """

    parts: Mapping[str, int | None]
    total: int | None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.total is not None and None not in self.parts.values()


def is_few(count: int | None) -> bool:
    """Whether a count that stands alone, beside no total, is too small to be told."""
    return count is not None and 0 < count < FEW


def told(counts: Mapping[str, int]) -> Told:
    """What may be told of parts beside their total, every count >= 0.

    Whoever knows this very rule still finds two values or more possible for every part that is
    not told. Where hidden parts differ, each may be any of them: the rule treats all parts
    alike. Where they are equal, another sum of as many few would look the same; the two ends,
    all ones and all fours, have no such other sum, and one part alone is the total less the
    rest: then the smallest parts that are still told, all of that size, are hidden as well.
    Where no part is left to hide, it is the total that is not told.

    >>> told({"RESIDENTS": 18, "CIVIL": 9, "BUSINESS": 2}).parts
    {'RESIDENTS': 18, 'CIVIL': None, 'BUSINESS': None}
    >>> told({"RESIDENTS": 18, "CIVIL": 9, "BUSINESS": 2}).total
    29
    >>> told({"RESIDENTS": 3, "CIVIL": 0, "BUSINESS": 0}).total is None
    True
    """
    total = sum(counts.values())
    present = [count for count in counts.values() if count]
    hidden = {name for name, count in counts.items() if is_few(count)}
    tells_total = total == 0 or total >= max(FEW, len(present) + 2)
    if tells_total and _gives_away([counts[name] for name in hidden]):
        left = [count for count in present if not is_few(count)]
        tells_total = bool(left)
        hidden |= {name for name, count in counts.items() if left and count == min(left)}
    parts = {name: None if name in hidden else count for name, count in counts.items()}
    return Told(parts, total if tells_total else None)


def told_anew(counts: Mapping[str, int], former: Iterable[Mapping[str, int]]) -> Told | None:
    """What may be told of counts that were put right, to those who kept what was told before.

    former   the counts as they were told at first and after each correction but the last

    The difference of two tables tells what neither does alone: a part that is told in one of
    them takes the cover from its neighbour in the other. So where anything is or was kept back,
    nothing is told any more: None.

    >>> told_anew({"RESIDENTS": 19, "CIVIL": 9}, [{"RESIDENTS": 18, "CIVIL": 9}]).total
    28
    >>> told_anew({"RESIDENTS": 18, "CIVIL": 9}, [{"RESIDENTS": 18, "CIVIL": 2}])
    """
    others = [one for one in former if one != counts]
    views = [told(one) for one in (counts, *others)]
    is_told = not others or all(view.is_whole for view in views)
    return views[0] if is_told else None


def _gives_away(few: list[int]) -> bool:
    """Whether the sum of these few, when it is known, tells each of them."""
    return len(few) == 1 or (bool(few) and set(few) in ({1}, {FEW - 1}))
