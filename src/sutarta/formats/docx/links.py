"""Links inside the document: from Word's bookmarks to blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from sutarta.core.documents.blocks import Block, Span

from .findings import Place, PlaceMap
from .lineage import TABLE_MARK
from .ooxml import Element, position, q
from .runs import join
from .tables import table_place

NAME = q("w:name")


def bookmarks(root: Element, part: str) -> dict[str, Place]:
    """Name of each bookmark -> the paragraph it stands in or before."""
    found: dict[str, Place] = {}
    for mark in root.iter(q("w:bookmarkStart")):
        name = str(mark.get(NAME, ""))
        if name and name not in found:
            found[name] = Place(part, position(mark))
    return found


def resolve(
    blocks: Sequence[Block], marks: Mapping[str, Place], places: PlaceMap
) -> tuple[Block, ...]:
    """Let "#bookmark" lead to the block's id, or to "#3", its index, while it has none.

    What leads nowhere is no link.
    """
    targets = {}
    for name, place in marks.items():
        is_table = name.startswith(TABLE_MARK)
        index = places.at_or_after(table_place(place) if is_table else place)
        if index is not None:
            targets[f"#{name}"] = f"#{blocks[index].id or index}"

    def settle(spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(join(replace(span, link=_target(span.link, targets)) for span in spans))

    return tuple(_with_spans(block, settle) for block in blocks)


def _target(link: str, targets: Mapping[str, str]) -> str:
    return targets.get(link, "") if link.startswith("#") else link


def _with_spans(block: Block, settle: Callable[[tuple[Span, ...]], tuple[Span, ...]]) -> Block:
    if "#" not in {span.link[:1] for span in _all_spans(block)}:
        return block
    cells = tuple(
        replace(cell, paragraphs=tuple(settle(spans) for spans in cell.paragraphs))
        for cell in block.cells
    )
    return replace(block, spans=settle(block.spans), cells=cells)


def _all_spans(block: Block) -> Iterator[Span]:
    yield from block.spans
    for cell in block.cells:
        for paragraph in cell.paragraphs:
            yield from paragraph
