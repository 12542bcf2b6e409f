"""The .docx package: a zip of parts that point at each other."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from .ooxml import NAMESPACES, Element, q
from .safe import (
    MAX_ENTRIES,
    MAX_FILE,
    MAX_PART,
    MAX_RATIO,
    MAX_UNZIPPED,
    RATIO_COUNTS_FROM,
    Refused,
    parse,
    refuse_dtd,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Whatever the library says of a damaged zip; RuntimeError of one that claims to be locked.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, RuntimeError
)  # fmt: skip
MAIN_TYPES = ("wordprocessingml.document.main+xml", "wordprocessingml.template.main+xml")

# ISO/IEC 29500 strict gives other names to the same things.
STRICT = "http://purl.oclc.org/ooxml/"
TRANSITIONAL = {
    f"{STRICT}wordprocessingml/main": NAMESPACES["w"],
    f"{STRICT}officeDocument/relationships": NAMESPACES["r"],
    f"{STRICT}officeDocument/math": NAMESPACES["m"],
    f"{STRICT}drawingml/main": NAMESPACES["a"],
    f"{STRICT}drawingml/chart": NAMESPACES["c"],
    f"{STRICT}drawingml/wordprocessingDrawing": NAMESPACES["wp"],
    f"{STRICT}drawingml/picture": NAMESPACES["pic"],
    f"{STRICT}drawingml/diagram": NAMESPACES["dgm"],
}


@dataclass(frozen=True)
class Relation:
    """What one part says of another.

    kind    last word of its type, such as "styles"
    target  name of the part, or the address when external
    """

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one file, by name without leading slash; names ignore case."""

    def __init__(self, data: bytes) -> None:
        """Raises Refused for anything that is not a sound, plain .docx."""
        self._zip = _open(data)
        self._names = {_tidy(info.filename).lower(): info for info in self._zip.infolist()}
        check_sizes(self._zip.infolist())
        for name in self._names:
            if name.endswith((".xml", ".rels")):
                refuse_dtd(self.bytes(name))
        self._types = self._content_types()
        if any("vbaproject" in name for name in self._names):
            raise Refused("macros")
        self.main = self._main()

    def has(self, name: str) -> bool:
        return name.lower() in self._names

    def bytes(self, name: str) -> bytes:
        """Content of a part; raises Refused("broken") when it is missing or damaged."""
        try:
            return self._zip.read(self._names[name.lower()])
        except UNREADABLE as error:
            raise Refused("broken") from error

    def xml(self, name: str) -> Element:
        """Root of an XML part, in transitional names."""
        root = parse(self.bytes(name))
        if STRICT in "".join(str(uri) for uri in root.nsmap.values()):
            _make_transitional(root)
        return root

    def optional(self, name: str) -> Element | None:
        return self.xml(name) if name and self.has(name) else None

    def relations(self, part: str) -> dict[str, Relation]:
        """Relation id -> relation, of one part; of the package itself for ""."""
        folder, leaf = posixpath.split(part)
        name = posixpath.join(folder, "_rels", f"{leaf}.rels")
        if not self.has(name):
            return {}
        found = {}
        for item in parse(self.bytes(name)).iter(q("rel:Relationship")):
            external = item.get("TargetMode") == "External"
            target = str(item.get("Target", ""))
            kind = str(item.get("Type", "")).rsplit("/", 1)[-1]
            found[str(item.get("Id"))] = Relation(
                kind, target if external else _resolve(folder, target), external
            )
        return found

    def related(self, kind: str, part: str = "") -> str:
        """Name of the first part of a kind that `part` (the main one for "") points at, or ""."""
        for relation in self.relations(part or self.main).values():
            if relation.kind == kind and not relation.external and self.has(relation.target):
                return relation.target
        return ""

    def core_title(self) -> str:
        """The title in the file's properties, "" when none."""
        for relation in self.relations("").values():
            if relation.kind == "core-properties" and self.has(relation.target):
                title = self.xml(relation.target).findtext(q("dc:title"))
                return " ".join((title or "").split())
        return ""

    def _main(self) -> str:
        for relation in self.relations("").values():
            if relation.kind == "officeDocument" and self.has(relation.target):
                return self._checked_main(relation.target)
        if self.has("word/document.xml"):
            return self._checked_main("word/document.xml")
        raise Refused("not_docx")

    def _checked_main(self, name: str) -> str:
        kind = self._types.get(name.lower()) or self._types.get(f".{name.rsplit('.', 1)[-1]}", "")
        if "macroenabled" in kind.lower():
            raise Refused("macros")
        if kind.endswith("+xml") and not kind.endswith(MAIN_TYPES):
            raise Refused("not_docx")
        return name

    def _content_types(self) -> dict[str, str]:
        """Lower-case part name, or ".extension" -> content type."""
        if not self.has("[Content_Types].xml"):
            raise Refused("not_docx")
        root = parse(self.bytes("[Content_Types].xml"))
        found = {}
        for item in root.iter(q("ct:Default")):
            found["." + str(item.get("Extension", "")).lower()] = str(item.get("ContentType", ""))
        for item in root.iter(q("ct:Override")):
            found[_tidy(str(item.get("PartName", ""))).lower()] = str(item.get("ContentType", ""))
        return found


def _open(data: bytes) -> zipfile.ZipFile:
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    if data.startswith(OLE):
        raise Refused(_kind_of_ole(data))
    if not data.startswith(b"PK"):
        raise Refused("not_docx")
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except UNREADABLE as error:
        raise Refused("broken") from error


def _kind_of_ole(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "encrypted"
    return "old_doc" if "WordDocument".encode("utf-16-le") in data else "not_docx"


def check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    """Judge the sizes the zip declares; reading never goes beyond them."""
    unzipped = sum(entry.file_size for entry in entries)
    zipped = sum(entry.compress_size for entry in entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("encrypted")
    if any(entry.compress_type not in (0, 8) for entry in entries):
        raise Refused("broken")
    if any(entry.compress_size > MAX_FILE for entry in entries):
        raise Refused("broken")
    if unzipped > RATIO_COUNTS_FROM and unzipped > MAX_RATIO * max(zipped, 1):
        raise Refused("bomb")
    biggest = max((entry.file_size for entry in entries), default=0)
    if len(entries) > MAX_ENTRIES or unzipped > MAX_UNZIPPED or biggest > MAX_PART:
        raise Refused("too_large")


def _resolve(folder: str, target: str) -> str:
    return _tidy(unquote(posixpath.normpath(posixpath.join("/", folder, target))))


def _tidy(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _make_transitional(root: Element) -> None:
    for element in root.iter("*"):
        element.tag = _transitional(str(element.tag))
        for name in list(element.attrib):
            if STRICT in str(name):
                element.set(_transitional(str(name)), element.attrib.pop(name))


def _transitional(name: str) -> str:
    uri, brace, local = name.rpartition("}")
    return "{" + TRANSITIONAL.get(uri[1:], uri[1:]) + "}" + local if brace else name
