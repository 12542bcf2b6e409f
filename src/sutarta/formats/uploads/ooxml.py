"""Word, Excel and PowerPoint files without their properties and the names of their authors."""

from __future__ import annotations

import posixpath

from lxml import etree

from .kinds import OOXML
from .refusals import Refused
from .xml import dump, local, parse

Parts = dict[str, bytes]
TYPES = "[Content_Types].xml"
MAIN = {f"{media_type}.main+xml": media_type for media_type in OOXML}
SOMEBODY = "–"  # stands where a name was; the formats want one
_LINKS = ("http://", "https://", "mailto:", "#")
_DROPPED = ("docprops/", "customxml/", "_xmlsignatures/", "word/people.xml", "xl/printersettings/")
_DROPPED_KINDS = {
    "core-properties", "extended-properties", "custom-properties", "thumbnail", "customXml",
    "origin", "people", "attachedTemplate", "printerSettings", "customXmlProps",
}  # fmt: skip
_NAMES = {"author", "initials", "userName", "displayName", "userId", "providerId"}
_OLE_KINDS = {"oleObject", "package", "control", "activeXControlBinary", "vbaProject"}


def clean(parts: Parts) -> tuple[str, Parts]:
    """Media type and the parts that stay. Raises Refused."""
    types = parse(parts[TYPES])
    media_type = _media_type(types)
    _refuse_programs(parts)
    kept = {name: data for name, data in parts.items() if not _is_dropped(name)}
    _drop_types(types, kept)
    for name, data in kept.items():
        if name.endswith(".rels"):
            kept[name] = _relations(data)
        elif name.endswith(".xml") and name != TYPES:
            kept[name] = _anonymous(name, data)
    return media_type, {**kept, TYPES: dump(types)}


def _media_type(types: etree._Element) -> str:
    said = {str(item.get("ContentType")) for item in types}
    if any("macroEnabled" in one or "vbaProject" in one for one in said):
        raise Refused("macros")
    for one in said:
        if one in MAIN:
            return MAIN[one]
    raise Refused("unknown")


def _refuse_programs(parts: Parts) -> None:
    names = [name.lower() for name in parts]
    if any("vbaproject" in name or "vbadata" in name for name in names):
        raise Refused("macros")
    if any("/embeddings/" in name or "/activex/" in name for name in names):
        raise Refused("embedded")
    if any("/externallinks/" in name for name in names):
        raise Refused("external")


def _is_dropped(name: str) -> bool:
    return name.lower().startswith(_DROPPED)


def _drop_types(types: etree._Element, kept: Parts) -> None:
    for item in list(types):
        part = str(item.get("PartName", "")).lstrip("/")
        if part and part not in kept:
            types.remove(item)


def _relations(data: bytes) -> bytes:
    """Without what points at dropped parts. Links for readers stay; nothing else is fetched."""
    root = parse(data)
    for item in list(root):
        kind = posixpath.basename(str(item.get("Type", "")))
        target = str(item.get("Target", ""))
        if kind in _DROPPED_KINDS:
            root.remove(item)
        elif kind in _OLE_KINDS:
            raise Refused("embedded")
        elif item.get("TargetMode") == "External":
            if kind != "hyperlink":
                raise Refused("external")
            if not target.lower().startswith(_LINKS):
                item.set("Target", "about:blank")  # a file on somebody's own disk
    return dump(root)


def _anonymous(name: str, data: bytes) -> bytes:
    """Names of authors, paths of their machines and templates taken out of one part."""
    root = parse(data)
    in_comments = "omment" in name or "person" in name or name.endswith("authors.xml")
    for item in list(root.iter()):
        its = local(item.tag)
        if its in {"attachedTemplate", "absPath"}:
            _remove(item)
            continue
        if its == "author" and in_comments and len(item) == 0:
            item.text = SOMEBODY
        for key in item.attrib:
            if local(key) in _NAMES or (in_comments and local(key) == "name"):
                item.set(key, SOMEBODY)
    return dump(root)


def _remove(item: etree._Element) -> None:
    """Take an element out; where it is the only choice of an alternative, the whole of it."""
    parent = item.getparent()
    if parent is None:
        return
    above = parent.getparent()
    if local(parent.tag) == "Choice" and above is not None and above.getparent() is not None:
        above.getparent().remove(above)  # type: ignore[union-attr]
    else:
        parent.remove(item)
