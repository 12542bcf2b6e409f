"""Styles of a text, with what they inherit."""

from __future__ import annotations

from collections.abc import Iterator

from .names import Element, child, get, q

DEPTH = 30
BOLD = frozenset({"bold", "600", "700", "800", "900"})
OFF = frozenset({"", "none"})
Property = tuple[str, str]


class Styles:
    """Paragraph and text styles by family and name; those of the text itself come first."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[tuple[str, str], Element] = {}
        self._names: dict[str, frozenset[str]] = {}
        self._fonts: dict[tuple[tuple[str, str], ...], str] = {}
        self._faces: dict[str, str] = {}
        self._marks: dict[tuple[tuple[str, str], ...], frozenset[str]] = {}
        for root in roots:
            for style in () if root is None else root.iter(q("style:style")):
                key = (get(style, "style:family"), get(style, "style:name"))
                self._styles.setdefault(key, style)
            for face in () if root is None else root.iter(q("style:font-face")):
                family = get(face, "svg:font-family")
                self._faces.setdefault(get(face, "style:name"), family)

    def chain(self, family: str, name: str) -> Iterator[Element]:
        """A style and those it inherits from."""
        for _step in range(DEPTH):
            style = self._styles.get((family, name))
            if style is None:
                return
            yield style
            name = get(style, "style:parent-style-name")

    def names(self, name: str) -> frozenset[str]:
        """Names of a paragraph style and those above it, as people see them, lower case."""
        if name not in self._names:
            styles = list(self.chain("paragraph", name))
            shown = (get(each, "style:display-name") or get(each, "style:name") for each in styles)
            self._names[name] = frozenset(each.replace("_20_", " ").lower() for each in shown)
        return self._names[name]

    def is_title(self, name: str) -> bool:
        return "title" in self.names(name)

    def is_caption(self, name: str) -> bool:
        return bool({"caption", "illustration", "table", "figure"} & self.names(name))

    def is_contents(self, name: str) -> bool:
        return any(each.startswith("contents ") and each[9:].isdigit() for each in self.names(name))

    def font(self, *names: tuple[str, str]) -> str:
        """Font by styles (family, name), as its maker calls it; "" when none states any."""
        if names not in self._fonts:
            chains = (style for family, name in names for style in self.chain(family, name))
            texts = (child(style, "style:text-properties") for style in chains)
            stated = (get(each, "style:font-name") or get(each, "fo:font-family") for each in texts)
            name = next(filter(None, stated), "")
            self._fonts[names] = self._faces.get(name, name).strip("'\"")
        return self._fonts[names]

    def looks(self, *names: tuple[str, str]) -> frozenset[str]:
        """Marks, and "hidden", by styles (family, name); the first that states a thing counts."""
        if names not in self._marks:
            found: dict[str, str] = {}
            for family, name in names:
                for style in self.chain(family, name):
                    properties = child(style, "style:text-properties")
                    for key, value in _stated(properties):
                        found.setdefault(key, value)
            self._marks[names] = frozenset(_marks(found))
        return self._marks[names]


def _stated(properties: Element | None) -> Iterator[Property]:
    if properties is None:
        return
    for name in (
        "fo:font-weight", "fo:font-style", "style:text-underline-style",
        "style:text-line-through-style", "style:text-line-through-type",
        "style:text-position", "text:display",
    ):  # fmt: skip
        if properties.get(q(name)) is not None:
            yield name, get(properties, name)


def _marks(stated: dict[str, str]) -> Iterator[str]:
    if stated.get("fo:font-weight", "") in BOLD:
        yield "bold"
    if stated.get("fo:font-style", "") in ("italic", "oblique"):
        yield "italic"
    if stated.get("style:text-underline-style", "") not in OFF:
        yield "underline"
    struck = stated.get("style:text-line-through-style") or stated.get(
        "style:text-line-through-type", ""
    )
    if struck not in OFF:
        yield "strike"
    raised = stated.get("style:text-position", "").split(" ")[0]
    if raised == "super" or (raised.endswith("%") and raised[0].isdigit() and raised != "0%"):
        yield "sup"
    if raised == "sub" or raised.startswith("-"):
        yield "sub"
    if stated.get("text:display", "") == "none":
        yield "hidden"
