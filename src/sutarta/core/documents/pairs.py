"""A passage in two versions: what became of it, and its redline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from sutarta.core.documents.blocks import Block, Cell, Kind, Span
from sutarta.core.documents.columns import Beside, side_by_side
from sutarta.core.documents.redline import Change, Op, redline
from sutarta.core.documents.tokens import as_seen, only_numbers_differ

_NOTE = "\ufffc"  # stands for a reference to a note, whose label is counted by itself


class Turn(StrEnum):
    """What became of a passage between any two versions."""

    KEPT = "kept"
    LOOKS = "looks"
    REWORDED = "reworded"
    MOVED = "moved"
    SPLIT = "split"
    MERGED = "merged"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True)
class Pair:
    """A passage in both versions; of split or merged ones, all that belong together.

    turn         "kept": the same words in the same place; "looks": only marks, kind, level,
                 white space or the label of a note differ; "reworded": other words, or another
                 picture; "moved": the same words elsewhere
    old, new     its blocks in each version, in reading order; none in `old` when new, none in
                 `new` when gone
    old_numbers, new_numbers   short printed numbers of these blocks, in step with them
    section      id of the section of the new version where it is read, "" above the first
    old_section  title of the section of the old version where it stood, "" above the first
    is_moved     whether it stands elsewhere, whatever became of its words
    old_at, new_at   positions of these blocks in each version, from 0, in step with them
    beside       of a table row in both versions: its cells (place in the old row, place in the
                 new one) column by column, None where the column is not there
    """

    turn: Turn
    old: tuple[Block, ...]
    new: tuple[Block, ...]
    old_numbers: tuple[str, ...]
    new_numbers: tuple[str, ...]
    section: str
    old_section: str
    is_moved: bool
    old_at: tuple[int, ...] = ()
    new_at: tuple[int, ...] = ()
    beside: Beside = ()

    @property
    def id(self) -> str:
        """Lineage id it is spoken of by: in the new version, else in the old one."""
        return (self.new or self.old)[0].id

    @property
    def ids(self) -> frozenset[str]:
        """Every lineage id it bears in either version."""
        return frozenset(block.id for block in (*self.old, *self.new))

    @property
    def kind(self) -> Kind:
        return (self.new or self.old)[0].kind

    @property
    def is_change(self) -> bool:
        """Whether a reader has to be told why: the words, the place or the picture differ."""
        return self.turn not in (Turn.KEPT, Turn.LOOKS)

    @property
    def has_other_picture(self) -> bool:
        return _pictures(self.old) != _pictures(self.new)

    @cached_property
    def is_numbers(self) -> bool:
        """Whether amounts, dates or other numbers differ and not a word: 1 200 became 1 500.

        Moved or not; the label of a note and the automatic number of a passage are none.
        """
        if self.turn is not Turn.REWORDED or self.has_other_picture:
            return False
        old, new = _said(self.old[0]), _said(self.new[0])
        if len(old) != len(new):
            return False
        others = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
        return bool(others) and all(only_numbers_differ(*pair) for pair in others)

    @cached_property
    def words(self) -> tuple[Change, ...]:
        """Redline of all the old words to all the new ones; blocks are joined by line ends, the
        cells of a row by tabs. A passage that only came or went is one change.
        """
        if self._is_one_row:
            return _joined(self.beside, self.cells)
        texts = ("\n".join(block.text for block in side) for side in (self.old, self.new))
        return tuple(redline(*texts))

    @cached_property
    def cells(self) -> tuple[tuple[Change, ...], ...]:
        """Of a table row: a redline for each cell, in the order of the columns; else none.

        Where columns came or went, those that stayed are still beside each other.
        """
        if self._is_one_row:
            old, new = self.old[0].cells, self.new[0].cells
            texts = ((_text(old, one), _text(new, other)) for one, other in self.beside)
            return tuple(tuple(redline(*pair)) for pair in texts)
        if self.kind is not Kind.ROW or len(self.old) > 1 or len(self.new) > 1:
            return ()
        texts = (
            (c.text, "") if self.old else ("", c.text) for c in (self.old or self.new)[0].cells
        )
        return tuple(tuple(redline(*pair)) for pair in texts)

    @property
    def _is_one_row(self) -> bool:
        return bool(self.beside)


def one_for_one(old: Sequence[Block], new: Sequence[Block]) -> Beside:
    """The cells of a row in both versions when nothing is known of its table; else none."""
    if not len(old) == len(new) == 1 or not old[0].kind is new[0].kind is Kind.ROW:
        return ()
    return side_by_side([cell.text for cell in old[0].cells], [cell.text for cell in new[0].cells])


def turn_of(old: Sequence[Block], new: Sequence[Block], is_moved: bool) -> Turn:
    """What became of `old`, of which `new` is what it goes on as."""
    if not old or not new:
        return Turn.GONE if old else Turn.NEW
    if len(old) > 1:
        return Turn.MERGED
    if len(new) > 1:
        return Turn.SPLIT
    same = old[0].text == new[0].text
    if not (same or _said(old[0]) == _said(new[0])) or _pictures(old) != _pictures(new):
        return Turn.REWORDED
    if is_moved:
        return Turn.MOVED
    return Turn.KEPT if same and _look_alike(old[0], new[0]) else Turn.LOOKS


def _said(block: Block) -> list[str]:
    """Its words as a reader sees them, cell by cell of a row; notes without their labels."""
    if block.kind is Kind.ROW:
        return [as_seen("\n".join(map(_unlabelled, cell.paragraphs))) for cell in block.cells]
    return [as_seen(_unlabelled(block.spans))]


def _unlabelled(spans: Sequence[Span]) -> str:
    return "".join(_NOTE if span.note else span.text for span in spans)


def _pictures(blocks: Sequence[Block]) -> list[str]:
    return [block.image for block in blocks if block.kind is Kind.FIGURE]


def _look_alike(old: Block, new: Block) -> bool:
    """Whether readers see the same; mostly told without a close look."""
    seen = ("kind", "level", "header", "spans", "cells")
    same = all(getattr(old, name) == getattr(new, name) for name in seen)
    return same or _looks(old) == _looks(new)


def _looks(block: Block) -> Block:
    """The block without what readers do not see or what is counted by itself."""
    return replace(
        block,
        id="",
        number="",
        table="",
        label="",
        alt="",
        source=None,
        spans=_plain(block.spans),
        cells=tuple(
            replace(cell, paragraphs=tuple(map(_plain, cell.paragraphs))) for cell in block.cells
        ),
    )


def _plain(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans as they are seen: neighbours that look alike are one, white space looks like
    nothing, a link inside the document only follows its number.
    """
    seen = [
        Span(span.text, () if span.text.isspace() else span.marks, _outside(span.link))
        for span in spans
        if span.text
    ]
    runs = groupby(seen, key=lambda span: (span.marks, span.link))
    return tuple(Span("".join(one.text for one in run), *key) for key, run in runs)


def _outside(link: str) -> str:
    return "" if link.startswith("#") else link


def _text(cells: Sequence[Cell], at: int | None) -> str:
    return "" if at is None else cells[at].text


def _joined(beside: Beside, cells: Sequence[tuple[Change, ...]]) -> tuple[Change, ...]:
    """Redlines of cells as one, with tabs between the cells of either version; neighbours of
    one kind run together.
    """
    flat: list[Change] = []
    for (old, new), cell in zip(beside, cells, strict=True):
        flat += _tab(bool(old), bool(new))
        flat += cell
    return tuple(_run_together(flat))


def _tab(was: bool, now: bool) -> list[Change]:
    """The tab before a cell that is not the first one of its row: in both versions, or in one."""
    if was and now:
        return [Change("same", "\t")]
    return [Change("gone", "\t")] * was + [Change("new", "\t")] * now


def _run_together(changes: Sequence[Change]) -> Iterator[Change]:
    for stays, run in groupby(changes, key=lambda change: change.op == "same"):
        together = list(run)
        ops: tuple[Op, ...] = ("same",) if stays else ("gone", "new")
        for op in ops:
            text = "".join(change.text for change in together if change.op == op)
            if text:
                yield Change(op, text)
