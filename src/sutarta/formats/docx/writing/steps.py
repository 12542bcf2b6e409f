"""What has to be done to the words of one paragraph so that they read otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sutarta.core.documents import Span, redline

from .pieces import NOTE, Piece

_COUNTED = re.compile(r"\(?(?:[\d.]{1,9}|\w{1,4})[.)]?(?: |$)|[^\w\s] ")
_NUMERAL = re.compile(r"\S{1,12}(?: |$)")


@dataclass(frozen=True)
class Letter:
    """One sign of a text, with what its span says of it; a note is one sign."""

    sign: str
    span: Span


@dataclass(frozen=True)
class Step:
    """A stretch of the redline.

    kind   "same", "look" (the same words, otherwise marked), "gone" or "new"
    start, end   in the old text
    spans  what it says afterwards, for "look" and "new"
    """

    kind: str
    start: int
    end: int
    spans: tuple[Span, ...] = ()


def letters_of(spans: Sequence[Span], sign: Callable[[str], str]) -> list[Letter]:
    found = []
    for span in spans:
        text = sign(span.note) if span.note else span.text
        found += [Letter(each, span) for each in text]
    return found


def text_of(letters: Iterable[Letter]) -> str:
    return "".join(letter.sign for letter in letters)


def aligned(
    pieces: Sequence[Piece], old: list[Letter], new: list[Letter], is_cell: bool
) -> tuple[int, list[Letter], list[Letter]] | None:
    """Where in the file's words the old text begins; None when the file says something else.

    In cells the automatic number of a paragraph is part of the text but not of the file.
    """
    file = "".join(piece.text for piece in pieces)
    file = file.replace("\t", " ") if is_cell else file
    text = "".join(NOTE if letter.span.note else letter.sign for letter in old)
    core = file.strip()
    start = len(file) - len(file.lstrip())
    if core == text:
        return start, old, new
    ahead = text.removesuffix(core)
    if not is_cell or not text.endswith(core) or not _NUMERAL.fullmatch(ahead):
        return None
    own = _NUMERAL.match(text_of(new))
    is_counted = own is not None and _shape(own[0]) == _shape(ahead)
    return start, old[len(ahead) :], new[len(own[0]) :] if own and is_counted else new


def without_numeral(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Words without the number that the file counts by itself.

    >>> without_numeral((Span("12. Kelias"),))
    (Span(text='Kelias', marks=(), link='', note=''),)
    """
    if not spans or (numeral := _COUNTED.match(spans[0].text)) is None:
        return tuple(spans)
    rest = replace(spans[0], text=spans[0].text[numeral.end() :])
    return (*((rest,) if rest.text else ()), *spans[1:])


def _shape(numeral: str) -> str:
    return re.sub(r"\d+", "0", re.sub(r"[^\W\d_]+", "a", numeral))


def settled(pieces: Sequence[Piece], start: int, old: list[Letter], new: list[Letter]) -> list[int]:
    """For every old sign its place in the new text, -1 for one that goes.

    start   where in the words of the pieces the old text begins
    """
    kept = [-1] * len(old)
    at_old = at_new = 0
    for change in redline(text_of(old), text_of(new)):
        for _sign in change.text:
            if change.op == "same" and goes_on(old[at_old], new[at_new]):
                kept[at_old] = at_new
            at_old += change.op != "new"
            at_new += change.op != "gone"
    at = -start
    for piece in pieces:
        if piece.letters is None:
            _keep_whole(kept, max(at, 0), min(at + len(piece.text), len(old)))
        at += len(piece.text)
    return kept


def goes_on(old: Letter, new: Letter) -> bool:
    """Whether the sign can stay: where it leads cannot be tracked."""
    return _target(old.span) == _target(new.span) or old.sign.isspace()


def looks_on(old: Letter, new: Letter) -> bool:
    return old.span.marks == new.span.marks or new.sign.isspace() or bool(new.span.note)


def _target(span: Span) -> str:
    return "" if span.link.startswith("#") else span.link


def _keep_whole(kept: list[int], start: int, end: int) -> None:
    places = kept[start:end]
    if places and places != list(range(places[0], places[0] + len(places))):
        kept[start:end] = [-1] * len(places)


def steps(old: list[Letter], new: list[Letter], kept: Sequence[int]) -> Iterator[Step]:
    at_old = at_new = 0
    while at_old < len(old) or at_new < len(new):
        start = at_old
        while at_old < len(old) and kept[at_old] < 0:
            at_old += 1
        if at_old > start:
            yield Step("gone", start, at_old)
        until = kept[at_old] if at_old < len(old) else len(new)
        if until > at_new:
            yield Step("new", at_old, at_old, spans_of(new[at_new:until]))
            at_new = until
        start = at_old
        while at_old < len(old) and kept[at_old] == at_new:
            at_old, at_new = at_old + 1, at_new + 1
        yield from _stays(old[start:at_old], new[at_new - (at_old - start) : at_new], start)


def _stays(old: list[Letter], new: list[Letter], start: int) -> Iterator[Step]:
    """Words that stay, parted by whether and how they are marked otherwise."""
    pairs = list(zip(old, new, strict=True))

    def look(pair: tuple[Letter, Letter]) -> tuple[str, ...] | None:
        before, after = (letter.span for letter in pair)
        return None if before.marks == after.marks or after.note else after.marks

    for marks, run in groupby(pairs, look):
        end = start + len(list(run))
        kind = "same" if marks is None else "look"
        yield Step(kind, start, end, () if marks is None else (Span("", marks),))
        start = end


def spans_of(letters: Sequence[Letter]) -> tuple[Span, ...]:
    return tuple(
        span if span.note else replace(span, text=text_of(run))
        for span, run in groupby(letters, key=lambda letter: letter.span)
    )
