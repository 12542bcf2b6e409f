"""A compared table as a piece of a paper: rows and cells that came, went or changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sutarta.core.documents import Block, Kind, Pair, Side, Step
from sutarta.core.documents import Cell as BlockCell
from sutarta.formats.papers import Cell, Mark, Remark, Row, Runs, Table, runs_of

from .runs import marked, redlined

Beside = Sequence[tuple[int | None, int | None]]
_EMPTY = BlockCell(((),))


def is_of_a_table(block: Block) -> bool:
    return block.kind in (Kind.TABLE, Kind.ROW)


def table(group: Sequence[Step], remarks: tuple[Remark, ...], *, exact: bool) -> Table:
    """The rows of one table, its own step first if it has one.

    exact   a row whose columns are not the same ones is taken out whole and put in whole
    """
    head = group[0] if group[0].block.kind is Kind.TABLE else None
    steps = [step for step in group if step is not head]
    widest = max((step.pair.beside for step in steps), key=len, default=())
    firsts = [step.block for step in steps]
    heads = next((at for at, block in enumerate(firsts) if not block.header), len(firsts))
    rows = [list(_rows(step, widest, exact=exact)) for step in steps]
    return Table(
        rows=tuple(row for made in rows for row in made),
        heads=sum(map(len, rows[:heads])),
        caption=_caption(head, exact=exact) if head else (),
        anchor=head.block.id if head else "",
        shown=(head.pair.new_numbers or head.pair.old_numbers)[0] if head else "",
        remarks=remarks,
    )


def _caption(step: Step, *, exact: bool) -> Runs:
    spans = step.block.spans
    if step.side is not Side.BOTH and (exact or not step.pair.is_moved):
        return marked(runs_of(spans), "gone" if step.side is Side.OLD else "new")
    [(runs, _end)] = redlined(step.pair.words, [step.pair.old[0].spans], [spans])
    return runs


def _rows(step: Step, widest: Beside, *, exact: bool) -> Iterator[Row]:
    pair = step.pair
    if step.side is Side.BOTH:
        if exact and any(None in cells for cells in pair.beside):
            yield Row(tuple(map(_whole, pair.old[0].cells)), "", "gone")
            yield Row(tuple(map(_whole, pair.new[0].cells)), step.block.id, "new")
        else:
            yield Row(tuple(_cells(pair, exact=exact)), step.block.id)
        return
    if pair.beside and not exact:
        yield Row(tuple(_cells(pair, exact=exact)), step.block.id)
        return
    mark: Mark = "gone" if step.side is Side.OLD else "new"
    cells = step.block.cells
    if not exact:
        cells = _spread(cells, [columns[step.side is Side.NEW] for columns in widest])
    yield Row(tuple(map(_whole, cells)), step.block.id, mark)


def _spread(cells: Sequence[BlockCell], places: Sequence[int | None]) -> tuple[BlockCell, ...]:
    """Cells of a row of one version with room where only the other one has a column."""
    if len(cells) != sum(place is not None for place in places):
        return tuple(cells)
    return tuple(_EMPTY if place is None else cells[place] for place in places)


def _whole(cell: BlockCell) -> Cell:
    return Cell(tuple(map(runs_of, cell.paragraphs)), cell.colspan, cell.rowspan, cell.header)


def _cells(pair: Pair, *, exact: bool) -> Iterator[Cell]:
    [old], [new] = pair.old, pair.new
    for (was, now), changes in zip(pair.beside, pair.cells, strict=True):
        before = _EMPTY if was is None else old.cells[was]
        after = _EMPTY if now is None else new.cells[now]
        look = before if now is None else after
        if pair.is_change or (exact and before.text != after.text):
            made = redlined(changes, before.paragraphs, after.paragraphs)
        else:
            made = [(runs_of(spans), "") for spans in after.paragraphs]
        ends = tuple(end for _runs, end in made)
        yield Cell(
            tuple(runs for runs, _end in made),
            look.colspan,
            look.rowspan,
            look.header,
            ends if any(ends) else (),
        )
