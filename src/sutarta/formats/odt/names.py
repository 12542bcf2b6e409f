"""Names of OpenDocument and small questions to its elements."""

from __future__ import annotations

from functools import cache

from lxml import etree

from sutarta.formats.docx.ooxml import number

Element = etree._Element

URN = "urn:oasis:names:tc:opendocument:xmlns:"
NAMESPACES = {
    "office": f"{URN}office:1.0",
    "text": f"{URN}text:1.0",
    "table": f"{URN}table:1.0",
    "draw": f"{URN}drawing:1.0",
    "style": f"{URN}style:1.0",
    "fo": f"{URN}xsl-fo-compatible:1.0",
    "svg": f"{URN}svg-compatible:1.0",
    "meta": f"{URN}meta:1.0",
    "manifest": f"{URN}manifest:1.0",
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "math": "http://www.w3.org/1998/Math/MathML",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
# Our own mark on every paragraph: its position, given before anything is taken away.
INDEX = "sutarta-index"


@cache
def q(name: str) -> str:
    """The full name lxml uses.

    >>> q("dc:title")
    '{http://purl.org/dc/elements/1.1/}title'
    """
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


P, H = q("text:p"), q("text:h")
PARAGRAPHS = (P, H)


def get(element: Element | None, name: str, default: str = "") -> str:
    """An attribute, `default` when it or its element is not there."""
    return default if element is None else str(element.get(q(name), default))


def count(element: Element | None, name: str, default: int) -> int:
    """A whole number written in an attribute."""
    return number(get(element, name), default)


def child(element: Element | None, name: str) -> Element | None:
    return None if element is None else next(element.iterchildren(q(name)), None)


def position(element: Element) -> int:
    """Position of the paragraph that holds `element`, else of the next one, else of the last."""
    own = element.get(INDEX) or next(
        (above.get(INDEX) for above in element.iterancestors(*PARAGRAPHS)), None
    )
    if own is not None:
        return int(own)
    inside = next(element.iter(*PARAGRAPHS), None)
    if inside is not None:
        return int(inside.get(INDEX, "0"))
    for sibling in element.itersiblings():
        for each in sibling.iter(*PARAGRAPHS):
            return int(each.get(INDEX, "0"))
    return 0


def shown(element: Element) -> str:
    """The words inside on one line, without comments and notes."""
    pieces: list[str] = []
    skipped = {q("office:annotation"), q("text:note"), q("text:tracked-changes")}
    hidden: Element | None = None
    for event, each in etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            hidden = each if hidden is None and each.tag in skipped else hidden
            if hidden is None:
                blank = each.tag in (q("text:s"), q("text:tab"), q("text:line-break"))
                pieces.append(each.text or (" " if blank else ""))
        else:
            hidden = None if hidden is each else hidden
            if hidden is None and each is not element:
                pieces.append(" " if each.tag in PARAGRAPHS else "")
                pieces.append(each.tail or "")
    return " ".join("".join(pieces).split())
