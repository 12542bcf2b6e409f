"""Files with separators: whose characters, which separator, and their rows."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections import Counter

from .sheet import MAX_CELL, MAX_COLUMNS, MAX_ROWS, Book, Refused, Row, Sheet, readable

SEPARATORS = (",", ";", "\t", "|")
_MARKS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
_LOOKED_AT = 50  # rows by which the separator is told
_SAID = "sep="  # a first line by which Excel is told the separator
_NO_TEXT = set(range(32)) - {9, 10, 12, 13}


def read_separated(data: bytes) -> Book:
    """The rows of the file as one sheet without a name.

    Characters: by the mark at the beginning, else UTF-16 where every other byte is nought, else
    UTF-8, else windows-1257, in which Lithuanian, Latvian and Estonian Windows writes. The
    separator is the one that divides most rows alike. Raises Refused.
    """
    text, encoding = _decoded(data)
    said = text[: len(_SAID) + 1]
    if said.lower().startswith(_SAID) and len(said) > len(_SAID):
        separator, text, offset = said[-1], text.partition("\n")[2], 1
    else:
        separator, offset = _separator(text), 0
    rows = tuple(_rows(text, separator, offset))
    return Book((Sheet("", rows),) if rows else (), encoding, separator)


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, name in _MARKS.items():
        if data.startswith(mark):
            return _in(data, (name,))
    if b"\0" in data[:4000]:
        even, odd = data[:4000:2].count(0), data[1:4000:2].count(0)
        # What is no text in pairs of bytes is a picture or a program: those hold nought, too.
        return _in(data, ("utf-16-le",) if odd > even else ("utf-16-be",), "neither")
    return _in(data, ("utf-8", "windows-1257"))


def _in(data: bytes, encodings: tuple[str, ...], otherwise: str = "encoding") -> tuple[str, str]:
    for name in encodings:
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if _NO_TEXT.intersection(map(ord, text[:10_000])):
            raise Refused("neither")  # a picture, a program: no signs of control stand in text
        return text.removeprefix("\ufeff"), name
    raise Refused(otherwise)


def _separator(text: str) -> str:
    """The one with which most rows have as many cells as the first, and more than one."""

    def fits(separator: str) -> tuple[int, int]:
        reader = csv.reader(io.StringIO(text[:200_000], newline=""), delimiter=separator)
        try:
            widths = [len(row) for _place, row in zip(range(_LOOKED_AT), reader, strict=False)]
        except csv.Error:
            return 0, 0
        counted = Counter(width for width in widths if width > 1)
        width, rows = counted.most_common(1)[0] if counted else (0, 0)
        return rows, width

    return max(SEPARATORS, key=fits)


def _rows(text: str, separator: str, offset: int) -> list[Row]:
    csv.field_size_limit(4 * MAX_CELL)
    found: list[tuple[int, tuple[str, ...]]] = []
    width = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for number, cells in enumerate(reader, start=1 + offset):
            if not any(cell.strip() for cell in cells):
                continue
            if len(found) >= MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise Refused("too_many")
            if max(map(len, cells)) > MAX_CELL:
                raise Refused("quotes" if _stays_open(text, separator) else "too_long")
            found.append((number, tuple(map(readable, cells))))
            width = max(width, len(cells))
    except csv.Error as error:
        raise Refused("quotes" if _stays_open(text, separator) else "too_long") from error
    if found and '"' in text and _stays_open(text, separator):
        raise Refused("quotes")
    return [Row(number, cells + ("",) * (width - len(cells))) for number, cells in found]


def _stays_open(text: str, separator: str) -> bool:
    """Only when it reads strictly does the module say so; but then it refuses what others take."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for _row in reader:
            pass
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False
