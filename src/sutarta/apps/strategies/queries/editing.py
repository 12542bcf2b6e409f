"""A draft being corrected: what was seen of a block, and everything done so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator

from sutarta.apps.people.models import User
from sutarta.apps.strategies.models import BlockEdit, Version
from sutarta.apps.strategies.queries.versions import newest
from sutarta.core.canonical import digest
from sutarta.core.documents import (
    Block,
    CannotEdit,
    Change,
    Document,
    Edit,
    Kind,
    display_numbers,
    dump_block,
    editing,
    load_block,
    redline,
)

ACTS_ON_A_PAGE = 30


@dataclass(frozen=True)
class Line:
    """One block in one act: its words before and after, as a person would mark them."""

    shown: str
    words: Sequence[Change]
    looks_only: bool
    lineage_id: str


@dataclass(frozen=True)
class Act:
    """What one person did in one go.

    kind   "reworded", "added", "removed", "moved", "split" or "merged"
    key    of any of its rows, to take it back
    """

    kind: str
    actor: User
    at: datetime
    lines: Sequence[Line]
    key: str
    can_undo: bool


def seen(block: Block) -> str:
    """A short name of exactly these words and looks."""
    return digest(dump_block(block))[:24]


def edit_of(row: BlockEdit) -> Edit:
    """The stored correction as core knows it."""
    return Edit(
        row.place,
        load_block(row.before) if row.before else None,
        load_block(row.after) if row.after else None,
    )


def acts(version: Version, number: object, block: str = "") -> tuple[Page[object], list[Act]]:
    """A page of what was done, newest first; `block` asks for one passage alone."""
    edits = version.edits.all()
    if block:
        edits = edits.filter(lineage_id=block)
    done = edits.order_by("-at", "actor").values_list("at", "actor").distinct()
    page = Paginator(done, ACTS_ON_A_PAGE).get_page(number)
    instants = [at for at, _actor in page]
    rows = version.edits.filter(at__in=instants).select_related("actor").order_by("-at", "id")
    held: dict[tuple[datetime, object], list[BlockEdit]] = {key: [] for key in page}
    for row in rows:
        if (row.at, row.actor_id) in held:
            held[row.at, row.actor_id].append(row)
    document = version.document
    numbers = display_numbers(document)
    return page, [_act(made, document, numbers) for made in held.values()]


def changed_ids(version: Version) -> frozenset[str]:
    """Blocks of the draft that are new, or not word for word those of the version before."""
    before = newest(version.strategy)
    if before is None:
        return frozenset()
    former = {block.id for block in before.document.blocks}
    told = {id for row in version.passages.all() for id in row.new_ids}
    return frozenset(told | {block.id for block in version.document.blocks} - former)


def columns(document: Document, table: str) -> list[str]:
    """Names of a table's columns, when its first row names each of them."""
    rows = (block for block in document.blocks if block.kind is Kind.ROW and block.table == table)
    first = next(rows, None)
    if not table or first is None or not first.header or any(c.colspan > 1 for c in first.cells):
        return []
    return [" ".join(cell.text.split()) for cell in first.cells]


def may_join(document: Document, block_id: str) -> bool:
    """Whether the block and the next one are paragraphs or list items."""
    place = editing.place_of(document, block_id)
    pair = document.blocks[place : place + 2] if place is not None else ()
    return len(pair) == 2 and all(block.kind in editing.PROSE for block in pair)


def undoable(document: Document, made: Sequence[Edit]) -> bool:
    """Whether every block is still as these corrections left it."""
    try:
        editing.undone(document, made, [])
    except CannotEdit:
        return False
    return True


def kind_of(made: Sequence[Edit]) -> str:
    """What a person would call corrections made together."""
    put = {edit.after.id for edit in made if edit.after and not edit.before}
    taken = {edit.before.id for edit in made if edit.before and not edit.after}
    is_written = any(edit.before and edit.after for edit in made)
    if put and put == taken:
        return "moved"
    if put:
        return "split" if is_written else "added"
    if taken:
        return "merged" if is_written else "removed"
    return "reworded"


def _act(rows: Sequence[BlockEdit], document: Document, numbers: dict[str, str]) -> Act:
    made = [edit_of(row) for row in rows]
    kind = kind_of(made)
    told = [edit for edit in made if edit.after] if kind == "moved" else made
    return Act(
        kind=kind,
        actor=rows[0].actor,
        at=rows[0].at,
        lines=[_line(edit, numbers, moved=kind == "moved") for edit in told],
        key=str(rows[0].pk),
        can_undo=undoable(document, made),
    )


def _line(edit: Edit, numbers: dict[str, str], *, moved: bool) -> Line:
    before, after = _words(edit.before), _words(edit.after)
    block = edit.after or edit.before
    id = block.id if block else ""
    changes = [Change("same", after)] if moved else redline(before, after)
    looks_only = before == after and edit.before is not None
    return Line(numbers.get(id, ""), changes, looks_only, id)


def _words(block: Block | None) -> str:
    if block is None:
        return ""
    if block.kind is Kind.FIGURE:
        return " – ".join(filter(None, (block.text, block.alt)))
    return block.text.replace("\t", " · ")
