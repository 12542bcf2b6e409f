"""Block lists: passages as plain JSON, from any program that has them.

A list of objects, in reading order:

    id        names the passage in this list; any JSON value but null
    kind      "heading", "para" or "paragraph", "li" or "item", "row"; "para" when left out
    text      its words; the cells of a row stand between " | "
    section   titles of the headings it stands under, between " > "; "" above the first
    cells     of a row, instead of the text: its cells
    level     of a heading 1 to 9, of an item its depth from 0; else read off the section
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sutarta.core.documents import Block, Cell, Kind, Span

KINDS = {
    "heading": Kind.HEADING,
    "para": Kind.PARAGRAPH,
    "paragraph": Kind.PARAGRAPH,
    "li": Kind.ITEM,
    "item": Kind.ITEM,
    "row": Kind.ROW,
}
BETWEEN_CELLS = " | "
BETWEEN_TITLES = " > "
DEEPEST = 9


class BadList(ValueError):
    """The JSON is no block list; the text says where it stops being one."""


@dataclass(frozen=True)
class BlockList:
    """Passages as core.documents has them, and what their list calls them.

    blocks   every passage, and a table block before the rows of each table
    names    the id of each block in its list; None for the table blocks put in
    """

    blocks: tuple[Block, ...]
    names: tuple[Any, ...]


def parse(data: bytes | str) -> BlockList:
    """Read a block list from JSON. Raises BadList.

    >>> found = parse('[{"id": 7, "kind": "heading", "text": "2. Tikslai", "section": ""}]')
    >>> found.names, found.blocks[0].kind.value, found.blocks[0].level
    ((7,), 'heading', 1)
    """
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadList("This is not JSON.") from error
    return read(value)


def read(value: object) -> BlockList:
    """The same from JSON that was parsed already. Raises BadList."""
    if not isinstance(value, list):
        raise BadList("A block list is a JSON list of passages.")
    rows = [_checked(one, place) for place, one in enumerate(value)]
    names = [json.dumps(row["id"], sort_keys=True) for row in rows]
    if len(set(names)) != len(names):
        raise BadList("Two passages of the list have the same id.")
    placed = list(_with_tables(rows))
    return BlockList(tuple(block for block, _ in placed), tuple(name for _, name in placed))


def text_of(block: Block) -> str:
    """The words of a block as a list has them: the cells of a row between " | ".

    >>> text_of(Block(Kind.ROW, cells=(Cell(((Span("A"),),)), Cell(((Span("B"),),)))))
    'A | B'
    """
    if block.kind is Kind.ROW:
        return BETWEEN_CELLS.join(cell.text for cell in block.cells)
    return block.text


def _checked(one: object, place: int) -> Mapping[str, Any]:
    if not isinstance(one, dict) or one.get("id") is None:
        raise BadList(f"Passage {place + 1} of the list has no id.")
    kind = one.get("kind", "para")
    if not isinstance(kind, str) or kind not in KINDS:
        raise BadList(f"Passage {place + 1} is of no known kind: {kind!r}.")
    texts = [one.get("text", ""), one.get("section", ""), *_listed(one.get("cells", []))]
    if not all(isinstance(text, str) for text in texts):
        raise BadList(f"The words of passage {place + 1} are not text.")
    level = one.get("level", 0)
    if not isinstance(level, int) or not 0 <= level <= DEEPEST:
        raise BadList(f"The level of passage {place + 1} is not between 0 and {DEEPEST}.")
    return one


def _listed(cells: object) -> Sequence[object]:
    return cells if isinstance(cells, list) else [cells]


def _with_tables(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[Block, Any]]:
    """Neighbouring rows of one section are a table: the list does not say where one ends."""
    table = None
    for row in rows:
        block = _block(row)
        here = row.get("section", "") if block.kind is Kind.ROW else None
        if here is not None and here != table:
            yield Block(Kind.TABLE), None
        table = here
        yield block, row["id"]


def _block(row: Mapping[str, Any]) -> Block:
    kind, text = KINDS[row.get("kind", "para")], row.get("text", "")
    if kind is Kind.ROW:
        cells = row.get("cells") or text.split(BETWEEN_CELLS)
        return Block(kind, cells=tuple(Cell(((Span(cell),),)) for cell in cells))
    return Block(kind, (Span(text),) if text else (), level=_level(row, kind))


def _level(row: Mapping[str, Any], kind: Kind) -> int:
    if kind is not Kind.HEADING:
        return int(row.get("level", 0)) if kind is Kind.ITEM else 0
    titles = [one for one in row.get("section", "").split(BETWEEN_TITLES) if one]
    return int(row.get("level") or min(DEEPEST, len(titles) + 1))
