"""Pictures, text boxes and other objects a run may hold."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from .context import Context
from .ooxml import R_ID, TEXT_BOX, Element, find, q
from .safe import Refused

SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
HOLDERS = (q("w:drawing"), q("w:pict"), q("w:object"))
BLIP, IMAGE_DATA = q("a:blip"), q("v:imagedata")
CHART, DIAGRAM, OLE = q("c:chart"), q("dgm:relIds"), q("o:OLEObject")
EMBED, LINKED = q("r:embed"), q("r:link")
# Word offers the name of the file as alternative text; it tells a listener nothing.
FILE_NAME = re.compile(
    r"^[a-z]:\\|\.(?:png|jpe?g|gif|bmp|tiff?|[ew]mf|webp|pict|svg)$", re.IGNORECASE
)
LINES = frozenset({q("v:rect"), q("v:line")})


@dataclass(frozen=True)
class Picture:
    """A picture or other object as a figure.

    data   the bytes of a PNG, JPEG, GIF or WebP; b"" when there is none we can read
    type   its media type, "" when there is none
    findings   code and detail of each, to be told at the figure
    """

    alt: str = ""
    data: bytes = b""
    type: str = ""
    findings: tuple[tuple[str, dict[str, str]], ...] = ()

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest() if self.data else ""


Drawn = Picture | Element


def read_drawing(holder: Element, near: Element, context: Context) -> list[Drawn]:
    """Pictures and text boxes of one w:drawing, w:pict or w:object, in document order.

    Whatever else it holds becomes a finding, and a figure without picture keeps its place.
    """
    found: list[Drawn] = []
    for element in holder.iter(BLIP, IMAGE_DATA, CHART, DIAGRAM, TEXT_BOX):
        if any(above.tag == TEXT_BOX for above in _above(element, holder)):
            continue
        if element.tag == TEXT_BOX:
            found.append(element)
        elif element.tag in (CHART, DIAGRAM):
            found.append(_object(element, holder, context))
        elif (picture := _picture(element, holder, context)) is not None:
            found.append(picture)
    if (ole := holder.find(f".//{OLE}")) is not None:
        context.note("object.unreadable", near, kind=str(ole.get("ProgID", "")) or "object")
    elif not found:
        _tell_shape(holder, near, context)
    return found


def _above(element: Element, holder: Element) -> list[Element]:
    above = []
    for each in element.iterancestors():
        if each is holder:
            break
        above.append(each)
    return above


def _picture(blip: Element, holder: Element, context: Context) -> Picture | None:
    identity = blip.get(EMBED) or blip.get(R_ID)
    if not identity and not blip.get(LINKED):
        return None
    alt = _alternative(blip, holder)
    relation = context.relation(identity)
    if relation is None or relation.external or not context.package.has(relation.target):
        return missing(alt)
    try:
        data = context.package.bytes(relation.target)
    except Refused:
        data = b""
    kind = media_type(data)
    if not kind:
        name = relation.target.rsplit("/", 1)[-1]
        return _unreadable(alt, reason="format", name=name)
    nameless = not alt and not _is_decorative(holder)
    return Picture(alt, data, kind, (("picture.no_alt", {}),) if nameless else ())


def missing(alt: str) -> Picture:
    """The place of a picture that an export of ours could only describe."""
    return _unreadable(alt, reason="not in the file")


def _unreadable(alt: str, **detail: str) -> Picture:
    return Picture(alt, findings=(("picture.unreadable", {"alt": alt, **detail}),))


def media_type(data: bytes) -> str:
    """Media type by the first bytes, "" for anything but PNG, JPEG, GIF and WebP.

    >>> media_type(b"GIF89a..."), media_type(b"RIFF1234WEBPVP8 "), media_type(b"<svg")
    ('image/gif', 'image/webp', '')
    """
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for mark, kind in SIGNATURES.items() if data.startswith(mark)), "")


def _alternative(element: Element, holder: Element) -> str:
    """Alternative text of the picture itself, else of the whole drawing, else its title."""
    named = find(element, "ancestor::pic:pic[1]/pic:nvPicPr/pic:cNvPr | ancestor::v:*[1]")
    named += find(holder, ".//wp:docPr")[:1]
    for attribute in ("descr", "alt", "title"):
        for each in named:
            text = " ".join(str(each.get(attribute, "")).split())
            if text and not FILE_NAME.search(text):
                return text
    return ""


def _is_decorative(holder: Element) -> bool:
    marks = find(holder, ".//*[local-name()='decorative']")
    return any(str(mark.get("val", "")) in ("1", "true") for mark in marks)


def _object(element: Element, holder: Element, context: Context) -> Picture:
    """A chart or SmartArt: its words go into the finding, its place is kept by a figure."""
    kind = "chart" if element.tag == CHART else "SmartArt"
    identity = element.get(R_ID) or element.get(q("r:dm"))
    relation = context.relation(identity)
    words = ""
    if relation is not None and not relation.external and context.package.has(relation.target):
        root = context.package.xml(relation.target)
        words = " ".join(" ".join(each.text or "" for each in root.iter(q("a:t"))).split())
    alt = _alternative(element, holder)
    detail = {"kind": kind, "text": words, "alt": alt}
    return Picture(alt or words, findings=(("object.unreadable", detail),))


def _tell_shape(holder: Element, near: Element, context: Context) -> None:
    """A drawn shape without words or picture; ruling lines are not worth telling."""
    words = [str(each.get("string", "")) for each in holder.iter(q("v:textpath"))]
    words += [each.text or "" for each in holder.iter(q("a:t"))]
    shapes = [each for each in holder.iter() if each.tag not in LINES]
    only_definitions = all(each.tag == q("v:shapetype") for each in holder)
    if any(words) or (len(shapes) > 1 and not only_definitions):
        alt = _alternative(holder, holder)
        context.note("object.unreadable", near, kind="shape", text=" ".join(words), alt=alt)
