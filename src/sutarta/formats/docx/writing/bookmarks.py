"""Bookmarks of somebody else's file: those of an earlier export taken out, new ones put in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count

from sutarta.formats.docx.lineage import KEY_MARK, MARKS
from sutarta.formats.docx.ooxml import W_ID, Element, child, drop, number, q

from .making import w

START, END, NAME = q("w:bookmarkStart"), q("w:bookmarkEnd"), q("w:name")
COUNTED = tuple(
    q(f"w:{name}")
    for name in (
        "bookmarkStart", "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart",
        "moveToRangeStart", "rPrChange", "pPrChange", "permStart",
    )
)  # fmt: skip


class Bookmarks:
    """Those of all parts of a file that hold passages.

    numbers   gives every mark another id, beyond all that the parts have
    """

    def __init__(self, roots: Iterable[Element]) -> None:
        """Takes out what an earlier export put in: it names other places by now."""
        parts = list(roots)
        for root in parts:
            _drop_former(root)
        highest = max(map(_highest, parts), default=0)
        self.numbers: Iterator[int] = count(highest + 1)
        self._taken = {str(mark.get(NAME)) for root in parts for mark in root.iter(START)}

    def put(self, paragraph: Element, name: str) -> None:
        """An empty one at the beginning, unless the file has one of that name."""
        if name in self._taken:
            return
        self._taken.add(name)
        identity = next(self.numbers)
        at = 0 if child(paragraph, "pPr") is None else 1
        paragraph.insert(at, w("bookmarkEnd", id=identity))
        paragraph.insert(at, w("bookmarkStart", id=identity, name=name))


def without_bookmarks(element: Element) -> None:
    """Take all out of a copy: a file has each of them once."""
    for mark in list(element.iter(START, END)):
        drop(mark)


def _drop_former(root: Element) -> None:
    ends = {each.get(W_ID): each for each in root.iter(END)}
    for mark in list(root.iter(START)):
        if str(mark.get(NAME)).startswith((*MARKS, KEY_MARK)):
            drop(mark)
            if mark.get(W_ID) in ends:
                drop(ends[mark.get(W_ID)])


def _highest(root: Element) -> int:
    return max((number(each.get(W_ID), 0) for each in root.iter(*COUNTED)), default=0)
