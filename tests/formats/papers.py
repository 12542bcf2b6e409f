"""Papers for the tests, and what an independent reader finds in a PDF file."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import Any

import pypdf

from sutarta.formats.papers import Cell, Heading, Paper, Row, Run, Table, Words, plain

DAY = datetime(2026, 11, 1, tzinfo=UTC)


def paper(*pieces: Any, **facts: Any) -> Paper:
    """A paper of the pieces; plain words become a paragraph."""
    told = tuple(Words(plain(piece)) if isinstance(piece, str) else piece for piece in pieces)
    defaults = {
        "title": "Alksnių strategija",
        "language": "lt",
        "author": "Alksnių VVG",
        "made_at": DAY,
        "running": "Alksnių VVG, 2 versija",
    }
    return Paper(pieces=told, **{**defaults, **facts})


def heading(text: str, level: int = 1, **facts: Any) -> Heading:
    return Heading(plain(text), level, **facts)


def table(*rows: list[str], heads: int = 1, **facts: Any) -> Table:
    made = tuple(Row(tuple(Cell((plain(text),)) for text in row)) for row in rows)
    return Table(made, heads, **facts)


def changed(gone: str, new: str) -> tuple[Run, ...]:
    return (Run("Skirta "), Run(gone, change="gone"), Run(new, change="new"), Run(" eurų."))


def opened(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def words(data: bytes) -> str:
    """Text of all pages in order, blanks made one."""
    text = " ".join(page.extract_text() for page in opened(data).pages)
    return re.sub(r"\s+", " ", text)


def tags(data: bytes) -> list[tuple[str, dict[str, Any]]]:
    """Every structure element in reading order: its tag and its own values."""
    return [(str(each.get("/S", "")), each) for each in _elements(_tree(data))]


def _tree(data: bytes) -> Any:
    return opened(data).trailer["/Root"]["/StructTreeRoot"]


def _elements(node: Any) -> Any:
    node = node.get_object()
    if isinstance(node, list):
        for each in node:
            yield from _elements(each)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from _elements(node["/K"])


def attribute(element: dict[str, Any], name: str) -> Any:
    """A value of the element's attributes, None when it has none."""
    held = element.get("/A", [])
    held = held.get_object() if hasattr(held, "get_object") else held
    for each in held if isinstance(held, list) else [held]:
        found = each.get_object()
        if name in found:
            return found[name]
    return None


def fonts(data: bytes) -> dict[str, bool]:
    """Name of every font without its random prefix -> whether it is embedded."""
    found = {}
    for page in opened(data).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            name = str(inner["/BaseFont"]).lstrip("/").partition("+")[2]
            found[name] = any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3"))
    return found


def outline(data: bytes) -> list[Any]:
    """Titles of the bookmarks, nested as lists."""

    def titles(held: Any) -> list[Any]:
        return [titles(each) if isinstance(each, list) else str(each.title) for each in held]

    return titles(opened(data).outline)
