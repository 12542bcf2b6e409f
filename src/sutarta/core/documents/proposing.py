"""Somebody's wording of a passage, laid over the passage as it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sutarta.core.documents.blocks import TEXTS, Block, Cell, Kind, Span
from sutarta.core.documents.redline import similarity, stays
from sutarta.core.documents.wording import paragraphs, respan
from sutarta.core.text import tokens


def worded(block: Block, text: str) -> tuple[Block, ...]:
    """The block as it would read with these words, and paragraphs that follow it; () if they
    do not fit.

    text   the whole passage as somebody proposes it, written as `Block.text`: without its
           number, cells of a row joined by tabs; a blank line begins a new paragraph

    Marks, links and references to notes stay on the words that stay. A row needs as many cells
    as it has, a heading is one paragraph; captions, pictures and notes are not reworded. Further
    paragraphs have the id of the block and "n1", "n2", ...

    >>> passage = Block(Kind.PARAGRAPH, (Span("Kasdien."),))
    >>> [each.text for each in worded(passage, "Darbo dienomis.\\n\\nIr ryte.")]
    ['Darbo dienomis.', 'Ir ryte.']
    >>> worded(Block(Kind.ROW, cells=(Cell(((Span("A"),),)),)), "A\\tB")
    ()
    """
    if block.kind is Kind.ROW:
        return _row(block, text)
    parts = paragraphs(respan(block.spans, _plainly(block.spans, text)))
    if block.kind not in TEXTS or not parts or (block.kind is Kind.HEADING and len(parts) > 1):
        return ()
    first, *others = parts
    following = (
        replace(block, spans=spans, id=f"{block.id}n{at}", number="", source=None)
        for at, spans in enumerate(others, start=1)
    )
    return (replace(block, spans=first), *following)


def is_taken_up(old: str, proposed: str, new: str) -> bool:
    """Whether a passage took up the wording proposed for it, wholly or for the greater part.

    old       what the wording was proposed for; new: how it reads now

    It did when it has half the words that the wording brings in, or some of them and came nearer
    to it; a wording that brings none in, when it came nearer.

    >>> old, proposed = "Teikiama darbo dienomis.", "Teikiama kasdien."
    >>> is_taken_up(old, proposed, "Teikiama kasdien, taip pat ir per visas šventes.")
    True
    >>> is_taken_up(old, proposed, "Teikiama tik darbo dienomis.")
    False
    """
    if old == new:
        return False
    wanted, came = _brought(old, proposed), _brought(old, new)
    both = (wanted & came).total()
    if wanted and 2 * both >= wanted.total():
        return True
    return (both > 0 or not wanted) and similarity(new, proposed) > similarity(old, proposed)


def _brought(old: str, new: str) -> Counter[str]:
    """Words that came in, each as often as it did."""
    return Counter(tokens(" ".join(one.text for one in stays(old, new) if one.op == "new")))


def _row(block: Block, text: str) -> tuple[Block, ...]:
    words = text.split("\t")
    if len(words) != len(block.cells):
        return ()
    cells = tuple(
        cell if cell.text == text else _cell(cell, text)
        for cell, text in zip(block.cells, words, strict=True)
    )
    return (replace(block, cells=cells),)


def _cell(cell: Cell, text: str) -> Cell:
    lines = text.split("\n")
    if len(lines) != len(cell.paragraphs):
        return replace(cell, paragraphs=tuple((Span(line),) for line in lines if line))
    reworded = (
        respan(spans, _plainly(spans, line))
        for spans, line in zip(cell.paragraphs, lines, strict=True)
    )
    return replace(cell, paragraphs=tuple(reworded))


def _plainly(spans: Sequence[Span], text: str) -> str:
    """`text` as `wording.plain` writes it: labels of notes that stay stand in brackets."""
    if not any(span.note for span in spans):
        return text
    return "".join(_bracketed(spans, text))


def _bracketed(spans: Sequence[Span], text: str) -> Iterator[str]:
    labels, at = {}, 0
    for span in spans:
        if span.note:
            labels[at] = len(span.text)
        at += len(span.text)
    at = 0
    for change in stays("".join(span.text for span in spans), text):
        if change.op == "new":
            yield change.text
            continue
        end = at + len(change.text)
        if change.op == "same":
            yield from _marked(change.text, at, {k: n for k, n in labels.items() if at <= k < end})
        at = end


def _marked(text: str, at: int, labels: dict[int, int]) -> Iterator[str]:
    """The text, which begins at `at`, with brackets around its labels (place -> length)."""
    done = 0
    for place, length in sorted(labels.items()):
        start, end = place - at, place - at + length
        if end > len(text):
            break
        yield f"{text[done:start]}[{text[start:end]}]"
        done = end
    yield text[done:]
