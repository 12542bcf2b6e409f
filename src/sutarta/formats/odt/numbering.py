"""The numbers a text prints before headings and list items."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sutarta.formats.docx.numbering import BULLET
from sutarta.formats.docx.numerals import LATIN, numeral

from .names import Element, count, get, q

LEVELS = 10
NUMERALS = {"i": "lowerRoman", "I": "upperRoman"}
BULLETS = frozenset({q("text:list-level-style-bullet"), q("text:list-level-style-image")})
LEVEL_STYLES = (q("text:list-level-style-number"), q("text:outline-level-style"), *BULLETS)


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered.

    pattern   as "%1%.%2%." where %n% stands for the number of level n, "" when not stated
    shown     how many levels the number shows, the last of them this one
    in_step   whether letters go on as "aa", "bb"; else as "aa", "ab"
    """

    format: str = "1"
    prefix: str = ""
    suffix: str = ""
    pattern: str = ""
    shown: int = 1
    start: int = 1
    is_bullet: bool = False
    in_step: bool = False


def levels_of(style: Element) -> dict[int, Level]:
    """Depth from 0 -> level, of a list style or the outline style."""
    return {
        count(each, "text:level", 1) - 1: Level(
            format=get(each, "style:num-format"),
            prefix=get(each, "style:num-prefix"),
            suffix=get(each, "style:num-suffix"),
            pattern=get(each, "loext:num-list-format"),
            shown=max(count(each, "text:display-levels", 1), 1),
            start=count(each, "text:start-value", 1),
            is_bullet=each.tag in BULLETS,
            in_step=get(each, "style:num-letter-sync") == "true",
        )
        for each in style.iterchildren(*LEVEL_STYLES)
    }


@dataclass
class Counter:
    """One list: how many items of each depth there were since the last one above it."""

    counts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int, levels: dict[int, Level], start: int | None = None) -> str:
        """Count one more item and give its number as printed, "" when none shows.

        start  the number the item asks for itself
        """
        for above in range(depth):
            self.counts.setdefault(above, levels.get(above, Level()).start)
        level = levels.get(depth)
        first = level.start if level is not None else 1
        before = self.counts.get(depth, first - 1)
        self.counts[depth] = before + 1 if start is None else start
        self.close(depth + 1)
        if level is None:
            return ""
        return BULLET if level.is_bullet else self._printed(depth, level, levels)

    def close(self, depth: int) -> None:
        """Let items at `depth` and below it begin anew."""
        for below in [each for each in self.counts if each >= depth]:
            del self.counts[below]

    def _printed(self, depth: int, level: Level, levels: dict[int, Level]) -> str:
        if not level.format:
            return ""

        def number(at: int) -> str:
            there = levels.get(at, Level())
            return _number(self.counts.get(at, there.start), there)

        if level.pattern:
            shown = re.sub(r"%(\d+)%", lambda match: number(int(match[1]) - 1), level.pattern)
        else:
            first = max(depth - level.shown + 1, 0)
            parts = [number(at) for at in range(first, depth + 1)]
            shown = level.prefix + ".".join(filter(None, parts)) + level.suffix
        return " ".join(shown.split())


def _number(count: int, level: Level) -> str:
    if not level.format or level.is_bullet:
        return ""
    if level.format in NUMERALS:
        return numeral(count, NUMERALS[level.format])
    if level.format in ("a", "A"):
        letters = numeral(count, "lowerLetter") if level.in_step else _letters(count)
        return letters.upper() if level.format == "A" else letters
    zeros = level.format.split(",")[0].strip()
    return f"{count:0{len(zeros)}d}" if re.fullmatch("0+1", zeros) else str(count)


def _letters(count: int) -> str:
    """The 28th is "ab": letters carry as digits do.

    >>> _letters(1), _letters(26), _letters(28)
    ('a', 'z', 'ab')
    """
    text = ""
    while count > 0:
        count, letter = divmod(count - 1, len(LATIN))
        text = LATIN[letter] + text
    return text


class Numbering:
    """List styles by name, and the lists of a file as they are met."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        self.outline: dict[int, Level] = {}
        self.headings = Counter()
        self._named: dict[str, Counter] = {}
        self._last: dict[str, Counter] = {}
        for root in roots:
            for style in () if root is None else root.iter(q("text:list-style")):
                self._styles.setdefault(get(style, "style:name"), levels_of(style))
            for style in () if root is None else root.iter(q("text:outline-style")):
                self.outline = self.outline or levels_of(style)

    def levels(self, style: str) -> dict[int, Level]:
        return self._styles.get(style, {})

    def apart(self, name: str) -> Counter:
        """The counter of paragraphs that are numbered without standing in a list."""
        return self._named.setdefault(name, Counter())

    def begin(self, element: Element, style: str) -> Counter:
        """The counter of an outermost list: its own, or that of the one it continues."""
        continued = get(element, "text:continue-list")
        if continued:
            # LibreOffice may name a list that it then writes without its name; it begins anew too.
            counter = self._named.get(continued) or Counter()
        elif get(element, "text:continue-numbering") == "true" and style in self._last:
            counter = self._last[style]
        else:
            counter = Counter()
        if name := get(element, "xml:id"):
            self._named[name] = counter
        self._last[style] = counter
        return counter
