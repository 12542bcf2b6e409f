"""What changed between two wordings, word by word, as a person would mark it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import Indel, LCSseq

Op = Literal["same", "gone", "new"]

_NUMBER = r"\d+(?:[ \u00a0\u202f]\d{3}(?!\d))+(?:,\d+)?|\d+(?:[.,:/\-–]\d+)*"
_TOKEN = re.compile(
    rf"(?:{_NUMBER}|[^\W\d_]+(?:['’-][^\W\d_]+)*|\w+?(?=\d|\b)|\w|[^\w\s])(\s*)|\s+"
)


@dataclass(frozen=True)
class Change:
    """A run of text that stayed, went or came."""

    op: Op
    text: str


@dataclass
class _Run:
    """Tokens of one stretch: old and new ones differ unless `same`."""

    same: bool
    old: list[str]
    new: list[str]


def redline(old: str, new: str) -> list[Change]:
    """Mark `old` so that it reads as `new`.

    The "same" and "gone" texts joined give `old`, the "same" and "new" ones give `new`.
    Words, numbers and dates are never cut in two; where little but small words would stay
    between changes, the whole passage is struck and written anew.

    >>> [(c.op, c.text) for c in redline("Skirta 1 200 eurų.", "Skirta 1 500 eurų.")]
    [('same', 'Skirta '), ('gone', '1 200'), ('new', '1 500'), ('same', ' eurų.')]
    """
    return _told(_coalesced(_aligned(_tokens(old), _tokens(new))))


def stays(old: str, new: str) -> list[Change]:
    """The same, with every word that stays, however little stands around it: for machines.

    >>> [(c.op, c.text) for c in stays("Tau ir man", "Jam ir jai") if c.op == "same"]
    [('same', ' ir ')]
    """
    return _told(_aligned(_tokens(old), _tokens(new)))


def similarity(old: str, new: str) -> float:
    """Share of words that two texts have in common and in order, 0 to 1.

    >>> similarity("vienas du trys keturi", "vienas trys du keturi")
    0.75
    """
    if old == new:
        return 1.0
    left, right = _cores(_tokens(old)), _cores(_tokens(new))
    return Indel.normalized_similarity(left, right)


def _told(runs: Sequence[_Run]) -> list[Change]:
    changes = [change for run in runs for change in _marked(run)]
    return [
        Change(op, "".join(change.text for change in same_op))
        for op, same_op in groupby(_tidied(changes), key=lambda change: change.op)
    ]


def _tokens(text: str) -> list[str]:
    """Words, numbers and single marks, each with the white space after it."""
    return [match.group() for match in _TOKEN.finditer(text)]


def _cores(tokens: Sequence[str]) -> list[str]:
    return [token.rstrip() for token in tokens]


def _aligned(old: list[str], new: list[str]) -> list[_Run]:
    opcodes = LCSseq.opcodes(_cores(old), _cores(new))
    runs: list[_Run] = []
    for code in opcodes:
        same = code.tag == "equal"
        parts = old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        if runs and runs[-1].same == same:
            runs[-1].old += parts[0]
            runs[-1].new += parts[1]
        else:
            runs.append(_Run(same, *parts))
    return runs


def _coalesced(runs: list[_Run]) -> list[_Run]:
    """Give up the weak stays between changes until none is left."""
    while True:
        merged = _merged(runs, {at for at in range(len(runs)) if _is_weak(runs, at)})
        if len(merged) == len(runs):
            return runs
        runs = merged


def _is_weak(runs: Sequence[_Run], at: int) -> bool:
    """Whether a stay is outweighed by the changes on both its sides."""
    if not runs[at].same or at in (0, len(runs) - 1):
        return False
    before, stay, after = (runs[at + step] for step in (-1, 0, 1))
    weight = _weight(stay.old)
    return weight < 2 * min(_change(before), _change(after)) and weight <= _WEAK_STAY


_WEAK_STAY = 14  # letters and digits; two or three words


def _change(run: _Run) -> int:
    return max(_weight(run.old), _weight(run.new))


def _weight(tokens: Sequence[str]) -> int:
    return sum(character.isalnum() for token in tokens for character in token)


def _merged(runs: Sequence[_Run], weak: set[int]) -> list[_Run]:
    merged: list[_Run] = []
    for at, run in enumerate(runs):
        same = run.same and at not in weak
        if merged and merged[-1].same == same:
            merged[-1] = _Run(same, merged[-1].old + run.old, merged[-1].new + run.new)
        else:
            merged.append(_Run(same, run.old, run.new))
    return merged


def _marked(run: _Run) -> Iterator[Change]:
    """Changes of one run; words that stay may yet differ in the white space after them."""
    if not run.same:
        yield from _replaced("".join(run.old), "".join(run.new))
        return
    for before, after in zip(run.old, run.new, strict=True):
        core = before if before == after else before.rstrip()
        yield from (Change("same", core) for _ in core[:1])
        yield from _replaced(before[len(core) :], after[len(core) :])


def _replaced(old: str, new: str) -> Iterator[Change]:
    if old:
        yield Change("gone", old)
    if new:
        yield Change("new", new)


def _tidied(changes: Sequence[Change]) -> Iterator[Change]:
    """Between two stays, first all that went and then all that came; white space that both end
    with stays, so that no lone space is struck.
    """
    for stays, run in groupby(changes, key=lambda change: change.op == "same"):
        if stays:
            yield from run
            continue
        together = list(run)
        gone, new = ("".join(c.text for c in together if c.op == op) for op in ("gone", "new"))
        space = _common_space(gone, new)
        yield from _replaced(gone.removesuffix(space), new.removesuffix(space))
        yield from (Change("same", space) for _ in space[:1])


def _common_space(old: str, new: str) -> str:
    """White space that both texts end with."""
    spaces = old[len(old.rstrip()) :], new[len(new.rstrip()) :]
    return spaces[0] if spaces[0] == spaces[1] else ""
