"""How the letters of a run look, from the run itself and the styles above it."""

from __future__ import annotations

from dataclasses import dataclass

from .ooxml import W_VAL, Element, child, value
from .styles import Styles

LINK_STYLES = frozenset({"hyperlink", "followedhyperlink"})
SCRIPTS = {"superscript": "sup", "subscript": "sub"}


@dataclass(frozen=True)
class Look:
    """What shows of a run: whether anything does, and its marks in alphabetical order."""

    hidden: bool
    marks: tuple[str, ...]

    @property
    def plain(self) -> tuple[str, ...]:
        """The marks of a link, whose underline says nothing more."""
        return tuple(mark for mark in self.marks if mark != "underline")


class Looks:
    """Looks of runs; a document has few of them, so each is worked out once."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._known: dict[tuple[object, ...], Look] = {}

    def of(self, properties: Element | None, style: str, heading: bool) -> Look:
        """Look of a run by its w:rPr and the style of its paragraph.

        heading  what the style shows throughout is then no mark
        """
        stated = () if properties is None else properties
        key = (style, heading, *((each.tag, each.get(W_VAL)) for each in stated))
        if key not in self._known:
            hidden = self._styles.toggled(properties, style, "vanish")
            self._known[key] = Look(hidden, self._marks(properties, style, heading))
        return self._known[key]

    def _marks(self, properties: Element | None, style: str, heading: bool) -> tuple[str, ...]:
        def shows(name: str) -> bool:
            by_style = heading and bool(self._styles.stated(style, name))
            return self._styles.toggled(properties, style, name) and not by_style

        own_style = "" if heading else style
        found = {
            "bold": shows("b"),
            "italic": shows("i"),
            "strike": shows("strike") or shows("dstrike"),
            "underline": self._stated(properties, own_style, "u") not in ("", "none"),
        }
        script = SCRIPTS.get(self._stated(properties, own_style, "vertAlign"), "")
        return tuple(sorted({mark for mark, on in found.items() if on} | {script} - {""}))

    def _stated(self, properties: Element | None, style: str, name: str) -> str:
        """A property that is no toggle: on the run, else by its style, else by the paragraph's."""
        direct = value(properties, name)
        named = value(properties, "rStyle")
        if not direct and self._styles.name(named, "character").replace(" ", "") in LINK_STYLES:
            return ""
        chain = (*self._styles.chain(named, "character"), *self._styles.chain(style))
        inherited = (value(child(each.element, "rPr"), name) for each in chain)
        return direct or next(filter(None, inherited), "")
