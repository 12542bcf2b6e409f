"""The parts of an OpenDocument text: a zip of XML, or one flat XML file."""

from __future__ import annotations

import base64
import binascii
import io
import posixpath
import zipfile
from urllib.parse import unquote

from sutarta.formats.docx.package import UNREADABLE, check_sizes
from sutarta.formats.docx.safe import MAX_FILE, Refused, parse, refuse_dtd

from .names import Element, child, get, q

TEXT_TYPES = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template",
    "application/vnd.oasis.opendocument.text-master",
)
PROGRAMS = ("Basic/", "Scripts/")
TABLES = frozenset({"table", "table-column", "table-row", "table-cell", "covered-table-cell"})


class Package:
    """What a file holds.

    content, styles, meta   roots; of a flat file all three are the same one
    """

    def __init__(self, data: bytes) -> None:
        """Raises Refused for anything that is not a sound, plain OpenDocument text."""
        if len(data) > MAX_FILE:
            raise Refused("too_large")
        self._zip: zipfile.ZipFile | None = None
        if data.startswith(b"PK"):
            self._zip = _open(data)
            self._names = {each.filename: each for each in self._zip.infolist()}
            self._check()
            self.content = self._root("content.xml")
            self.styles = self._optional("styles.xml")
            self.meta = self._optional("meta.xml")
        else:
            self.content = parse(data)
            self.styles = self.meta = self.content
        scripts = child(self.content, "office:scripts")
        if scripts is not None and next(scripts.iter(q("office:script")), None) is not None:
            raise Refused("macros")
        _use_plain_names(self.content)

    def body(self) -> Element:
        """The element that holds the text. Raises Refused."""
        body = child(child(self.content, "office:body"), "office:text")
        if body is None:
            raise Refused("unknown_kind")
        return body

    def title(self) -> str:
        meta = child(self.meta, "office:meta")
        found = None if meta is None else meta.findtext(q("dc:title"))
        return " ".join(str(found or "").split())

    def held(self, address: str) -> bytes | None:
        """What an address inside the file leads to; None for one that leads out or nowhere."""
        name = posixpath.normpath(unquote(address)).removeprefix("./")
        if self._zip is None or name not in self._names:
            return None
        return self._read(name)

    def part(self, address: str) -> Element | None:
        """Root of the document an address inside the file leads to."""
        data = self.held(f"{address}/content.xml")
        return None if data is None else parse(data)

    def _check(self) -> None:
        check_sizes(list(self._names.values()))
        if "mimetype" in self._names:
            stated = self._read("mimetype").decode("ascii", "replace").strip()
            if stated not in TEXT_TYPES:
                raise Refused("unknown_kind")
        for name in self._names:
            if name.startswith(PROGRAMS):
                raise Refused("macros")
            if name.endswith(".xml"):
                refuse_dtd(self._read(name))
        manifest = self._optional("META-INF/manifest.xml")
        encrypted = q("manifest:encryption-data")
        if manifest is not None and next(manifest.iter(encrypted), None) is not None:
            raise Refused("encrypted")

    def _read(self, name: str) -> bytes:
        if self._zip is None:
            raise Refused("broken")
        try:
            return self._zip.read(self._names[name])
        except UNREADABLE as error:
            raise Refused("broken") from error

    def _root(self, name: str) -> Element:
        return parse(self._read(name))

    def _optional(self, name: str) -> Element | None:
        return self._root(name) if name in self._names else None


def embedded(element: Element) -> bytes | None:
    """Bytes that stand in the XML itself."""
    data = child(element, "office:binary-data")
    if data is None:
        return None
    try:
        return base64.b64decode("".join((data.text or "").split()))
    except (binascii.Error, ValueError):
        return b""


def address(element: Element) -> str:
    return get(element, "xlink:href")


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except UNREADABLE as error:
        raise Refused("broken") from error


def _use_plain_names(root: Element) -> None:
    """Tables of LibreOffice's own in text boxes get the names of all other tables."""
    start = q("loext:table")[: -len("table")]
    for element in root.iter():
        name = str(element.tag)
        if name.startswith(start) and name[len(start) :] in TABLES:
            element.tag = q(f"table:{name[len(start) :]}")
