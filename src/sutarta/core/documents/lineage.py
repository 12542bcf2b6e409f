"""Lineage ids: the id a block keeps through versions while it is the same passage."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sutarta.core.canonical import canonical_bytes
from sutarta.core.documents.anchors import Fate, match
from sutarta.core.documents.blocks import Block, Cell, Document, Kind, Span
from sutarta.core.documents.store import dump_block


@dataclass(frozen=True)
class Inheritance:
    """The new version with its ids, and what became of every block of the old one."""

    document: Document
    fates: tuple[Fate, ...]


def identify(document: Document, seed: str) -> Document:
    """Give every block without an id a fresh one; rows are told their table.

    seed   names the version, so that equal texts of two versions get different ids

    Ids are "b" and ten characters of base32, computed from seed, place and content. Of
    blocks that share an id the first keeps it.
    """
    ids: list[str] = []
    seen = {""}
    for block in document.blocks:
        ids.append("" if block.id in seen else block.id)
        seen.add(block.id)
    return _named(document, ids, seed, set())


def inherit(old: Document, new: Document, seed: str) -> Inheritance:
    """Give the blocks of `new` the ids of the blocks of `old` that they continue.

    All others get fresh ids that no old block has; ids that `new` brings along count only
    as a hint. Of a split block the first part carries the id on; of merged blocks the one
    whose words weigh most. Doubtful blocks pass no id on: see `reassign`.
    """
    fates = tuple(match(old.blocks, new.blocks))
    ids = [""] * len(new.blocks)
    for fate in fates:
        if fate.leads:
            ids[fate.new[0]] = old.blocks[fate.old].id
    return Inheritance(_named(new, ids, seed, {block.id for block in old.blocks}), fates)


def reassign(document: Document, new_id: str, old_id: str | None) -> Document:
    """Follow a person's decision: the block `new_id` continues the old block `old_id`.

    With None the block continues nothing and gets a fresh id. Rows and links follow.
    Raises ValueError when no block has `new_id`, or one has `old_id` already.
    """
    present = {block.id for block in document.blocks}
    if new_id not in present:
        raise ValueError(f"no block {new_id!r} in this document")
    if old_id in present:
        raise ValueError(f"block {old_id!r} is in this document already")
    ids = [block.id for block in document.blocks]
    ids[ids.index(new_id)] = old_id or ""
    return _named(document, ids, new_id, present)


def _named(document: Document, ids: list[str], seed: str, avoid: set[str]) -> Document:
    """Put `ids` on the blocks, fresh ones where empty; tables and links follow."""
    taken = avoid | set(ids)
    given = []
    for at, (block, known) in enumerate(zip(document.blocks, ids, strict=True)):
        given.append(known or _fresh(seed, at, block, taken))
        taken.add(given[-1])
    # A block without an id is linked to by its position: "#12".
    renamed = {
        block.id or str(at): new
        for at, (block, new) in enumerate(zip(document.blocks, given, strict=True))
        if block.id != new
    }
    relinked = _relinked(renamed)
    table, blocks = "", []
    for block, new in zip(document.blocks, given, strict=True):
        table = new if block.kind is Kind.TABLE else table
        row_table = table if block.kind is Kind.ROW else block.table
        blocks.append(relinked(replace(block, id=new, table=row_table)))
    return replace(document, blocks=tuple(blocks))


def _fresh(seed: str, at: int, block: Block, taken: set[str]) -> str:
    content = {name: value for name, value in dump_block(block).items() if name != "id"}
    attempt = 0
    while True:
        source = canonical_bytes([seed, at, attempt, content])
        name = base64.b32encode(hashlib.sha256(source).digest()).decode().lower()[:10]
        if f"b{name}" not in taken:
            return f"b{name}"
        attempt += 1


def _relinked(renamed: Mapping[str, str]) -> Callable[[Block], Block]:
    """A function that turns links to renamed blocks to their new ids."""

    def span(one: Span) -> Span:
        target = renamed.get(one.link[1:]) if one.link.startswith("#") else None
        return replace(one, link=f"#{target}") if target else one

    def spans(many: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(map(span, many))

    def cell(one: Cell) -> Cell:
        return replace(one, paragraphs=tuple(map(spans, one.paragraphs)))

    def block(one: Block) -> Block:
        return replace(one, spans=spans(one.spans), cells=tuple(map(cell, one.cells)))

    return block if renamed else lambda one: one
