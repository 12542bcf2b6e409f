"""A comparison as pieces of a paper: for reading, or so exactly that Word can take it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sutarta.core.documents import Block, Comparison, Kind, Pair, Side, Step, steps
from sutarta.formats.papers import (
    Figure,
    Heading,
    Levels,
    Mark,
    Move,
    Piece,
    Remark,
    Run,
    Runs,
    Words,
    plain,
    runs_of,
)

from .runs import marked, redlined
from .tables import is_of_a_table, table

TOLD = 60  # characters of a passage that moved, where it stood

Remarks = Callable[[Sequence[Pair]], tuple[Remark, ...]]


@dataclass(frozen=True)
class Sayings:
    """The fixed words, in the language of the paper.

    moved_to, moved_from   where a moved passage stands now or stood, "{place}" in them
    no_alt                 of a picture that has neither a description nor a caption
    """

    moved_to: str
    moved_from: str
    no_alt: str


def lay(
    comparison: Comparison,
    sayings: Sayings,
    remarks: Remarks | None = None,
    *,
    exact: bool = False,
) -> tuple[Piece, ...]:
    """The whole newer text with what went and what came.

    remarks  what is said of the passages of one piece: of one passage, or of a table with its
             rows; of a moved one it is asked once
    exact    for a paper with tracked changes: taking all of them gives the new version and
             refusing all of them the old one, passage for passage. Otherwise for reading: where
             a passage moved away only that is said, and other white space is passed over
    """
    laying = _Laying(sayings, remarks or _nothing, exact=exact)
    return tuple(piece for group in _grouped(steps(comparison)) for piece in laying.pieces(group))


def _grouped(found: Iterable[Step]) -> Iterator[list[Step]]:
    """A table with its rows, or one passage."""
    number = 0

    def group(step: Step) -> int:
        nonlocal number
        number += step.block.kind is not Kind.ROW
        return number

    for _number, together in groupby(found, key=group):
        yield list(together)


class _Laying:
    def __init__(self, sayings: Sayings, remarks: Remarks, *, exact: bool) -> None:
        self._sayings, self._remarks, self._exact = sayings, remarks, exact
        self._levels = Levels()

    def pieces(self, group: Sequence[Step]) -> Iterator[Piece]:
        """The pieces of a table, or of one passage."""
        first = group[0]
        if self._is_left_out(first) and first.block.kind is not Kind.ROW:
            yield self._told(first)
        elif is_of_a_table(first.block):
            shown = [step for step in group if not self._is_left_out(step)]
            if shown:
                yield table(shown, tuple(self._remarks_of(shown)), exact=self._exact)
        elif first.block.kind is Kind.FIGURE:
            yield self._figure(first)
        else:
            yield from self._passages(first)

    def _remarks_of(self, group: Sequence[Step]) -> Iterator[Remark]:
        """What is said below a table: of its rows and then of itself."""
        about = [step for step in group if not _is_elsewhere(step)]
        for step in about:
            move = None if self._exact else self._move(step)
            if move and step.side is Side.NEW:
                yield Remark((plain(f"{_shown(step)[0]}: {move.said}"),))
        yield from self._remarks([step.pair for step in (*about[1:], *about[:1])])

    def _is_left_out(self, step: Step) -> bool:
        """Whether only its new place is shown."""
        return _is_elsewhere(step) and not self._exact

    def _told(self, step: Step) -> Piece:
        """Where it went, in a line at the place where it stood."""
        move = self._move(step)
        runs = (Run(move.said),) if move else ()
        return Words(runs, look="meta", shown=step.pair.old_numbers[0], move=move)

    def _move(self, step: Step) -> Move | None:
        pair = step.pair
        if step.side is Side.BOTH or not pair.is_moved or len(pair.old) > 1 or len(pair.new) > 1:
            return None
        if step.side is Side.OLD:
            said = self._sayings.moved_to.format(place=pair.new_numbers[0])
            return Move("from", pair.id, f"{said}{_beginning(pair.old[0].text)}")
        return Move("to", pair.id, self._sayings.moved_from.format(place=pair.old_numbers[0]))

    def _figure(self, step: Step) -> Piece:
        block, pair = step.block, step.pair
        mark: Mark = {Side.OLD: "gone", Side.NEW: "new"}.get(step.side, "")  # type: ignore[assignment]
        if not self._exact and pair.is_moved:
            mark = ""
        alt = block.alt or block.text or self._sayings.no_alt
        [(runs, _end)] = self._runs(step)
        image = block.image if step.side is not Side.OLD or self._exact else ""
        return Figure(image, alt, runs, block.id, _shown(step)[0], mark)

    def _passages(self, step: Step) -> Iterator[Piece]:
        remarks = () if _is_elsewhere(step) else self._remarks([step.pair])
        move = self._move(step)
        blocks = step.pair.new if step.side is Side.BOTH else (step.block,)
        paragraphs = self._runs(step)
        at = 0
        for number, (runs, end) in enumerate(paragraphs):
            block = blocks[min(at, len(blocks) - 1)]
            made = self._passage(step, block, runs, _shown(step)[min(at, len(blocks) - 1)])
            is_tracked = move is not None and step.is_move
            yield replace(
                made,
                remarks=remarks if number == 0 else (),
                end=end,
                move=move if is_tracked or not self._exact else None,
            )
            at += end != "gone"

    def _passage(self, step: Step, block: Block, runs: Runs, shown: str) -> Heading | Words:
        gone = step.side is Side.OLD
        if block.kind is Kind.HEADING and (self._exact or not gone):
            own = "" if block.number else shown
            return Heading(runs, self._levels.of(block.level), block.number, block.id, own)
        own = block.label if block.kind is Kind.FOOTNOTE else block.number
        is_item = block.kind is Kind.ITEM
        depth = block.level if is_item else 0
        return Words(runs, own, is_item, depth, anchor=block.id, shown=shown)

    def _runs(self, step: Step) -> list[tuple[Runs, Mark]]:
        pair = step.pair
        if step.side is not Side.BOTH:
            return self._one_side(step)
        is_same = not pair.is_change and (not self._exact or pair.old[0].text == pair.new[0].text)
        if is_same or all(change.op == "same" for change in pair.words):
            return [(runs_of(block.spans), "") for block in pair.new]
        old, new = ([block.spans for block in side] for side in (pair.old, pair.new))
        return redlined(pair.words, old, new)

    def _one_side(self, step: Step) -> list[tuple[Runs, Mark]]:
        pair, runs = step.pair, runs_of(step.block.spans)
        if step.side is Side.NEW and pair.is_moved and not self._exact and len(pair.old) == 1:
            if len(pair.new) == 1 and not step.is_move:
                return redlined(pair.words, [pair.old[0].spans], [step.block.spans])
            return [(runs if len(pair.new) == 1 else marked(runs, "new"), "")]
        if step.is_move and step.block.kind is not Kind.FIGURE:
            move: Mark = "from" if step.side is Side.OLD else "to"
            return [(marked(runs, move), move)]
        mark: Mark = "gone" if step.side is Side.OLD else "new"
        return [(marked(runs, mark), mark)]


def _beginning(text: str) -> str:
    """The first words of a passage, to be told by."""
    words = " ".join(text.split())
    shown = words if len(words) <= TOLD else f"{words[:TOLD].rsplit(' ', 1)[0]}…"
    return f": {shown}" if shown else ""


def _nothing(_pairs: Sequence[Pair]) -> tuple[Remark, ...]:
    return ()


def _is_elsewhere(step: Step) -> bool:
    """Whether it is the former place of a passage that is shown at its new one."""
    pair = step.pair
    is_one = len(pair.old) == len(pair.new) == 1
    return step.side is Side.OLD and is_one and (pair.is_moved or bool(pair.beside))


def _shown(step: Step) -> tuple[str, ...]:
    """The printed number of each of its blocks in the version it is read in."""
    if step.side is Side.BOTH:
        return step.pair.new_numbers
    blocks, numbers = (
        (step.pair.old, step.pair.old_numbers)
        if step.side is Side.OLD
        else (step.pair.new, step.pair.new_numbers)
    )
    return (numbers[next(at for at, block in enumerate(blocks) if block is step.block)],)
