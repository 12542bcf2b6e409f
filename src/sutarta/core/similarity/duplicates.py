"""Near-duplicates, found one by one as texts arrive or all at once, with the same result.

Groups are stars: every member is like the group's first text, never only like another member. So
no chain of small steps joins two texts that have little in common, which is what happens to
connected components when texts share sentences. (Leader clustering: J. A. Hartigan, Clustering
Algorithms, 1975, chapter 3. Shingles: A. Z. Broder, On the resemblance and containment of
documents, 1997.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import fuzz

from sutarta.core.similarity.words import plain_words, shingles

LIKE = 76  # per cent
CROWD = 8  # first texts that a shingle leads to; what more of them have in common is a phrase
PART = 5  # a text is compared with those that have one in so many of its shingles

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Likeness(Generic[Key]):
    """The first text of the group that a text is in, and how like it is, in whole per cent."""

    first: Key
    percent: int


class NearDuplicates(Generic[Key]):
    """Groups of near-duplicates that grow as texts arrive. The order of arrival counts.

    A text joins the group whose first text it is most like, the earlier at a tie, if it is at
    least `like` per cent like it; else it becomes the first of a group. It is compared with first
    texts that share at least a fifth of its shingles, and each shingle leads to the first eight
    of them, so one addition costs the same among a hundred texts and a hundred thousand.

    >>> found = NearDuplicates()
    >>> found.add(1, "Prašome palikti autobuso stotelę prie mokyklos.")
    >>> found.add(2, "Laba diena, prasome palikti autobuso stotele prie mokyklos")
    Likeness(first=1, percent=89)
    >>> found.add(3, "Prašome įrengti šaligatvį prie mokyklos.")
    >>> found.groups()
    [[1, 2], [3]]
    """

    def __init__(self, like: int = LIKE) -> None:
        """`like`: whole per cent, 1 to 100. Raises ValueError outside."""
        if not 1 <= like <= 100:
            raise ValueError("like must be from 1 to 100 per cent")
        self._like = like
        self._keys: set[Key] = set()
        self._groups: list[list[Key]] = []
        self._words: list[str] = []  # of the first text of each group
        self._same: dict[str, int] = {}
        self._holders: dict[int, list[int]] = {}

    def add(self, key: Key, text: str) -> Likeness[Key] | None:
        """Put a text into its group; None when it is the first of a new one.

        A text without words is like no other. Raises ValueError when the key was added before.
        """
        words = plain_words(text)
        found = shingles(words)
        return self._place(key, " ".join(words), found, len(found))

    def groups(self) -> list[list[Key]]:
        """Every group, in the order of its first text; members in the order they came."""
        return [list(keys) for keys in self._groups]

    def _place(self, key: Key, words: str, found: set[int], count: int) -> Likeness[Key] | None:
        """As `add`; `found` may lack shingles that no other text has, `count` counts them all."""
        if key in self._keys:
            raise ValueError(f"{key!r} was added before")
        self._keys.add(key)
        group, ratio = self._most_like(words, found, count)
        if group is None:
            self._begin(key, words, found)
            return None
        self._groups[group].append(key)
        return Likeness(self._groups[group][0], int(ratio))

    def _most_like(self, words: str, found: set[int], count: int) -> tuple[int | None, float]:
        if words in self._same:
            return self._same[words], 100.0
        most, best = 0.0, None
        for group in self._candidates(found, count):
            ratio = fuzz.ratio(words, self._words[group], score_cutoff=self._like)
            if ratio > most:
                most, best = ratio, group
        return best, most

    def _candidates(self, found: set[int], count: int) -> list[int]:
        """Groups whose first text has enough shingles in common, the earliest first."""
        held = [groups for one in found if (groups := self._holders.get(one))]
        enough = max(1, count // PART)
        if len(held) < enough:
            return []
        shared: Counter[int] = Counter()
        for groups in held:
            shared.update(groups)
        return sorted(group for group, number in shared.items() if number >= enough)

    def _begin(self, key: Key, words: str, found: set[int]) -> None:
        group = len(self._groups)
        self._groups.append([key])
        self._words.append(words)
        if words:
            self._same[words] = group
        for one in found:
            held = self._holders.setdefault(one, [])
            if len(held) < CROWD:
                held.append(group)


def near_duplicates(texts: Iterable[tuple[Key, str]], like: int = LIKE) -> list[list[Key]]:
    """Groups of near-duplicates of many texts: what adding them in this order would give.

    texts   (key, text), each key once
    like    whole per cent, 1 to 100

    Needs less memory and time than adding them one by one, for shingles that stand in one text
    alone are left out. Every text is in exactly one group; most groups have one member.

    >>> near_duplicates([("a", "Reikia suolelių parke."), ("b", "REIKIA SUOLELIU PARKE!!!")])
    [['a', 'b']]
    """
    read = []
    once: set[int] = set()
    again: set[int] = set()
    for key, text in texts:
        words = plain_words(text)
        found = shingles(words)
        again |= once & found
        once |= found
        read.append((key, " ".join(words), found))
    del once
    index: NearDuplicates[Key] = NearDuplicates(like)
    for key, plain, found in read:
        index._place(key, plain, found & again, len(found))
    return index.groups()
