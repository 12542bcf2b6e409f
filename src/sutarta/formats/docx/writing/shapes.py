"""What the paragraphs of a file look like, so that a new one looks like its neighbours."""

from __future__ import annotations

import copy
from collections.abc import Iterable

from sutarta.core.documents import Block, Kind
from sutarta.formats.docx.ooxml import Element, child, drop, number, q
from sutarta.formats.docx.styles import Styles

from .holdings import BULLET, numbered_list
from .making import root, w
from .parts import Parts

Likeness = tuple[Kind, int, bool, bool]
UNLIKE = tuple(map(q, ("w:rPr", "w:sectPr", "w:pPrChange", "w:pageBreakBefore", "w:framePr")))
# CT_PPr: what may stand before these.
BEFORE_NUMBERS = frozenset(
    q(f"w:{name}")
    for name in ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl")
)
AFTER_LEVEL = frozenset(
    q(f"w:{name}") for name in ("divId", "cnfStyle", "rPr", "sectPr", "pPrChange")
)


class Shapes:
    """Properties of paragraphs by what they are for: kind, level, whether numbered."""

    def __init__(self, parts: Parts, styles: Styles) -> None:
        self._parts, self._styles = parts, styles
        self._known: dict[Likeness, Element] = {}
        self._near: dict[Likeness, Element] = {}
        self._lists: dict[tuple[str, int], int] = {}

    def learn(self, found: Iterable[tuple[Block, Element]]) -> None:
        """Take the looks of these paragraphs, the first of each kind."""
        for block, paragraph in found:
            if not self._styles.is_title(self._styles.of(paragraph)):
                self._known.setdefault(_likeness(block), _shape(paragraph))

    def pass_by(self, block: Block, paragraph: Element) -> None:
        """From now on new paragraphs look like this one, where they are of its kind."""
        self._near[_likeness(block)] = _shape(paragraph)

    def of(self, block: Block) -> Element:
        """A w:pPr for a new paragraph."""
        likeness = _likeness(block)
        found = self._near.get(likeness, self._known.get(likeness))
        if found is not None:
            return copy.deepcopy(found)
        return self._made(block)

    def _made(self, block: Block) -> Element:
        if block.kind is Kind.HEADING:
            return self._heading(block)
        shape = w("pPr")
        if block.kind is Kind.ITEM:
            listed = self._list(block.number or BULLET, min(block.level, 8))
            put_numbers(shape, listed, min(block.level, 8))
        return shape

    def _heading(self, block: Block) -> Element:
        """By a heading of that level with another number, a style of the file, or the level."""
        kind, level, numbered, _bullet = _likeness(block)
        other = (kind, level, not numbered, False)
        found = self._near.get(other, self._known.get(other))
        if found is not None:
            shape = copy.deepcopy(found)
            if not numbered:
                put_numbers(shape, 0, 0)
            return shape
        name = self._styles.named_for_level(block.level)
        if name:
            return w("pPr", w("pStyle", val=name))
        return w("pPr", w("outlineLvl", val=min(block.level, 9) - 1))

    def _list(self, printed: str, depth: int) -> int:
        """Number of a list that prints `printed`, put into the file."""
        if (printed, depth) not in self._lists:
            made = put_list(self._parts, numbered_list(0, printed, depth))
            self._lists[printed, depth] = number(made.get(q("w:numId")), 0)
        return self._lists[printed, depth]


def put_list(parts: Parts, definition: Element) -> Element:
    """Put a list into the file, under numbers nobody has; the w:num it is spoken of by."""
    _name, numbering = parts.own("numbering", root("numbering"))
    abstract = _next(numbering, "abstractNum", "abstractNumId")
    definition.set(q("w:abstractNumId"), str(abstract))
    made = w("num", w("abstractNumId", val=abstract), numId=_next(numbering, "num", "numId"))
    for each, before in ((definition, "num"), (made, "numIdMacAtCleanup")):
        tail = child(numbering, before)
        if tail is None:
            numbering.append(each)
        else:
            tail.addprevious(each)
    return made


def former(shape: Element) -> Element:
    """What a w:pPr was before it is changed, as a tracked change of it keeps it."""
    made = copy.deepcopy(shape)
    for each in list(made.iterchildren(*map(q, ("w:rPr", "w:sectPr", "w:pPrChange")))):
        made.remove(each)
    return made


def put_numbers(shape: Element, listed: int, depth: int) -> None:
    """Let a w:pPr belong to a list; 0 for none, whatever its style says."""
    for each in shape.findall(q("w:numPr")):
        drop(each)
    at = sum(each.tag in BEFORE_NUMBERS for each in shape)
    shape.insert(at, w("numPr", w("ilvl", val=depth), w("numId", val=listed)))


def put_level(shape: Element, level: int) -> None:
    """Let a w:pPr be of an outline level, 0 for body text, whatever its style says."""
    for each in shape.findall(q("w:outlineLvl")):
        drop(each)
    at = next((at for at, each in enumerate(shape) if each.tag in AFTER_LEVEL), len(shape))
    shape.insert(at, w("outlineLvl", val=level - 1 if level else 9))


def properties(paragraph: Element) -> Element:
    """The w:pPr of a paragraph, made when it has none."""
    found = child(paragraph, "pPr")
    if found is None:
        found = w("pPr")
        paragraph.insert(0, found)
    return found


def mark_end(paragraph: Element, mark: Element) -> None:
    """Put the mark of a tracked change on the end of a paragraph."""
    shape = properties(paragraph)
    look = child(shape, "rPr")
    if look is None:
        look = w("rPr")
        tail = (q("w:sectPr"), q("w:pPrChange"))
        at = next((at for at, each in enumerate(shape) if each.tag in tail), len(shape))
        shape.insert(at, look)
    look.insert(0, mark)


def _likeness(block: Block) -> Likeness:
    return block.kind, block.level, bool(block.number), block.number == BULLET


def _shape(paragraph: Element) -> Element:
    found = child(paragraph, "pPr")
    shape = w("pPr") if found is None else copy.deepcopy(found)
    for each in list(shape):
        if each.tag in UNLIKE:
            shape.remove(each)
    return shape


def _next(numbering: Element, name: str, attribute: str) -> int:
    given = (number(each.get(q(f"w:{attribute}")), 0) for each in numbering.iter(q(f"w:{name}")))
    return max(given, default=0) + 1
