"""The numbers and bullets a browser prints before list items, and those Word wrote out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

from sutarta.core.documents.blocks import Span
from sutarta.formats.docx.numbering import BULLET
from sutarta.formats.docx.numerals import numeral
from sutarta.formats.docx.ooxml import number

from .looks import Style

Element = etree._Element

NUMERALS = {
    "1": "decimal", "decimal": "decimal", "decimal-leading-zero": "decimalZero",
    "a": "lowerLetter", "lower-alpha": "lowerLetter", "lower-latin": "lowerLetter",
    "A": "upperLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "i": "lowerRoman", "lower-roman": "lowerRoman", "I": "upperRoman",
    "upper-roman": "upperRoman", "none": "none",
}  # fmt: skip
BULLETS = frozenset({"disc", "circle", "square"})
# Our own mark on a list made of Markdown, whose author chose it.
NUMBER_END = "sutarta-number-end"
LEVEL = re.compile(r"\blevel(\d)")
KIX = re.compile(r"\blst-kix_\w+-(\d)\b")
WRITTEN_OUT = re.compile(r"([·•§o▪–-]|\(?\w{1,4}[.)])[\s\u00a0]{2,}")


@dataclass
class List:
    """A list being read: how its items are numbered, and the number of the next one.

    end   what is printed after a number
    """

    style: str
    next: int
    step: int
    depth: int
    end: str = "."

    def number(self, item: Element, style: Style) -> str:
        """What the browser prints before the next item, "" for nothing."""
        self.next = number(item.get("value"), self.next) if self.style != "bullet" else 0
        shown = _style(item, style) or self.style
        count, self.next = self.next, self.next + self.step
        if shown == "bullet":
            return BULLET
        printed = numeral(count, shown)
        return f"{printed}{self.end}" if printed else ""


def begin(element: Element, style: Style, depth: int) -> List:
    """The list of an ol, ul, menu or dir element that stands `depth` lists deep."""
    kix = KIX.search(str(element.get("class", "")))
    depth = int(kix[1]) if kix else depth
    if element.tag != "ol":
        return List(_style(element, style) or "bullet", 0, 0, depth)
    backwards = element.get("reversed") is not None
    items = sum(1 for _item in element.iterchildren("li")) if backwards else 1
    start = number(element.get("start"), items)
    end = str(element.get(NUMBER_END, "."))
    return List(_style(element, style) or "decimal", start, -1 if backwards else 1, depth, end)


def _style(element: Element, style: Style) -> str:
    stated = style.get("list-style-type") or style.get("list-style", "")
    for word in (*stated.split(), str(element.get("type", ""))):
        if word in BULLETS:
            return "bullet"
        if word in NUMERALS:
            return NUMERALS[word]
    return ""


def word_depth(style: Style) -> int | None:
    """Depth of a paragraph that Word wrote as an item of a list; None when it is none."""
    stated = style.get("mso-list", "")
    level = LEVEL.search(stated)
    return int(level[1]) - 1 if level else None


def word_number(shown: str) -> str:
    """The number or bullet Word wrote out before the words.

    >>> word_number("2.1."), word_number(chr(0xB7)), word_number("o")
    ('2.1.', '•', '•')
    """
    shown = " ".join(shown.split())
    return BULLET if shown == "o" or not any(each.isalnum() for each in shown) else shown


def parted(spans: tuple[Span, ...]) -> tuple[str, tuple[Span, ...]]:
    """A number or bullet typed out before a wide blank, apart from the words after it."""
    match = WRITTEN_OUT.match("".join(span.text for span in spans))
    if match is None:
        return "", spans
    left = match.end()
    rest: list[Span] = []
    for span in spans:
        taken = min(left, len(span.text))
        left -= taken
        if span.text[taken:]:
            rest.append(replace(span, text=span.text[taken:]))
    return (word_number(match[1]), tuple(rest)) if rest else ("", spans)
