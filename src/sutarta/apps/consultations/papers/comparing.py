"""The comparative version: the whole newer text with what was struck and put in, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from sutarta.apps.consultations import causes
from sutarta.apps.consultations.papers import framing
from sutarta.apps.consultations.papers.reading import published
from sutarta.apps.consultations.queries import comparison as queries
from sutarta.apps.consultations.queries.comparison import Change, Compared
from sutarta.apps.consultations.queries.reasons import Reason
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.apps.ui.marks import STATUSES
from sutarta.core.documents import Block, Kind, Pair
from sutarta.formats.papers import (
    Cell,
    Figure,
    Heading,
    Paper,
    Piece,
    Remark,
    Row,
    Run,
    Runs,
    Table,
    Words,
    plain,
    runs_of,
)


def comparison(group: Group, old: Version, new: Version) -> Paper:
    """What changed from `old` to `new`, both published and of one strategy."""
    compared = queries.compared(old, new)
    strategy = new.strategy
    title = _("Comparative version: %(title)s") % {"title": strategy.title}
    running = _("version %(old)s compared with version %(new)s") % {
        "old": old.number,
        "new": new.number,
    }
    pieces = tuple(_Laying(compared).pieces())
    paper = framing.framed(group, title, strategy.language, new.published_at, pieces, running)
    shown = {piece.image for piece in pieces if isinstance(piece, Figure)}
    return replace(
        paper,
        lead=(f"{published(old)} → {published(new)}", _count(len(compared.changes))),
        legend=framing.legend(reasons=True),
        tracked=True,
        pictures=framing.pictures(group, shown - {""}),
    )


def _count(changes: int) -> str:
    return _("Passages changed: %(n)s") % {"n": changes}


class _Laying:
    """Puts the pairs of a comparison down as pieces; rows gather in their tables."""

    def __init__(self, compared: Compared) -> None:
        self._pairs = compared.found.pairs
        self._changes = {change.pair.id: change for change in compared.changes}
        self._depths: list[int] = []

    def pieces(self) -> Iterator[Piece]:
        table: Pair | None = None
        rows: list[Pair] = []
        for pair in self._pairs:
            if pair.kind is Kind.ROW:
                rows.append(pair)
                continue
            if table or rows:
                yield _table(table, rows, self._remarks([*rows, *([table] if table else [])]))
                table, rows = None, []
            if pair.kind is Kind.TABLE:
                table = pair
            else:
                yield self._piece(pair)
        if table or rows:
            yield _table(table, rows, self._remarks([*rows, *([table] if table else [])]))

    def _piece(self, pair: Pair) -> Piece:
        block = (pair.new or pair.old)[0]
        runs, remarks = _runs(pair), self._remarks([pair])
        number = (pair.new_numbers or pair.old_numbers)[0]
        if block.kind is Kind.HEADING and pair.new:
            shown = "" if block.number else number
            return Heading(runs, self._depth(block), block.number, block.id, shown, remarks)
        if block.kind is Kind.FIGURE:
            alt = block.alt or block.text or _("A picture without a description")
            image = block.image if pair.new else ""
            return Figure(image, alt, runs, block.id, number)
        own = block.label if block.kind is Kind.FOOTNOTE else block.number
        is_item = block.kind is Kind.ITEM
        depth = block.level if is_item else 0
        return Words(runs, own, is_item, depth, anchor=block.id, shown=number, remarks=remarks)

    def _depth(self, block: Block) -> int:
        while self._depths and self._depths[-1] >= block.level:
            self._depths.pop()
        self._depths.append(block.level)
        return len(self._depths)

    def _remarks(self, pairs: Sequence[Pair]) -> tuple[Remark, ...]:
        found = (self._changes.get(pair.id) for pair in pairs)
        return tuple(_remark(change) for change in found if change)


def _runs(pair: Pair) -> Runs:
    if pair.words and pair.is_change and any(change.op != "same" for change in pair.words):
        return framing.redlined(pair.words)
    return runs_of((pair.new or pair.old)[0].spans)


def _table(table: Pair | None, rows: Sequence[Pair], remarks: tuple[Remark, ...]) -> Table:
    firsts = [(pair.new or pair.old)[0] for pair in rows]
    heads = next((at for at, block in enumerate(firsts) if not block.header), len(firsts))
    return Table(
        rows=tuple(map(_row, rows)),
        heads=heads,
        caption=_runs(table) if table else (),
        anchor=table.id if table else "",
        shown=(table.new_numbers or table.old_numbers)[0] if table else "",
        remarks=remarks,
    )


def _row(pair: Pair) -> Row:
    block = (pair.new or pair.old)[0]
    if not pair.old or not pair.new:
        cells = tuple(
            Cell(tuple(map(runs_of, cell.paragraphs)), cell.colspan, cell.rowspan)
            for cell in block.cells
        )
        return Row(cells, block.id, "gone" if pair.old else "new")
    if pair.is_change and pair.cells:
        same_shape = len(pair.cells) == len(block.cells)
        spans = [(c.colspan, c.rowspan) for c in block.cells] if same_shape else []
        spans = spans or [(1, 1)] * len(pair.cells)
        redlines = map(framing.redlined, pair.cells)
        return Row(tuple(Cell((runs,), *span) for runs, span in zip(redlines, spans, strict=True)))
    cells = tuple(
        Cell(tuple(map(runs_of, cell.paragraphs)), cell.colspan, cell.rowspan, cell.header)
        for cell in block.cells
    )
    return Row(cells, block.id)


def _remark(change: Change) -> Remark:
    """Where it moved from, and every reason: the cause, who asked, the sentence for the public."""
    lines: list[Runs] = []
    if change.moved_from:
        moved = _("Passage %(number)s: moved here from %(old)s.")
        lines.append(plain(moved % {"number": change.number, "old": change.moved_from}))
    if not change.reasons:
        lines.append(_line(change.number, str(causes.CAUSES[queries.NONE].word)))
    lines += [_line(change.number, _reason(reason), reason.link) for reason in change.reasons]
    return Remark(tuple(lines))


def _line(number: str, words: str, link: str = "") -> Runs:
    start = Run(f"{number}: ", ("bold",))
    return (start, Run(words), *((Run(" "), Run(link, link=link)) if link else ()))


def _reason(reason: Reason) -> str:
    if reason.number is None:
        said = str(causes.CAUSES[reason.cause].word)  # type: ignore[index]
    else:
        outcome = str(STATUSES[reason.outcome].word).lower() if reason.outcome else ""
        said = ", ".join(filter(None, (wording.nr(reason.number), reason.author, outcome)))
    return f"{said}. {reason.note}".strip() if reason.note else f"{said}."
