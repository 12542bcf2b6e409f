"""Finding the passage that somebody in the demo means."""

from __future__ import annotations

from collections.abc import Sequence

from sutarta.core.documents import Block, Document, Kind


class NoSuchPlace(LookupError):
    """The demo's texts speak of a passage that its document does not have."""


def find(document: Document, where: str) -> Block:
    """The passage named by "heading > beginning > item".

    heading     its number, such as 6.3.1, or how its title begins
    beginning   how the passage under it begins, or words that stand in it; without it the first
                paragraph under the heading is meant
    item        the how manieth list item after that passage, from 1

    Hard spaces count as spaces. Raises NoSuchPlace.
    """
    heading, *rest = (part.strip() for part in where.split(" > "))
    section = _section(document.blocks, heading, where)
    if not rest:
        return next((block for block in section if block.kind is Kind.PARAGRAPH), section[0])
    found = _passage(section, rest[0], where)
    return _item(section, found, int(rest[1]), where) if len(rest) > 1 else found


def longest(document: Document) -> Block:
    """The longest paragraph."""
    return max(document.blocks, key=lambda block: (block.kind == Kind.PARAGRAPH, len(block.text)))


def spaced(text: str) -> str:
    """The text with common spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _section(blocks: Sequence[Block], heading: str, where: str) -> Sequence[Block]:
    """The heading and everything under it, smaller headings included."""
    for start, block in enumerate(blocks):
        if block.kind is Kind.HEADING and _is_named(block, heading):
            after = range(start + 1, len(blocks))
            ends = (
                at
                for at in after
                if blocks[at].kind is Kind.HEADING and blocks[at].level <= block.level
            )
            return blocks[start : next(ends, len(blocks))]
    raise NoSuchPlace(where)


def _is_named(block: Block, heading: str) -> bool:
    if heading[0].isdigit() and " " not in heading:
        return block.number.rstrip(".") == heading
    return spaced(f"{block.number} {block.text}").strip().startswith(heading) or spaced(
        block.text
    ).startswith(heading)


def _passage(section: Sequence[Block], words: str, where: str) -> Block:
    for fits in (str.startswith, str.__contains__):
        for block in section[1:]:
            if fits(spaced(block.text), words):
                return block
    raise NoSuchPlace(where)


def _item(section: Sequence[Block], found: Block, nth: int, where: str) -> Block:
    items = [block for block in section[section.index(found) + 1 :] if block.kind is Kind.ITEM]
    if nth > len(items):
        raise NoSuchPlace(where)
    return items[nth - 1]
