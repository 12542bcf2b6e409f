"""What a workbook says of rows and cells beside their values: hidden, merged over columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from re import match
from typing import Any
from zipfile import ZipFile

from lxml import etree

from .sheet import MAX_COLUMNS, MAX_ROWS, Refused

_XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STRICT_RELATION = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MOST_SPANS = 5_000


@dataclass(frozen=True)
class Layout:
    """hidden: numbers of hidden rows; spans: as of Sheet."""

    hidden: frozenset[int] = frozenset()
    spans: tuple[tuple[int, int, int], ...] = ()


def xlsx_layout(package: ZipFile, place: int) -> Layout:
    """Of the sheet at that place among the sheets of the workbook, from 0."""
    path = _xlsx_paths(package)[place]
    if path not in package.namelist():
        return Layout()
    hidden, spans = set(), []
    for element in _elements(package, path, "row", "mergeCell"):
        if element.tag.endswith("}row"):
            if element.get("hidden") in {"1", "true"} and element.get("r", "").isdigit():
                hidden.add(int(element.get("r")))
        elif span := _span(element.get("ref", "")):
            spans.append(span)
    return Layout(frozenset(hidden), tuple(spans[:_MOST_SPANS]))


def _xlsx_paths(package: ZipFile) -> list[str]:
    """The part of each sheet, in the order of the workbook."""
    folder = "xl"
    targets = {
        element.get("Id"): element.get("Target", "")
        for element in _elements(package, "xl/_rels/workbook.xml.rels", "Relationship")
    }
    found = []
    for element in _elements(package, "xl/workbook.xml", "sheet"):
        key = element.get(f"{{{_RELATION}}}id") or element.get(f"{{{_STRICT_RELATION}}}id")
        target = targets.get(key, "")
        found.append(target[1:] if target.startswith("/") else normpath(join(folder, target)))
    return found


def _span(ref: str) -> tuple[int, int, int] | None:
    found = match(r"([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)$", ref)
    if found is None or found[1] == found[3]:
        return None
    return int(found[2]), _column(found[1]), _column(found[3])


def _column(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


def ods_layouts(package: ZipFile) -> list[Layout]:
    """Of every sheet, in their order."""
    found: list[Layout] = []
    hidden: set[int] = set()
    spans: list[tuple[int, int, int]] = []
    row, column = 1, 0
    names = ("table", "table-row", "table-cell", "covered-table-cell")
    for element in _elements(package, "content.xml", *names):
        kind = element.tag.rpartition("}")[2]
        if kind == "table":
            found.append(Layout(frozenset(hidden), tuple(spans[:_MOST_SPANS])))
            hidden, spans, row = set(), [], 1
        elif kind == "table-row":
            times = _number(element, "number-rows-repeated")
            if element.get(f"{_TABLE}visibility") in {"collapse", "filter"} and row <= 2 * MAX_ROWS:
                hidden.update(range(row, row + min(times, MAX_ROWS)))
            row, column = row + times, 0
        else:
            wide = _number(element, "number-columns-spanned")
            if wide > 1 and column < MAX_COLUMNS:
                spans.append((row, column, column + wide - 1))
            column += _number(element, "number-columns-repeated")
    return found


def _number(element: Any, name: str) -> int:
    said = element.get(f"{_TABLE}{name}", "1")
    return max(int(said), 1) if said.isdigit() and len(said) < 9 else 1


def _elements(package: ZipFile, path: str, *names: str) -> Iterator[Any]:
    """Elements of those names as they end, each forgotten afterwards."""
    try:
        with package.open(path) as part:
            events = etree.iterparse(
                part, tag=[f"{{*}}{name}" for name in names],
                resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
            )  # fmt: skip
            for _event, element in events:
                yield element
                element.clear()
                while element.getprevious() is not None and element.getparent() is not None:
                    del element.getparent()[0]
    except (etree.XMLSyntaxError, KeyError) as error:
        raise Refused("broken") from error
