"""Styles of a Word file: inheritance, heading levels, toggles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .ooxml import Element, child, number, q, switch, value

# Word writes built-in names in English whatever its language; other programs may not.
HEADING_WORDS = (
    "heading", "antraštė", "antraste", "virsraksts", "pealkiri", "nagłówek", "заголовок",
    "überschrift", "titre", "título", "titolo", "rubrik",
)  # fmt: skip
_WORD = "|".join(HEADING_WORDS)
HEADING_NAME = re.compile(rf"(?:(?:{_WORD})\s*([1-9])|([1-9])\.?\s*(?:{_WORD}))")
HEADING_ID = re.compile(r"(?:heading|antrat|antrast)([1-9])$", re.IGNORECASE)
TITLE_NAMES = frozenset({"title", "pavadinimas"})
CONTENTS_NAME = re.compile(r"(?:toc|turinys)\s*[1-9]|table of figures|iliustracijų sąrašas")
CONTENTS_HEADINGS = frozenset({"toc heading", "turinio antraštė"})
MISSING_PICTURE = "Missing Picture"  # the name of a style of ours
CAPTION_NAMES = frozenset({"caption", "antraštė"})
BODY_LEVEL = 9


@dataclass(frozen=True)
class Style:
    """One style as the file states it, without what it inherits."""

    id: str
    name: str
    kind: str
    parent: str
    element: Element


class Styles:
    """All styles of a file."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[tuple[str, str], Style] = {}
        self._default: dict[str, str] = {}
        self._switches: dict[tuple[str, str, str], bool | None] = {}
        self._levels: dict[str, int | None] = {}
        self._defaults = None if root is None else root.find(f"{q('w:docDefaults')}//{q('w:rPr')}")
        for element in () if root is None else root.iter(q("w:style")):
            self._add(element)

    def _add(self, element: Element) -> None:
        identity = str(element.get(q("w:styleId"), ""))
        kind = str(element.get(q("w:type"), "paragraph"))
        name = " ".join(value(element, "name").lower().split())
        style = Style(identity, name, kind, value(element, "basedOn"), element)
        self._styles.setdefault((kind, identity), style)
        if str(element.get(q("w:default"), "0")).lower() in ("1", "true", "on"):
            self._default.setdefault(kind, identity)

    def of(self, paragraph: Element) -> str:
        """Id of the style of a paragraph, the default one when it names none known."""
        named = value(child(paragraph, "pPr"), "pStyle")
        if ("paragraph", named) in self._styles:
            return named
        return self._default.get("paragraph", "")

    def name(self, style_id: str, kind: str = "paragraph") -> str:
        """Lower-case name, the id where the style is not defined."""
        style = self._styles.get((kind, style_id))
        return style_id.lower() if style is None else style.name

    def chain(self, style_id: str, kind: str = "paragraph") -> Iterator[Style]:
        """The style and those it is based on, nearest first; stops at a circle."""
        seen = set()
        while (style := self._styles.get((kind, style_id))) and style_id not in seen:
            yield style
            seen.add(style_id)
            style_id = style.parent

    def numbering_style(self, style_id: str) -> Element | None:
        """The w:pPr of a numbering style."""
        style = self._styles.get(("numbering", style_id))
        return None if style is None else child(style.element, "pPr")

    def heading_level(self, style_id: str) -> int | None:
        """1..9 for a heading style, None for any other.

        The outline level nearest in the chain decides (body text counts as stated);
        without any, the name or id of a style in the chain.
        """
        if style_id not in self._levels:
            self._levels[style_id] = self._heading_level(style_id)
        return self._levels[style_id]

    def _heading_level(self, style_id: str) -> int | None:
        for style in self.chain(style_id):
            if style.name in CONTENTS_HEADINGS:
                return None
            stated = value(child(style.element, "pPr"), "outlineLvl")
            if stated:
                level = number(stated, BODY_LEVEL)
                return level + 1 if 0 <= level < BODY_LEVEL else None
            if (named := heading_named(style.name, style.id)) is not None:
                return named
        return None

    def named_for_level(self, level: int) -> str:
        """Id of a paragraph style whose headings are of `level`, "" when there is none."""
        paragraphs = (style for (kind, _), style in self._styles.items() if kind == "paragraph")
        fits = (style.id for style in paragraphs if self.heading_level(style.id) == level)
        return next((id for id in fits if not self.is_title(id)), "")

    def is_title(self, style_id: str) -> bool:
        return self.name(style_id) in TITLE_NAMES or style_id.lower() in TITLE_NAMES

    def is_missing_picture(self, style_id: str) -> bool:
        """Whether such a paragraph says in brackets what a picture showed that nobody has."""
        return self.name(style_id) == MISSING_PICTURE.casefold()

    def is_caption(self, style_id: str) -> bool:
        return self.name(style_id) in CAPTION_NAMES

    def is_contents(self, style_id: str) -> bool:
        """Whether it is a line or the heading of an automatic table of contents."""
        name = self.name(style_id)
        return bool(CONTENTS_NAME.fullmatch(name)) or name in CONTENTS_HEADINGS

    def stated(self, style_id: str, name: str, kind: str = "paragraph") -> bool | None:
        """An on/off run property by style, None when nobody in the chain states it."""
        key = (style_id, name, kind)
        if key not in self._switches:
            found = (switch(child(style.element, "rPr"), name) for style in self.chain(*key[::2]))
            self._switches[key] = next((each for each in found if each is not None), None)
        return self._switches[key]

    def toggled(self, run_properties: Element | None, style_id: str, name: str) -> bool:
        """A toggle property of a run (ISO/IEC 29500-1, 17.7.3).

        Stated on the run it is as stated; otherwise the paragraph's and the run's styles
        each turn it over, unless the document's defaults have it on for everybody.
        """
        direct = switch(run_properties, name)
        if direct is not None:
            return direct
        if switch(self._defaults, name):
            return True
        by_run = self.stated(value(run_properties, "rStyle"), name, "character")
        return bool(self.stated(style_id, name)) != bool(by_run)

    def half_points(self, run_properties: Element | None, style_id: str) -> int:
        """Size of the letters of a run, in half points; Word's own default is 10 pt."""
        direct = value(run_properties, "sz")
        named = value(run_properties, "rStyle")
        by_style = (
            value(child(style.element, "rPr"), "sz")
            for style in (*self.chain(named, "character"), *self.chain(style_id))
        )
        stated = direct or next(filter(None, by_style), "") or value(self._defaults, "sz")
        return number(stated, 20)


def heading_named(name: str, style_id: str) -> int | None:
    """Level by the name or id of a style.

    >>> heading_named("antraštė 2", ""), heading_named("2 antraštė", "")
    (2, 2)
    >>> heading_named("", "Antrat3"), heading_named("heading 1 char", "Heading1Char")
    (3, None)
    """
    match = HEADING_NAME.fullmatch(name) or HEADING_ID.match(style_id)
    if match is None:
        return None
    return int(next(filter(None, match.groups())))
