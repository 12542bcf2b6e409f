"""A redline as runs of a paper: every word with the looks it has in its own version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sutarta.core.documents import Change, Span
from sutarta.formats.papers import Mark, Run, Runs, runs_of

MARKS: dict[str, Mark] = {"same": "", "gone": "gone", "new": "new"}
_END = "\x00"  # as the label of a note: the end of a paragraph, said as "\n" in a redline

Paragraphs = list[tuple[Runs, Mark]]
"""Paragraphs, each with what became of its end; the last one's stayed."""


def redlined(
    changes: Iterable[Change], old: Sequence[Sequence[Span]], new: Sequence[Sequence[Span]]
) -> Paragraphs:
    """The paragraphs that `changes` make of `old` and `new`.

    changes   their redline, paragraphs joined by line ends

    >>> from sutarta.core.documents import redline
    >>> made = redlined(redline("A b.", "A c."), [[Span("A b.", ("bold",))]], [[Span("A c.")]])
    >>> [(run.text, run.marks, run.change) for run in made[0][0]]
    [('A ', (), ''), ('b', ('bold',), 'gone'), ('c', (), 'new'), ('.', (), '')]
    """
    before, after = _Reader(_joined(old)), _Reader(_joined(new))
    runs: list[Run] = []
    for change in changes:
        if change.op == "gone":
            runs += _changed(before.take(len(change.text)), "gone")
            continue
        if change.op == "same":
            before.take(len(change.text))
        runs += _changed(after.take(len(change.text)), MARKS[change.op])
    return list(_parted(runs))


def plainly(changes: Iterable[Change]) -> Runs:
    """What stayed, went and came as runs without any look."""
    return tuple(Run(change.text, change=MARKS[change.op]) for change in changes)


def marked(runs: Iterable[Run], mark: Mark) -> Runs:
    """The runs as all gone, new or moved."""
    return tuple(replace(run, change=mark) for run in runs)


class _Reader:
    """Gives out runs piece by piece."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = [run for run in reversed(runs) if run.text]

    def take(self, size: int) -> list[Run]:
        """Runs of the next `size` characters."""
        taken = []
        while size > 0 and self._runs:
            run = self._runs.pop()
            if len(run.text) > size:
                self._runs.append(replace(run, text=run.text[size:]))
                run = replace(run, text=run.text[:size])
            taken.append(run)
            size -= len(run.text)
        return taken


def _joined(paragraphs: Sequence[Sequence[Span]]) -> list[Run]:
    joined: list[Run] = []
    for at, spans in enumerate(paragraphs):
        joined += [Run("\n", note=_END)] if at else []
        joined += runs_of(spans)
    return joined


def _changed(runs: Iterable[Run], mark: Mark) -> Iterator[Run]:
    return (replace(run, change=mark) for run in runs)


def _parted(runs: Iterable[Run]) -> Iterator[tuple[Runs, Mark]]:
    together: list[Run] = []
    for run in runs:
        if run.note == _END:
            yield tuple(together), run.change
            together = []
        else:
            together.append(run)
    yield tuple(together), ""
