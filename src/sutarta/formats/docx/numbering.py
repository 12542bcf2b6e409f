"""The automatic numbers Word prints before headings and list items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from .numerals import numeral
from .ooxml import Element, child, number, q, switch, value
from .styles import Styles

BULLET = "•"
LEVELS = 9
MOST = 2_000  # counts tried when a printed number is read back


@dataclass(frozen=True)
class Level:
    """One level of a list definition.

    text     as "%1.%2." where %n stands for the count of level n
    restart  level (from 1) whose use starts this one again; 0 for never, None for any above
    legal    whether all counts are printed in Arabic digits
    style    id of the paragraph style tied to this level, "" for none
    """

    start: int = 1
    style_of_count: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(frozen=True)
class Numbered:
    """Where a paragraph stands in a list: definition in use and depth from 0."""

    num: str
    depth: int


class Numbering:
    """Counts the list paragraphs of a file in the order they are asked for."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[tuple[str, str], dict[int, int]] = {}
        self._started: set[tuple[str, Numbered]] = set()
        for element in () if root is None else root.iter(q("w:abstractNum")):
            self._abstract[str(element.get(q("w:abstractNumId")))] = element
        for element in () if root is None else root.iter(q("w:num")):
            self._nums.setdefault(str(element.get(q("w:numId"))), element)

    def place(self, paragraph: Element, style_id: str) -> Numbered | None:
        """Which list a paragraph belongs to, directly or by its style; None for none.

        The list and the depth are inherited each on its own; list 0 means "no list".
        """
        chain = [child(child(paragraph, "pPr"), "numPr")]
        styles = list(self._styles.chain(style_id))
        chain += [child(child(style.element, "pPr"), "numPr") for style in styles]
        num = next(filter(None, (value(each, "numId") for each in chain)), "0")
        if num == "0" or num not in self._nums:
            return None
        depth = value(chain[0], "ilvl")
        if not depth:
            tied = self._tied_depth(num, [style.id for style in styles])
            stated = (value(each, "ilvl") for each in chain[1:])
            depth = tied or next(filter(None, stated), "0")
        return Numbered(num, min(max(number(depth, 0), 0), LEVELS - 1))

    def _tied_depth(self, num: str, style_ids: list[str]) -> str:
        """Depth of the level tied to the nearest of the styles, "" for none."""
        levels = self.levels(num)
        for style_id in style_ids:
            for depth, level in levels.items():
                if level.style == style_id:
                    return str(depth)
        return ""

    def next(self, at: Numbered, story: str = "") -> str:
        """Count one more paragraph and give its number as printed, "" when none shows.

        story  body, text boxes and each kind of note are counted apart
        """
        levels = self.levels(at.num)
        level = levels.get(at.depth)
        if level is None:
            return ""
        counts = self._counts.setdefault((story, self._abstract_id(at.num)), {})
        fresh = (story, at) not in self._started and self._overridden(at)
        self._started.add((story, at))
        _count(counts, at.depth, levels, fresh)
        if level.style_of_count == "bullet":
            return BULLET
        return self._printed(level, levels, counts)

    def would_print(self, at: Numbered, story: str = "") -> str:
        """What `next` would give, without counting."""
        key = (story, self._abstract_id(at.num))
        counts, is_known = dict(self._counts.get(key, {})), (story, at) in self._started
        shown = self.next(at, story)
        self._counts[key] = counts
        if not is_known:
            self._started.discard((story, at))
        return shown

    def learn(self, abstract: Element, num: Element) -> None:
        """Know a list that was put into the file."""
        self._abstract[str(abstract.get(q("w:abstractNumId")))] = abstract
        self._nums[str(num.get(q("w:numId")))] = num

    def definition(self, num: str) -> Element | None:
        """The definition a list takes its levels from, before its own overrides."""
        return self._abstract.get(self._abstract_id(num))

    def overrides(self, num: str) -> list[Element]:
        """Levels the list defines otherwise than its definition."""
        levels = (child(each, "lvl") for each in self._nums[num].iter(q("w:lvlOverride")))
        return [level for level in levels if level is not None]

    def _printed(self, level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
        def count(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            there = levels.get(depth, Level())
            style = "decimal" if level.legal else there.style_of_count
            return numeral(counts.get(depth, there.start), style)

        return " ".join(re.sub(r"%([1-9])", count, level.text).split())

    def levels(self, num: str) -> dict[int, Level]:
        """Depth -> level, overrides of the num applied."""
        if num not in self._levels:
            levels = dict(self._abstract_levels(num))
            for override in self._nums[num].iter(q("w:lvlOverride")):
                _override(levels, override)
            self._levels[num] = levels
        return self._levels[num]

    def _abstract_levels(self, num: str) -> Iterator[tuple[int, Level]]:
        abstract = self._abstract.get(self._abstract_id(num))
        for element in () if abstract is None else abstract.iterchildren(q("w:lvl")):
            yield _depth(element), _level(element)

    def _abstract_id(self, num: str) -> str:
        """The definition that holds the levels, following links to numbering styles."""
        identity = value(self._nums[num], "abstractNumId")
        for _step in range(LEVELS):
            link = value(self._abstract.get(identity), "numStyleLink")
            properties = child(self._styles.numbering_style(link), "numPr") if link else None
            linked = self._nums.get(value(properties, "numId"))
            if linked is None:
                break
            identity = value(linked, "abstractNumId")
        return identity

    def _overridden(self, at: Numbered) -> bool:
        return any(
            _depth(each) == at.depth and child(each, "startOverride") is not None
            for each in self._nums[at.num].iter(q("w:lvlOverride"))
        )


def read_back(printed: str, depth: int, levels: Mapping[int, Level]) -> dict[int, int] | None:
    """Counts, by depth, with which a level prints this; None when it never does.

    >>> levels = {0: Level(text="%1."), 1: Level(text="%1.%2)", style_of_count="lowerLetter")}
    >>> read_back("3.d)", 1, levels), read_back("d)", 1, levels)
    ({0: 3, 1: 4}, None)
    """
    level = levels.get(depth, Level())
    literal = re.split(r"%([1-9])", " ".join(level.text.split()))
    shape = "".join("(.+?)" if at % 2 else re.escape(part) for at, part in enumerate(literal))
    match = re.fullmatch(shape, printed)
    if match is None or len(literal) == 1:
        return None
    counts: dict[int, int] = {}
    for which, said in zip(literal[1::2], match.groups(), strict=True):
        above = levels.get(int(which) - 1, Level())
        style = "decimal" if level.legal else above.style_of_count
        found = next((count for count in range(MOST) if numeral(count, style) == said), None)
        if found is None or counts.setdefault(int(which) - 1, found) != found:
            return None
    return counts


def _count(counts: dict[int, int], depth: int, levels: dict[int, Level], fresh: bool) -> None:
    """Count one paragraph at `depth`; a level above that was skipped counts as used.

    fresh  whether the list begins here anew with a start of its own
    """
    for above in range(depth):
        counts.setdefault(above, levels.get(above, Level()).start)
    if fresh or depth not in counts:
        counts[depth] = levels[depth].start
    else:
        counts[depth] += 1
    for below in [below for below in counts if below > depth]:
        restart = levels[below].restart if below in levels else None
        if depth + 1 <= (below if restart is None else restart):
            del counts[below]


def _override(levels: dict[int, Level], override: Element) -> None:
    depth = _depth(override)
    whole = child(override, "lvl")
    if whole is not None:
        levels[depth] = _level(whole)
    start = value(override, "startOverride")
    if start:
        levels[depth] = replace(levels.get(depth, Level()), start=number(start, 1))


def _depth(element: Element) -> int:
    return number(element.get(q("w:ilvl")), 0)


def _level(element: Element) -> Level:
    style = child(element, "numFmt")
    name = "decimal" if style is None else str(style.get(q("w:val"), "decimal"))
    if style is not None and name == "custom":
        name = str(style.get(q("w:format"), "decimal"))
    restart = value(element, "lvlRestart")
    return Level(
        start=number(value(element, "start"), 0),
        style_of_count=name,
        text=value(element, "lvlText"),
        restart=number(restart, 0) if restart else None,
        legal=bool(switch(element, "isLgl")),
        style=value(element, "pStyle"),
    )
