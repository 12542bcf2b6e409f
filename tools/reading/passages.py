"""The files to measure with, and what our readers make of one as lines of a page."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from sutarta.core.documents import Block, Document, Kind
from sutarta.formats.docx import Reading
from sutarta.formats.reading import ENDINGS, Refused

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "documents"


@dataclass(frozen=True)
class Passage:
    """One paragraph as it stands on the page.

    number   the automatic number before it, "" for none
    inside   whether it stands in a table cell, where the number is the first of its words
    """

    number: str
    text: str
    inside: bool = False


def chosen(description: str) -> list[Path]:
    """The files named on the command line, else the Word files of the shared data."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    return parser.parse_args().files or sorted(SHARED.glob("docx_*/*.docx"))


def reading_of(file: Path) -> Reading | str:
    """What we make of a file, or the code it is refused with."""
    reader = import_module(f"sutarta.formats.{ENDINGS[file.suffix.lower()]}")
    try:
        reading: Reading = reader.read(file.read_bytes())
    except Refused as refused:
        return refused.code
    return reading


def passages(document: Document) -> Iterator[Passage]:
    """The text in order, without notes and the pictures' captions."""
    for block in document.blocks:
        if block.kind is Kind.ROW:
            for text in _cells(block):
                yield Passage("", text, inside=True)
        elif block.kind is not Kind.FOOTNOTE and block.kind is not Kind.TABLE and block.text:
            yield Passage(block.number, block.text)


def _cells(row: Block) -> Iterator[str]:
    for cell in row.cells:
        yield from cell.text.split("\n") if cell.text else ()
