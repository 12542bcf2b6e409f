"""Where the cells of a table stand on its grid, and how wide its columns should be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .paper import Cell, Row, text_of

TABLE_WIDTH, LETTER, PADDING = 465, 5.6, 9  # points, of letters as large as in tables
WORD = re.compile(r"[^ \t\n]+")  # a space that does not break joins: 1 195 000,00 is one word
MUCH_TEXT = 160  # letters; a cell that holds more makes its column no wider


@dataclass(frozen=True)
class Placed:
    """A cell with its place from 0; `rows`: how many it covers within its part of the table."""

    cell: Cell
    row: int
    column: int
    rows: int


def place(rows: Sequence[Row], heads: int = 0) -> list[list[Placed]]:
    """Each row's cells on the grid: beside those that reach down from above, never over them.

    heads   rows of the head; no cell reaches from the head into the body, or out of the table
    """
    taken: set[tuple[int, int]] = set()
    grid = []
    for at, row in enumerate(rows):
        end = heads if at < heads else len(rows)
        grid.append([_placed(cell, at, end, taken) for cell in row.cells])
    return grid


def widths(grid: Sequence[Sequence[Placed]]) -> list[float]:
    """Widths of the columns in points: room for the longest word of each, the rest by bulk.

    Their sum may exceed TABLE_WIDTH; the letters must then be smaller by as much.
    """
    cells = [each for row in grid for each in row]
    columns = max((each.column + each.cell.colspan for each in cells), default=1)
    longest, bulk = [2] * columns, [4] * columns
    for each in cells:
        if each.cell.colspan > 1:
            continue
        text = " ".join(map(text_of, each.cell.paragraphs))
        longest[each.column] = max([longest[each.column], *map(len, WORD.findall(text))])
        bulk[each.column] = max(bulk[each.column], min(len(text), MUCH_TEXT))
    least = [LETTER * length + PADDING for length in longest]
    left = max(TABLE_WIDTH - sum(least), 0)
    share = [left * each / sum(bulk) for each in bulk]
    return [round(one + more, 1) for one, more in zip(least, share, strict=True)]


def _placed(cell: Cell, row: int, end: int, taken: set[tuple[int, int]]) -> Placed:
    rows = max(min(cell.rowspan, end - row), 1)
    column = 0
    while any((row, column + step) in taken for step in range(cell.colspan)):
        column += 1
    for down in range(rows):
        taken.update((row + down, column + step) for step in range(cell.colspan))
    return Placed(cell, row, column, rows)
