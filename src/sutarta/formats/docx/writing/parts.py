"""The package of somebody else's file while it is changed: parts read, altered, added."""

from __future__ import annotations

import io
import posixpath
import zipfile
from itertools import count

from lxml import etree

from sutarta.formats.docx.ooxml import NAMESPACES, Element, q
from sutarta.formats.docx.package import STRICT, TRANSITIONAL, Package
from sutarta.formats.docx.safe import parse

from .formulas import W15

TYPES = "[Content_Types].xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = NAMESPACES["r"]
STRICT_OFFICE = f"{STRICT}officeDocument/relationships"
STRICT_NAMES = {uri: strict for strict, uri in TRANSITIONAL.items()}


class Parts:
    """Parts of one file; whatever was not asked for stays as it is, byte for byte.

    Parts in names of the strict standard are given in those of the transitional one and written
    back in their own.
    """

    def __init__(self, data: bytes) -> None:
        """Raises Refused for what is no sound .docx."""
        self._data = data
        self.package = Package(data)
        self.main = self.package.main
        self._roots: dict[str, Element] = {}
        self._strict: set[str] = set()
        self._added: dict[str, bytes] = {}
        self._made: dict[str, str] = {}
        self.is_strict = STRICT.encode() in self.package.bytes(self.main)

    def root(self, name: str) -> Element:
        """The part as it is being changed, in transitional names."""
        if name not in self._roots:
            if STRICT.encode() in self.package.bytes(name):
                self._strict.add(name)
            self._roots[name] = self.package.xml(name)
        return self._roots[name]

    def own(self, kind: str, empty: Element) -> tuple[str, Element]:
        """Name and root of the main part's `kind`, such as "comments"; of `empty` when none."""
        name = self.package.related(kind) or self._made.get(kind, "")
        if name:
            return name, self.root(name)
        name = self._free(kind, "xml")
        self._made[kind] = name
        self._roots[name] = empty
        if self.is_strict:
            self._strict.add(name)
        self._declare("Override", PartName=f"/{name}", ContentType=f"{WORD}.{kind}+xml")
        self.relate(self.main, kind, self._from_main(name))
        return name, empty

    def relate(self, part: str, kind: str, target: str, *, outside: bool = False) -> str:
        """Id of the relation of `part` to `target`: the one it has, else a new one."""
        folder, leaf = posixpath.split(part)
        root = self._plain(posixpath.join(folder, "_rels", f"{leaf}.rels"))
        named = f"{STRICT_OFFICE if self.is_strict else OFFICE}/{kind}"
        wanted = {"Type": named, "Target": target} | ({"TargetMode": "External"} if outside else {})
        taken = {""}
        for each in root.iter(q("rel:Relationship")):
            if all(each.get(key) == value for key, value in wanted.items()):
                return str(each.get("Id"))
            taken.add(str(each.get("Id", "")))
        identity = next(name for at in count(1) if (name := f"rIdSt{at}") not in taken)
        etree.SubElement(root, q("rel:Relationship"), {"Id": identity, **wanted})
        return identity

    def picture(self, data: bytes, extension: str) -> str:
        """Id of the main part's relation to a picture that is put into the package."""
        name = self._free("media/picture", extension)
        self._added[name] = data
        self._declare("Default", Extension=extension, ContentType=f"image/{extension}")
        return self.relate(self.main, "image", self._from_main(name))

    def written(self) -> bytes:
        """The package with its changed parts in their places; new ones stand last.

        The parts cannot be changed any more.
        """
        for name in self._strict:
            _make_strict(self._roots[name])
        return self.as_it_stands()

    def as_it_stands(self) -> bytes:
        """The package in transitional names, to be read while it is being changed."""
        made = {name: _packed(root) for name, root in self._roots.items()} | self._added
        waiting = {name.lower(): (name, data) for name, data in made.items()}
        written = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._data)) as source,
            zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target,
        ):
            for entry in source.infolist():
                name = entry.filename.replace("\\", "/").lstrip("/").lower()
                _name, data = waiting.pop(name, ("", None))
                target.writestr(entry, source.read(entry) if data is None else data)
            for name, data in waiting.values():
                target.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
        return written.getvalue()

    def _plain(self, name: str) -> Element:
        """A part that lists others; an empty list of relations when there is none."""
        if name not in self._roots:
            bare = f'<Relationships xmlns="{NAMESPACES["rel"]}"/>'.encode()
            known = self.package.has(name)
            self._roots[name] = parse(self.package.bytes(name) if known else bare)
        return self._roots[name]

    def _declare(self, element: str, **said: str) -> None:
        """Say of what type a part or an extension is, unless it is said."""
        root = self._plain(TYPES)
        key, wanted = next(iter(said.items()))
        listed = root.iter(q(f"ct:{element}"))
        if not any(str(each.get(key, "")).lower() == wanted.lower() for each in listed):
            etree.SubElement(root, q(f"ct:{element}"), said)

    def _from_main(self, name: str) -> str:
        return posixpath.relpath(name, posixpath.dirname(self.main) or ".")

    def _free(self, stem: str, extension: str) -> str:
        """A part name beside the main part that nobody has."""
        folder = posixpath.dirname(self.main)
        names = (posixpath.join(folder, f"{stem}{at or ''}.{extension}") for at in count())
        return next(
            name
            for name in names
            if not self.package.has(name) and name not in self._added and name not in self._roots
        )


def _packed(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _make_strict(root: Element) -> None:
    for element in root.iter("*"):
        element.tag = _strict(str(element.tag))
        for name in list(element.attrib):
            if (strict := _strict(str(name))) != name:
                element.set(strict, element.attrib.pop(name))
    ours = {*STRICT_NAMES, *STRICT_NAMES.values()}
    others = [name for name, uri in root.nsmap.items() if name and uri not in ours]
    etree.cleanup_namespaces(root, keep_ns_prefixes=[*others, W15])  # attributes may speak of these


def _strict(name: str) -> str:
    uri, brace, local = name.rpartition("}")
    return "{" + STRICT_NAMES.get(uri[1:], uri[1:]) + "}" + local if brace else name
