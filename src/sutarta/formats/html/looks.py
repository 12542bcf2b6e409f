"""How words look: by their element, its style and the simplest rules of the page's style sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lxml import etree

from sutarta.formats.building.words import safe_address
from sutarta.formats.docx.symbols import FONTS

Element = etree._Element
Style = Mapping[str, str]

MARKS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "cite": "italic",
    "dfn": "italic", "var": "italic", "u": "underline", "ins": "underline",
    "s": "strike", "strike": "strike", "del": "strike", "sub": "sub", "sup": "sup",
}  # fmt: skip
CLASS_RULE = re.compile(r"(?:^|[}\s,])\.([A-Za-z][\w-]*)\s*\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LARGEST_SHEET = 500_000
BOLD = re.compile(r"bold|bolder|[6-9]00")


@dataclass(frozen=True)
class Look:
    """What the words of an element inherit.

    as_is  whether blanks and line ends show as they are
    font   a symbol font by its name in lower case, "" for any other
    """

    marks: frozenset[str] = frozenset()
    link: str = ""
    as_is: bool = False
    font: str = ""


def declarations(text: str) -> dict[str, str]:
    """What a style says, lower case.

    >>> declarations("Font-Weight: BOLD; mso-list:l0 level1 lfo1")
    {'font-weight': 'bold', 'mso-list': 'l0 level1 lfo1'}
    """
    pairs = (each.partition(":") for each in text.split(";"))
    return {
        name.strip().lower(): worth.replace("!important", "").strip().lower()
        for name, _colon, worth in pairs
        if worth
    }


class Looks:
    """Looks of elements; a page has few different styles, so each is worked out once."""

    def __init__(self, root: Element) -> None:
        self._classes: dict[str, dict[str, str]] = {}
        self._known: dict[tuple[str, str], Style] = {}
        for sheet in root.iter("style"):
            text = COMMENT.sub("", "".join(map(str, sheet.itertext()))[:LARGEST_SHEET])
            for name, inner in CLASS_RULE.findall(text):
                self._classes.setdefault(name, {}).update(declarations(inner))

    def style(self, element: Element) -> Style:
        """What the element's own style and its classes say."""
        key = (str(element.get("class", "")), str(element.get("style", "")))
        if key not in self._known:
            found: dict[str, str] = {}
            for name in key[0].split():
                found |= self._classes.get(name, {})
            self._known[key] = found | declarations(key[1])
        return self._known[key]

    def of(self, element: Element, above: Look) -> Look:
        name = str(element.tag)
        marks = set(above.marks)
        if name in MARKS:
            marks.add(MARKS[name])
        _apply(self.style(element), marks)
        look = replace(above, marks=frozenset(marks))
        if name == "a" and element.get("href"):
            link = safe_address(str(element.get("href")))
            # Every browser underlines a link: it says nothing more.
            look = replace(look, link=link, marks=look.marks - {"underline"})
        if name in ("pre", "textarea") or self.style(element).get("white-space", "")[:3] == "pre":
            look = replace(look, as_is=True)
        family = _family(element, self.style(element))
        return replace(look, font=family if family in FONTS else "") if family else look


def _family(element: Element, style: Style) -> str:
    """The first font asked for, lower case; "" when none is."""
    stated = style.get("mso-symbol-font-family") or style.get("font-family", "")
    if not stated and element.tag == "font":
        stated = str(element.get("face", "")).lower()
    return stated.split(",")[0].strip(" '\"")


def _apply(style: Style, marks: set[str]) -> None:
    weight = style.get("font-weight", "")
    if weight:
        _set(marks, "bold", bool(BOLD.fullmatch(weight)))
    slant = style.get("font-style", "")
    if slant:
        _set(marks, "italic", slant in ("italic", "oblique"))
    lines = style.get("text-decoration", style.get("text-decoration-line", ""))
    if lines:
        _set(marks, "underline", "underline" in lines)
        _set(marks, "strike", "line-through" in lines)
    raised = style.get("vertical-align", "")
    if raised in ("sub", "super", "baseline"):
        _set(marks, "sub", raised == "sub")
        _set(marks, "sup", raised == "super")


def _set(marks: set[str], mark: str, is_on: bool) -> None:
    if is_on:
        marks.add(mark)
    else:
        marks.discard(mark)


def is_hidden(element: Element) -> bool:
    """Whether the element itself says that nobody shall see it."""
    if element.get("hidden") is not None or element.tag in ("noscript", "template", "datalist"):
        return True
    style = declarations(str(element.get("style", "")))
    return (
        style.get("display") == "none"
        or style.get("visibility") == "hidden"
        or style.get("mso-hide") == "all"
    )
