"""LibreOffice files (ODF) without their properties and the names of their authors."""

from __future__ import annotations

from lxml import etree

from .kinds import ODF
from .refusals import Refused
from .xml import dump, local, parse

Parts = dict[str, bytes]
MANIFEST = "META-INF/manifest.xml"
XLINK = "{http://www.w3.org/1999/xlink}href"
_DROPPED = ("Thumbnails/", "META-INF/documentsignatures", "META-INF/macrosignatures", "Versions/")
_PROGRAMS = ("Basic/", "Scripts/")
_READERS_LINKS = {"a", "bookmark-ref"}
_WHO = {"creator", "sender-firstname", "sender-lastname", "initial-creator", "creator-initials"}
_PRINTER = {"PrinterName", "PrinterSetup"}
_META = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-meta '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2">'
    b"<office:meta/></office:document-meta>"
)


def clean(parts: Parts) -> tuple[str, Parts]:
    """Media type and the parts that stay. Raises Refused."""
    media_type = parts["mimetype"].decode("ascii", "replace").strip()
    if media_type not in ODF or MANIFEST not in parts or "content.xml" not in parts:
        raise Refused("unknown")
    manifest = parse(parts[MANIFEST])
    _refuse_programs(manifest, parts)
    kept = {name: data for name, data in parts.items() if not name.startswith(_DROPPED)}
    for item in list(manifest):
        path = str(item.get(_full_path(item), ""))
        if not path.endswith("/") and path not in kept:
            manifest.remove(item)
    for name, data in kept.items():
        if name.endswith("meta.xml"):
            kept[name] = _META
        elif name.endswith(".xml") and name != MANIFEST:
            kept[name] = _anonymous(data)
    first = {"mimetype": media_type.encode()}
    return media_type, {**first, **kept, **first, MANIFEST: dump(manifest)}


def _full_path(item: etree._Element) -> str:
    return next((str(key) for key in item.attrib if local(key) == "full-path"), "")


def _refuse_programs(manifest: etree._Element, parts: Parts) -> None:
    if any(local(item.tag) == "encryption-data" for item in manifest.iter()):
        raise Refused("encrypted")
    if any(name.startswith(_PROGRAMS) for name in parts):
        raise Refused("macros")
    types = {str(value) for item in manifest for value in item.attrib.values()}
    if any("oleobject" in one for one in types):
        raise Refused("embedded")


def _anonymous(data: bytes) -> bytes:
    root = parse(data)
    for item in list(root.iter()):
        its = local(item.tag)
        if its in _WHO and len(item) == 0:
            item.text = "–"
        if its == "config-item" and any(value in _PRINTER for value in item.attrib.values()):
            item.text = ""
        if its in {"script", "event-listener"}:
            raise Refused("macros")
        if its not in _READERS_LINKS and _is_elsewhere(str(item.get(XLINK, ""))):
            raise Refused("external")
    return dump(root)


def _is_elsewhere(target: str) -> bool:
    return ":" in target.split("/", 1)[0] or target.startswith(("../", "/"))
