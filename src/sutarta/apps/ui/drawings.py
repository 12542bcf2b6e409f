"""Geometry of our small pictures; the templates only print the numbers.

Everything is a width or a place inside a viewBox, so that no style attribute is ever needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

STEP, BAR = 12, 9  # one day and its bar in the strip, units of the viewBox
STRIP_DAYS = 92  # longer windows are drawn by weeks, or the bars would become hairlines


@dataclass(frozen=True)
class Day:
    """One bar of the strip; `state` is gone, today or coming."""

    x: int
    state: str


@dataclass(frozen=True)
class Strip:
    """The days of a consultation; `today` is the middle of today's bar, or None outside."""

    days: tuple[Day, ...]
    width: int
    today: int | None
    number: int
    total: int


def strip(first: date, last: date, today: date) -> Strip:
    """Days from `first` to `last`, both included; a bar is a day, or a week in a long window.

    Raises ValueError when the last day comes before the first.
    """
    total = (last - first).days + 1
    if total < 1:
        raise ValueError("the last day comes before the first")
    unit = 1 if total <= STRIP_DAYS else 7
    starts = [first + timedelta(days=n) for n in range(0, total, unit)]
    days = tuple(
        Day(index * STEP, _state(start, start + timedelta(days=unit), today))
        for index, start in enumerate(starts)
    )
    here = next((day.x + BAR // 2 for day in days if day.state == "today"), None)
    number = min(max((today - first).days + 1, 0), total)
    return Strip(days, len(days) * STEP - (STEP - BAR), here, number, total)


def _state(start: date, end: date, today: date) -> str:
    if end <= today:
        return "gone"
    return "today" if start <= today else "coming"


@dataclass(frozen=True)
class Part:
    """A stretch of a bar, in thousandths of its length."""

    x: int
    width: int
    count: int


def parts(counts: Sequence[int], gap: int = 3) -> list[Part]:
    """Divide a bar of 1000 by the counts, `gap` between stretches; nothing is drawn for 0.

    Every stretch that counts something stays visible: at least 4 wide.
    """
    shown = [count for count in counts if count > 0]
    if not shown:
        return [Part(0, 0, count) for count in counts]
    room = 1000 - gap * (len(shown) - 1) - 4 * len(shown)
    total, x, drawn = sum(shown), 0, []
    for count in counts:
        width = 4 + room * count // total if count > 0 else 0
        drawn.append(Part(x, width, count))
        x += width + gap if width else 0
    return drawn
