"""Pictures and other things a page shows among its words."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import unquote_to_bytes

from lxml import etree

from sutarta.formats.building import picture_of, tidy_alternative
from sutarta.formats.building.equations import linear
from sutarta.formats.docx.drawings import Picture
from sutarta.formats.docx.ooxml import number

from .page import words

Element = etree._Element

# What is shown by a program of its own -> what it is called.
OBJECTS = {
    "iframe": "page", "object": "object", "embed": "object", "applet": "object",
    "video": "film", "audio": "sound", "canvas": "drawing", "svg": "drawing", "map": "map",
}  # fmt: skip


def picture(element: Element) -> Picture | None:
    """An img as a figure; None for one that nobody sees, such as a counter of visits."""
    if all(number(str(element.get(side, "")), 9) <= 1 for side in ("width", "height")):
        return None
    said = element.get("alt")
    alternative = tidy_alternative(str(said or "")) or tidy_alternative(
        str(element.get("title", ""))
    )
    address = str(element.get("src") or element.get("data-src") or "")
    data = _data(address)
    name = "" if address.startswith("data:") else address.split("?")[0]
    return picture_of(data, alternative, name, decorative=said is not None and not said.strip())


def _data(address: str) -> bytes | None:
    """The bytes a data: address holds; None for any other."""
    if not address.startswith("data:"):
        return None
    head, _comma, body = address.partition(",")
    try:
        if head.lower().endswith(";base64"):
            return base64.b64decode(unquote_to_bytes(body), validate=False)
        return unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return b""


def detail(element: Element) -> dict[str, str]:
    """What to tell of an object that cannot be read."""
    name = str(element.get("src") or element.get("data") or element.get("title") or "")
    if name.startswith("data:"):
        name = ""
    return {"kind": OBJECTS[str(element.tag)], "name": name[:200], "text": words(element)}


def equation(element: Element) -> str:
    """A formula in one line."""
    return linear(element) or str(element.get("alttext", ""))
