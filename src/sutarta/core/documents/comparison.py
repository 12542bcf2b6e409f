"""Any two versions beside each other: every passage once, with what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sutarta.core.documents.anchors import match
from sutarta.core.documents.anchors.order import in_order
from sutarta.core.documents.blocks import Block, Document, Kind
from sutarta.core.documents.columns import rows_beside
from sutarta.core.documents.outline import display_numbers
from sutarta.core.documents.pairs import Pair, Turn, one_for_one, turn_of

Way = Mapping[str, Sequence[str]]
Positions = tuple[int, ...]


@dataclass(frozen=True)
class ComparedSection:
    """A part of the new version: an uppermost heading with everything under it.

    changes   how many of its passages a reader has to be told about
    total     how many passages are read there, those that are gone among them
    """

    id: str
    number: str
    title: str
    changes: int
    total: int


@dataclass(frozen=True)
class Comparison:
    """Two versions as one: every block of either is in exactly one pair.

    pairs     in the reading order of the new version; what is gone follows what stood before it
    sections  those of the new version in order; what stands above the first has the id ""
    """

    pairs: tuple[Pair, ...]
    sections: tuple[ComparedSection, ...]

    @cached_property
    def changes(self) -> tuple[Pair, ...]:
        """The pairs a reader has to be told about."""
        return tuple(pair for pair in self.pairs if pair.is_change)

    @property
    def counts(self) -> dict[Turn, int]:
        """Turn -> how many pairs, every turn named."""
        counted = Counter(pair.turn for pair in self.pairs)
        return {turn: counted[turn] for turn in Turn}


def compare(old: Document, new: Document, ways: Sequence[Way] | None = None) -> Comparison:
    """Put `new` beside `old`; blocks have ids.

    ways   one mapping for every version after `old` up to `new`: lineage id in the version
           before -> ids it goes on as, none when it is gone; an id that is not named stayed.
           None when nothing is known: then passages are found by their words

    A passage that no way leads on from is gone, and what nothing leads to is new: where a
    person has not decided yet, both are shown. Row numbers aside, a number that Word counts
    by itself is no part of the words, so renumbering alone changes nothing.

    >>> from sutarta.core.documents.blocks import Span
    >>> def version(*texts):
    ...     return Document(tuple(
    ...         Block(Kind.PARAGRAPH, (Span(text),), id=id)
    ...         for id, text in (text.split(":") for text in texts)))
    >>> found = compare(version("a:Vienas.", "b:Du."), version("a:Vienas.", "b:Trys."), [{}])
    >>> [(pair.turn.value, pair.id) for pair in found.changes]
    [('reworded', 'b')]
    """
    return _Comparing(old, new, _found(old, new) if ways is None else _led(old, new, ways)).run()


def _found(old: Document, new: Document) -> list[Positions]:
    return [fate.new for fate in match(old.blocks, new.blocks)]


def _led(old: Document, new: Document, ways: Sequence[Way]) -> list[Positions]:
    """For every old block its positions in the new version."""
    places = {block.id: at for at, block in enumerate(new.blocks)}
    led = []
    for block in old.blocks:
        ids = [block.id]
        for way in ways:
            ids = [after for before in ids for after in way.get(before, (before,))]
        led.append(tuple(dict.fromkeys(places[id] for id in ids if id in places)))
    return led


class _Comparing:
    def __init__(self, old: Document, new: Document, led: list[Positions]) -> None:
        self._old, self._new, self._led = old.blocks, new.blocks, led
        self._sources: defaultdict[int, list[int]] = defaultdict(list)
        for at, places in enumerate(led):
            for place in places:
                self._sources[place].append(at)
        self._numbers = display_numbers(old), display_numbers(new)
        self._parts = _part_of(self._old), _part_of(self._new)
        self._steady = _steady(self._old, self._new, led)
        self._heads = {part.id: part for part in self._parts[1] if part}
        self._beside = rows_beside(self._old, self._new, led, self._sources)

    def run(self) -> Comparison:
        placed = sorted(self._placed(), key=lambda one: one[0])
        pairs = tuple(pair for _place, pair in placed)
        return Comparison(pairs, tuple(self._sections(pairs)))

    def _placed(self) -> Iterator[tuple[tuple[int, int, int], Pair]]:
        """Every pair with where it is read: (position, whether after it, old position)."""
        last = -1
        seen: set[int] = set()
        for at, places in enumerate(self._led):
            if at in self._steady:
                last = places[0]
            if at in seen:
                continue
            olds, news = self._together(at)
            seen.update(olds)
            if news:
                yield (news[0], 0, at), self._pair(olds, news, last)
            else:
                yield (last, 1, at), self._pair(olds, news, last)
        for at in range(len(self._new)):
            if at not in self._sources:
                yield (at, 0, -1), self._pair((), (at,), at)

    def _together(self, old: int) -> tuple[Positions, Positions]:
        """All positions of either version that the ways from one block join."""
        olds, news, waiting = {old}, set[int](), [old]
        while waiting:
            for place in self._led[waiting.pop()]:
                news.add(place)
                fresh = set(self._sources[place]) - olds
                olds |= fresh
                waiting += fresh
        return tuple(sorted(olds)), tuple(sorted(news))

    def _pair(self, olds: Positions, news: Positions, place: int) -> Pair:
        old, new = tuple(self._old[at] for at in olds), tuple(self._new[at] for at in news)
        is_moved = bool(olds and news) and olds[0] not in self._steady
        before = self._parts[0][olds[0]] if olds else None
        return Pair(
            turn=turn_of(old, new, is_moved),
            old=old,
            new=new,
            old_numbers=tuple(self._numbers[0][block.id] for block in old),
            new_numbers=tuple(self._numbers[1][block.id] for block in new),
            section=self._section(before, news, place),
            old_section=before.text if before else "",
            is_moved=is_moved,
            old_at=olds,
            new_at=news,
            beside=self._beside.get((olds, news)) or one_for_one(old, new),
        )

    def _section(self, before: Block | None, news: Positions, place: int) -> str:
        """Where it is read; what is gone, in its own section as long as that is there."""
        if not news and before and before.id in self._heads:
            return before.id
        at = news[0] if news else place
        part = self._parts[1][at] if at >= 0 else None
        return part.id if part else ""

    def _sections(self, pairs: Sequence[Pair]) -> Iterator[ComparedSection]:
        total = Counter(pair.section for pair in pairs)
        changed = Counter(pair.section for pair in pairs if pair.is_change)
        if "" in total:
            yield ComparedSection("", "", "", changed[""], total[""])
        for id, head in self._heads.items():
            yield ComparedSection(id, head.number, head.text, changed[id], total[id])


def _steady(old: Sequence[Block], new: Sequence[Block], led: Sequence[Positions]) -> set[int]:
    """Old positions that go on in the same order; rows are looked at within their table."""
    ids = {block.id: at for at, block in enumerate(old)}
    plain: dict[int, int] = {}
    met: set[int] = set()  # merged passages are where their first one was
    rows: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for at, places in enumerate(led):
        if not places or places[0] in met:
            continue
        met.add(places[0])
        before, after = old[at], new[places[0]]
        if before.kind is not Kind.ROW or after.kind is not Kind.ROW:
            plain[at] = places[0]
        elif any(new[place].id == after.table for place in led[ids.get(before.table, at)]):
            rows[before.table, after.table][at] = places[0]
    return {at for pairs in (plain, *rows.values()) for at in in_order(pairs)}


def _part_of(blocks: Sequence[Block]) -> list[Block | None]:
    """For every block the uppermost heading it stands under, itself when it is one.

    Uppermost is the highest level with several headings; a single title above it counts too.
    """
    levels = Counter(block.level for block in blocks if block.kind is Kind.HEADING)
    top = min((level for level, count in levels.items() if count > 1), default=0)
    top = top or min(levels, default=0)
    part: Block | None = None
    parts = []
    for block in blocks:
        if block.kind is Kind.HEADING and block.level <= top:
            part = block
        parts.append(part)
    return parts
