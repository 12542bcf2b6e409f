"""Makes elements of WordprocessingML."""

from __future__ import annotations

from lxml import etree

from sutarta.formats.docx.ooxml import NAMESPACES, Element, q

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PLAIN = {"w": NAMESPACES["w"]}
USED = {name: NAMESPACES[name] for name in ("w", "r", "wp", "a", "pic")}


def w(name: str, /, *children: Element | None, **attributes: object) -> Element:
    """An element called w:`name` with attributes of the same namespace; None is no child."""
    element = etree.Element(q(f"w:{name}"), nsmap=PLAIN)
    for key, value in attributes.items():
        element.set(q(f"w:{key}"), str(value))
    element.extend(child for child in children if child is not None)
    return element


def words(text: str, name: str = "t") -> list[Element]:
    """Text as w:`name` elements with tabs and line ends as Word has them."""
    made: list[Element] = []
    for at, line in enumerate(text.split("\n")):
        if at:
            made.append(w("br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                made.append(w("tab"))
            if piece:
                made.append(_text(piece, name))
    return made


def _text(piece: str, name: str) -> Element:
    element = w(name)
    element.text = piece
    element.set(XML_SPACE, "preserve")
    return element


def root(name: str, *children: Element) -> Element:
    """The root of a part, or of a drawing: it names every namespace we use."""
    element = etree.Element(q(f"w:{name}"), nsmap=USED)
    element.extend(children)
    return element


def packed(element: Element) -> bytes:
    """The element as a part of a package."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
