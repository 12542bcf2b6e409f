"""Names of WordprocessingML and small questions to its elements."""

from __future__ import annotations

from functools import cache

from lxml import etree

Element = etree._Element

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R_NS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

NAMESPACES = {
    "w": W_NS,
    "r": R_NS,
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "dc": "http://purl.org/dc/elements/1.1/",
}

# Our own mark on every w:p: its position in the part, given before anything is tidied away.
INDEX = "sutarta-index"
# Our own mark on a w:r: the address a HYPERLINK field leads to.
LINK = "sutarta-link"

OFF = frozenset({"0", "false", "off", "none"})


@cache
def q(name: str) -> str:
    """The full name lxml uses.

    >>> q("dc:title")
    '{http://purl.org/dc/elements/1.1/}title'
    """
    prefix, local = name.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


W_P = q("w:p")
W_R = q("w:r")
W_T = q("w:t")
W_TBL = q("w:tbl")
BLANK = (q("w:tab"), q("w:br"), q("w:cr"))
W_TR = q("w:tr")
W_TC = q("w:tc")
W_VAL = q("w:val")
W_ID = q("w:id")
R_ID = q("r:id")
PARA_ID = q("w14:paraId")
TEXT_BOX = q("w:txbxContent")
OBJECTS = (q("w:drawing"), q("w:pict"), q("w:object"))  # pictures and whatever else hangs on words


def child(element: Element | None, name: str) -> Element | None:
    """First child called w:`name`, or None."""
    if element is None:
        return None
    # A good deal faster than element.find, and asked several times for every run.
    return next(element.iterchildren(q(f"w:{name}")), None)


def value(element: Element | None, name: str, default: str = "") -> str:
    """The w:val of the child called w:`name`; `default` when there is none."""
    found = child(element, name)
    return default if found is None else str(found.get(W_VAL, default))


def number(text: str | None, default: int) -> int:
    """A whole number written in an attribute; `default` for anything else or beyond reason.

    >>> number("12", 0), number("x", 3), number(None, 1), number("9" * 30, 7)
    (12, 3, 1, 7)
    """
    try:
        found = int(text or "")
    except ValueError:
        return default
    return found if abs(found) < 2**31 else default


def switch(element: Element | None, name: str) -> bool | None:
    """An on/off property: True, False, or None when it is not stated here."""
    found = child(element, name)
    if found is None:
        return None
    return str(found.get(W_VAL, "1")).lower() not in OFF


def has_own_mark(reference: Element) -> bool:
    """Whether a reference to a note is followed by a mark of the author's own."""
    return str(reference.get(q("w:customMarkFollows"), "0")).lower() in ("1", "true", "on")


def font_of(properties: Element | None) -> str:
    """The font that properties of a run name, "" for none."""
    fonts = child(properties, "rFonts")
    if fonts is None:
        return ""
    return str(fonts.get(q("w:ascii")) or fonts.get(q("w:hAnsi")) or "")


def symbol_of(element: Element, font: str) -> tuple[int, str] | None:
    """Code and font of a w:sym in words of `font`; None when it states no code."""
    try:
        code = int(str(element.get(q("w:char"), "")), 16)
    except ValueError:
        return None
    return code, str(element.get(q("w:font"), "")) or font


def said(element: Element) -> str:
    """The words inside as they stand; tabs and line breaks are blanks."""
    found = []
    for each in element.iter(W_T, *BLANK):
        parent = each.getparent()
        is_blank = each.tag != W_T and parent is not None and parent.tag == W_R
        found.append(" " if is_blank else each.text or "")
    return "".join(found)


def words_of(element: Element) -> str:
    """The words inside, on one line."""
    return " ".join(said(element).split())


def unwrap(element: Element) -> None:
    """Put the children of `element` in its place."""
    for inner in list(element):
        element.addprevious(inner)
    drop(element)


def drop(element: Element) -> None:
    """Take `element` out of its parent, if it still has one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def find(element: Element, path: str) -> list[Element]:
    """Elements an XPath leads to, with the prefixes of NAMESPACES."""
    found = element.xpath(path, namespaces=NAMESPACES)
    if not isinstance(found, list):
        raise TypeError(f"not a path to elements: {path}")
    return [each for each in found if isinstance(each, Element)]


def position(element: Element) -> int:
    """Position of the paragraph that holds `element`, else of the next one after it."""
    if element.tag == W_P:
        return int(element.get(INDEX, "0"))
    for above in element.iterancestors(W_P):
        return int(above.get(INDEX, "0"))
    for after in element.iter(W_P):
        return int(after.get(INDEX, "0"))
    outer: Element | None = element
    while outer is not None:
        for sibling in outer.itersiblings():
            for after in sibling.iter(W_P):
                return int(after.get(INDEX, "0"))
        outer = outer.getparent()
    return -1
