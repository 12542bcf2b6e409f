"""What changed between two wordings, word by word, as a person would mark it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import Indel, LCSseq

from sutarta.core.documents.tokens import cores, tokens

Op = Literal["same", "gone", "new"]

_MOST = 400_000_000  # tokens of one text times tokens of the other; beyond, memory is dear
_WEAK_STAY = 14  # letters and digits; two or three words


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
    Words, numbers and dates are never cut in two (see `tokens`). Where little but small words
    would stay between changes, the whole passage is struck and written anew; between numbers
    every word stays. What came or went whole begins where a sentence or a part of it begins.
    The other way round the same words are marked, as gone where they were new.

    >>> [(c.op, c.text) for c in redline("Skirta 1 200 eurų.", "Skirta 1 500 eurų.")]
    [('same', 'Skirta '), ('gone', '1 200'), ('new', '1 500'), ('same', ' eurų.')]
    """
    if old == new:
        return [Change("same", old)] if old else []
    return _told(_coalesced(_slid(_aligned(tokens(old), tokens(new)))))


def stays(old: str, new: str) -> list[Change]:
    """The same, with every word that stays, however little stands around it: for machines.

    >>> [(c.op, c.text) for c in stays("Tau ir man", "Jam ir jai") if c.op == "same"]
    [('same', ' ir ')]
    """
    return _told(_aligned(tokens(old), tokens(new)))


def similarity(old: str, new: str) -> float:
    """Share of words that two texts have in common and in order, 0 to 1.

    >>> similarity("vienas du trys keturi", "vienas trys du keturi")
    0.75
    """
    if old == new:
        return 1.0
    left, right = _coded(cores(tokens(old)), cores(tokens(new)))
    return Indel.normalized_similarity(left, right)


def _told(runs: Sequence[_Run]) -> list[Change]:
    changes = [change for run in runs for change in _marked(run)]
    return [
        Change(op, "".join(change.text for change in same_op))
        for op, same_op in groupby(_tidied(changes), key=lambda change: change.op)
    ]


def _coded(old: Sequence[str], new: Sequence[str]) -> tuple[str, str]:
    """Each text as a string with one character for each different token."""
    codes: dict[str, str] = {}
    left, right = (
        "".join(codes.setdefault(core, chr(0x10000 + len(codes))) for core in side)
        for side in (old, new)
    )
    return left, right


def _aligned(old: list[str], new: list[str]) -> list[_Run]:
    """Runs of tokens that stayed or changed; the same whichever text is called the old one."""
    if (len(old), old) > (len(new), new):
        return [_turned(run) for run in _aligned(new, old)]
    left, right = _coded(cores(old), cores(new))
    if len(left) * len(right) > _MOST:
        return list(_outlined(old, new, left, right))
    runs: list[_Run] = []
    for code in LCSseq.opcodes(left, right):
        same = code.tag == "equal"
        parts = old[code.src_start : code.src_end], new[code.dest_start : code.dest_end]
        if runs and runs[-1].same == same:
            runs[-1].old += parts[0]
            runs[-1].new += parts[1]
        else:
            runs.append(_Run(same, *parts))
    return runs


def _turned(run: _Run) -> _Run:
    return _Run(run.same, run.new, run.old)


def _outlined(old: list[str], new: list[str], left: str, right: str) -> Iterator[_Run]:
    """Of texts too long to be compared: what they begin and end with, and all between."""
    shorter = min(len(left), len(right))
    head = next((at for at in range(shorter) if left[at] != right[at]), shorter)
    rest = shorter - head
    tail = next((at for at in range(rest) if left[-1 - at] != right[-1 - at]), rest)
    ends = len(old) - tail, len(new) - tail
    yield _Run(True, old[:head], new[:head])
    yield _Run(False, old[head : ends[0]], new[head : ends[1]])
    yield _Run(True, old[ends[0] :], new[ends[1] :])


def _slid(runs: list[_Run]) -> list[_Run]:
    """Let words that only came or went begin and end where a reader pauses, where they may."""
    for at in range(1, len(runs) - 1):
        before, run, after = runs[at - 1 : at + 2]
        if not run.same and bool(run.old) != bool(run.new) and before.same and after.same:
            runs[at - 1 : at + 2] = _settled(before, run, after)
    return _merged(runs, set())


def _settled(before: _Run, run: _Run, after: _Run) -> Sequence[_Run]:
    if run.old:
        return [_turned(one) for one in _settled(*map(_turned, (before, run, after)))]
    words = [*before.new, *run.new, *after.new]
    start, end = len(before.new), len(before.new) + len(run.new)
    best = max(
        _places(cores(words), start, end),
        key=lambda at: (_pauses(words, at, at + end - start), -abs(at - start), at),
    )
    others = [*before.old, *after.old]
    last = best + end - start
    return (
        _Run(True, others[:best], words[:best]),
        _Run(False, [], words[best:last]),
        _Run(True, others[best:], words[last:]),
    )


def _places(words: Sequence[str], start: int, end: int) -> range:
    """Where else those from `start` to `end` may be taken out so that the same words are left."""
    least, most = start, end
    while least > 0 and words[least - 1] == words[end - 1 - (start - least)]:
        least -= 1
    while most < len(words) and words[most] == words[start + (most - end)]:
        most += 1
    return range(least, start + (most - end) + 1)


def _pauses(words: Sequence[str], start: int, end: int) -> int:
    """How good a place it is to begin at `start` and to end before `end`."""
    return min(_pause(words[start - 1]) if start else 4, _pause(words[end - 1]))


def _pause(token: str) -> int:
    core = token.rstrip()
    if "\n" in token or "\t" in token:
        return 4
    if core[-1:] in (".", "!", "?", "…", ":"):
        return 3 if core != token else 2
    if core[-1:] in (",", ";"):
        return 2
    return int(core != token)


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
    if _is_of_numbers(before) and _is_of_numbers(after):
        return False
    weight = _weight(stay.old)
    return weight < 2 * min(_change(before), _change(after)) and weight <= _WEAK_STAY


def _is_of_numbers(run: _Run) -> bool:
    """Whether numbers or codes stand for others, and nothing else came or went."""
    return len(run.old) == len(run.new) and all(map(_has_digit, [*run.old, *run.new]))


def _has_digit(token: str) -> bool:
    return any(map(str.isdigit, token))


def _change(run: _Run) -> int:
    return max(_weight(run.old), _weight(run.new))


def _weight(tokens: Sequence[str]) -> int:
    return sum(character.isalnum() for token in tokens for character in token)


def _merged(runs: Sequence[_Run], weak: set[int]) -> list[_Run]:
    merged: list[_Run] = []
    for at, run in enumerate(runs):
        if not run.old and not run.new:
            continue
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
