"""What a person corrected in the preview, laid over the document as it was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import TypedDict

from sutarta.core.documents import Block, Cell, Document, Kind, Span

HEADING_LEVELS = (1, 2, 3, 4)
CAN_BE_HEADINGS = (Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM)


class Correction(TypedDict, total=False):
    """One correction: a kind and level, a picture's words, or that a table has a header row."""

    kind: str
    level: int
    alt: str
    header: bool


class BadCorrection(ValueError):
    """The correction does not fit the block: only a programming error or a forged form does it."""


def places(document: Document) -> list[str]:
    """A name for each block that survives reading the same file with other tracked changes.

    Made of kind, part and paragraph; blocks of one paragraph are counted: "figure:...:12#2".
    """
    seen: Counter[str] = Counter()
    names = []
    for position, block in enumerate(document.blocks):
        name = _place(block, position)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return names


def _place(block: Block, position: int) -> str:
    if block.source is None:
        return f"{block.kind}::{position}"
    return f"{block.kind}:{block.source.part}:{block.source.index}"


def checked(block: Block, correction: Correction) -> Correction:
    """The correction when it fits the block. Raises BadCorrection."""
    match correction:
        case {"kind": "heading", "level": level, **rest} if not rest:
            fits = block.kind in CAN_BE_HEADINGS and level in HEADING_LEVELS
        case {"kind": "paragraph", **rest} if not rest:
            fits = block.kind in CAN_BE_HEADINGS
        case {"alt": str(), **rest} if not rest:
            fits = block.kind is Kind.FIGURE
        case {"header": bool(), **rest} if not rest:
            fits = block.kind is Kind.TABLE
        case _:
            fits = False
    if not fits:
        raise BadCorrection(f"{correction!r} does not fit a {block.kind}")
    return correction


def placed(document: Document) -> Document:
    """The document as read, with ids "p0", "p1", ... after the blocks' positions.

    A reading names blocks by position, unless a bookmark of ours brought an id back; its links
    "#3" or "#b..." lead there.
    """
    names = {block.id or str(at): f"#p{at}" for at, block in enumerate(document.blocks)}

    def relinked(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(
            replace(span, link=names[span.link[1:]]) if span.link[1:] in names else span
            for span in spans
        )

    def cell(old: Cell) -> Cell:
        return replace(old, paragraphs=tuple(relinked(spans) for spans in old.paragraphs))

    blocks, table = [], ""
    for position, block in enumerate(document.blocks):
        table = f"p{position}" if block.kind is Kind.TABLE else table
        blocks.append(
            replace(
                block,
                id=f"p{position}",
                spans=relinked(block.spans),
                cells=tuple(map(cell, block.cells)),
                table=table if block.kind is Kind.ROW else "",
            )
        )
    return replace(document, blocks=tuple(blocks))


def apply(document: Document, corrections: Mapping[str, Correction]) -> Document:
    """The document with the corrections; those of places that are not there are passed over."""
    blocks = list(document.blocks)
    for position, place in enumerate(places(document)):
        if place in corrections:
            _correct(blocks, position, corrections[place])
    return replace(document, blocks=tuple(blocks))


def _correct(blocks: list[Block], position: int, correction: Correction) -> None:
    block = blocks[position]
    if "kind" in correction:
        kind = Kind(correction["kind"])
        blocks[position] = replace(block, kind=kind, level=correction.get("level", 0))
    elif "alt" in correction:
        blocks[position] = replace(block, alt=correction["alt"])
    elif position + 1 < len(blocks) and blocks[position + 1].kind is Kind.ROW:
        blocks[position + 1] = _headed(blocks[position + 1], correction["header"])


def _headed(row: Block, header: bool) -> Block:
    cells = tuple(replace(cell, header=header) for cell in row.cells)
    return replace(row, header=header, cells=cells)
