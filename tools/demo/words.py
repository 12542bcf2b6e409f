"""Reading the plain text a demonstration document is written in.

% title, %% subtitle      # heading, ## and ### below it     - item, two spaces deeper each
1) lettered item          !figure caption                    !table caption
|| header row |           | row |                            <br> new paragraph in a cell
> goes on to the right, ^ is covered from above              **bold**    ^[footnote]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NUMBER = re.compile(r"(?<=\d) (?=\d{3}\b)")
_UNIT = re.compile(r"(?<=\d) (?=(?:m|d|val|proc|g|pav|lentelė)\b|eur|žmo|km)")


@dataclass(frozen=True)
class Part:
    """One thing in the text: kind is title, subtitle, heading, item, step, figure, table, text."""

    kind: str
    words: str
    level: int = 0
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One row of a table; ">" and "^" stand for cells covered from the left and from above."""

    cells: list[str]
    is_header: bool


def parts(text: str) -> Iterator[Part]:
    """The parts of the text in order."""
    table: Part | None = None
    for line in filter(str.strip, _joined(text).splitlines()):
        if line.startswith("|") and table:
            table.rows.append(_row(line))
            continue
        if table:
            yield table
        table = None
        part = _part(line)
        if part.kind == "table":
            table = part
        else:
            yield part
    if table:
        yield table


def _joined(text: str) -> str:
    """Numbers and units kept together, as careful writers do in Word."""
    return _UNIT.sub("\u00a0", _NUMBER.sub("\u00a0", text))


def _part(line: str) -> Part:
    mark, _, words = line.strip().partition(" ")
    if re.fullmatch(r"#+", mark):
        return Part("heading", words, level=len(mark))
    if mark == "-":
        return Part("item", words, level=(len(line) - len(line.lstrip())) // 2)
    kinds = {"%": "title", "%%": "subtitle", "1)": "step", "!figure": "figure", "!table": "table"}
    return Part(kinds[mark], words) if mark in kinds else Part("text", line)


def _row(line: str) -> Row:
    is_header = line.startswith("||")
    inner = line.strip().removeprefix("||").removeprefix("|").removesuffix("|")
    cells: list[str] = []
    for cell in (part.strip() for part in inner.split("|")):
        words = cell.rstrip(">").strip()
        cells += [words] + [">"] * (len(cell) - len(cell.rstrip(">")))
    return Row(cells, is_header)
