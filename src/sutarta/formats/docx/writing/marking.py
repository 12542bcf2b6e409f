"""The look of a run with just the marks that are wanted, whatever the styles above it say."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence

from sutarta.formats.docx.looks import Look
from sutarta.formats.docx.ooxml import Element, q

from .making import w
from .story import MARK_ELEMENTS, MARK_ORDER

OFF = {"u": "none", "vertAlign": "baseline"}
# CT_RPr as the schema has it, as far as what is put in must know its place.
ORDER = (
    "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike",
    "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden",
    "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect", "bdr",
    "shd", "fitText", "vertAlign",
)  # fmt: skip
_RANK = {q(f"w:{name}"): at for at, name in enumerate(ORDER)}
Seen = Callable[[Element], Look]


def marked(base: Element, marks: Sequence[str], seen: Seen) -> Element:
    """A copy of the w:rPr `base` that shows exactly `marks`.

    seen   what a reader sees of a run with such properties where it stands
    """
    look = copy.deepcopy(base)
    for mark in MARK_ORDER:
        _settle(look, mark, mark in marks, seen)
    return look


def _settle(look: Element, mark: str, wanted: bool, seen: Seen) -> None:
    """Say nothing of a mark, or that it is on or off: whichever shows what is wanted."""
    if (mark in seen(look).marks) == wanted:
        return
    name, values = MARK_ELEMENTS[mark]
    for each in look.findall(q(f"w:{name}")):
        look.remove(each)
    if (mark in seen(look).marks) != wanted:
        _put(look, w(name, **(values if wanted else {"val": OFF.get(name, "0")})))


def _put(look: Element, element: Element) -> None:
    rank = _RANK[str(element.tag)]
    later = (at for at, each in enumerate(look) if _RANK.get(str(each.tag), len(ORDER)) > rank)
    look.insert(next(later, len(look)), element)
