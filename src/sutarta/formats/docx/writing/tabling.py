"""A table of the file told as the new text has it, row by row."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sutarta.core.documents import Block, Kind
from sutarta.core.documents.anchors.order import in_order
from sutarta.formats.docx.ooxml import W_P, W_TR, Element
from sutarta.formats.docx.tracked import visible_after

from .opened import NotPatched
from .rows import fits, new_table, retell_row, row_like, strike_row
from .scene import Scene


def retell_table(table: Element, block: Block, rows: Sequence[Block], scene: Scene) -> None:
    """Let a table have these rows: others are struck, new ones and those from elsewhere put in."""
    steady = _steady(block, rows, scene)
    gone = {
        scene.opened.holder(old): scene.pen(old.id)
        for old in scene.rows_of(block.id)
        if old.id not in steady
    }
    last: Element | None = None
    for row in rows:
        old = scene.olds[row.id] if row.id in steady else None
        if old is not None:
            last = scene.opened.holder(old)
            if fits(last, old, row) and row.id not in scene.renewed:
                retell_row(last, old, row, scene.scribe(old), scene.pen(row.id))
                scene.done(row, scene.opened.paragraph(old))
                continue
            gone[last] = scene.pen(row.id)
        last = _put(table, row, last, gone, scene)
    for holder, pen in gone.items():
        strike_row(holder, pen)


def insert_table(block: Block, rows: Sequence[Block], scene: Scene) -> Element | None:
    """A new table, to be put somewhere; None without rows."""
    made = new_table([block, *rows], scene.scribe(), scene.pen(block.id))
    if made is not None:
        for row, element in zip(rows, made.findall(W_TR), strict=False):
            scene.done(row, next(element.iter(W_P)))
        scene.done(block, next(made.iter(W_P)))
    return made


def strike_table(block: Block, scene: Scene) -> None:
    for row in scene.rows_of(block.id):
        strike_row(scene.opened.holder(row), scene.pen(block.id))


def _steady(block: Block, rows: Sequence[Block], scene: Scene) -> set[str]:
    """Rows that stood in this table and go on in the same order."""
    known = [
        row
        for row in rows
        if (old := scene.olds.get(row.id)) and old.kind is Kind.ROW and old.table == block.id
    ]
    places = {scene.order[row.id]: at for at, row in enumerate(known)}
    return {known[places[at]].id for at in in_order(places)}


def _put(
    table: Element, row: Block, last: Element | None, gone: Collection[Element], scene: Scene
) -> Element:
    """Put a new row in behind `last` and whatever goes there; it looks like that one."""
    pattern = last if last is not None else next(table.iter(W_TR), None)
    if pattern is None:
        raise NotPatched("a table without rows")
    made = row_like(pattern, row.cells, scene.scribe(), scene.pen(row.id))
    if last is None:
        pattern.addprevious(made)
    else:
        while (after := visible_after(last)) is not None and after in gone:
            last = after
        last.addnext(made)
    scene.done(row, next(made.iter(W_P)))
    return made
