"""Which kind of document a file is: by its content first, by its name second."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import PurePath
from typing import Literal

from sutarta.formats.docx.package import OLE
from sutarta.formats.docx.safe import Refused

Kind = Literal["docx", "odt", "html", "markdown"]

# Kind -> ending given to a file of ours, and its media type.
KINDS: dict[Kind, tuple[str, str]] = {
    "docx": (
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "odt": (".odt", "application/vnd.oasis.opendocument.text"),
    "html": (".html", "text/html"),
    "markdown": (".md", "text/markdown"),
}
ENDINGS: dict[str, Kind] = {
    ".docx": "docx", ".odt": "odt", ".fodt": "odt", ".ott": "odt", ".html": "html",
    ".htm": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown",
}  # fmt: skip
ODF = b"application/vnd.oasis.opendocument."
HEAD = 4096
# Texts that other programs read: an archived page, a letter, RTF, PDF, PostScript.
OTHER = re.compile(r"mime-version:|from: |\{\\rtf|%pdf|%!ps", re.IGNORECASE)
PROLOGUE = re.compile(r"\s*(?:<\?xml[^>]*>|<!--.*?-->|<!doctype[^>]*>|\s)*", re.DOTALL | re.I)
PAGE = re.compile(r"<(?:html|head|body|meta|title|main|article|div|table|h[1-6]|p)\b", re.I)


def kind_of(name: str, data: bytes) -> Kind:
    """The kind of a file by its bytes, else by the ending of its name.

    >>> kind_of("planas", b"<!DOCTYPE html><html><p>Planas"), kind_of("a.md", b"# Planas")
    ('html', 'markdown')

    Raises Refused("unknown_kind") for anything else.
    """
    named = ENDINGS.get(PurePath(name).suffix.lower())
    if data.startswith(OLE) or not data:
        return "docx"
    if data.startswith(b"PK"):
        return _kind_of_zip(data)
    if _is_flat(data):
        return "odt"
    text = _beginning(data)
    if named == "docx" and not _is_page(text):
        return "docx"
    if text is None or OTHER.match(text.lstrip()) or named == "odt":
        raise Refused("unknown_kind")
    if _is_page(text) and named != "markdown":
        return "html"
    if named is None:
        raise Refused("unknown_kind")
    return named


def _kind_of_zip(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as zipped:
            names = {each.filename for each in zipped.infolist()}
            if "mimetype" not in names:
                return "odt" if {"content.xml", "META-INF/manifest.xml"} <= names else "docx"
            with zipped.open("mimetype") as stated:
                is_text = stated.read(100).startswith(ODF + b"text")
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        return "docx"
    except NotImplementedError:
        return "docx"
    if not is_text:
        raise Refused("unknown_kind")
    return "odt"


def _is_flat(data: bytes) -> bool:
    """Whether it is OpenDocument in one XML file."""
    return b"<office:document" in data[:HEAD] and data.lstrip()[:5] == b"<?xml"


def _beginning(data: bytes) -> str | None:
    """The first words as text, None for bytes that are no text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data[:HEAD].decode("utf-16", "replace")
    head = data[:HEAD]
    return None if b"\x00" in head else head.decode("utf-8", "replace").lstrip("\ufeff")


def _is_page(text: str | None) -> bool:
    """Whether it begins as a page does, after what may stand before its first element."""
    if text is None:
        return False
    prologue = PROLOGUE.match(text)
    return bool(PAGE.match(text, prologue.end() if prologue else 0))
