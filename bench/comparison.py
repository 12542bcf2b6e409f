"""What a redline and a comparison of two versions cost in CPU, and that it grows in step."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

from sutarta.core.documents import Block, Document, Kind, Span, compare, identify, redline, steps

LENGTHS = (5_000, 10_000, 20_000, 40_000)  # characters of a paragraph
SIZES = (375, 750, 1_500, 3_000)  # passages of a document
PROMISED = 0.3  # seconds for a paragraph of 20,000 characters
TEXT = "plėtra miesto gyventojų 213 999,99 Eur bendruomenės namai, takas prie upės iki 2029 m."
WORDS = TEXT.split()
EVERY = 9  # word left out of a paragraph, or another one in its place
ROUNDS = 3


def main() -> None:
    """Print the table."""
    print("\nredline of one paragraph, a word in nine changed          CPU ms")
    for length in LENGTHS:
        old, new = _paragraph(length, 0), _edited(_paragraph(length, 0))
        spent = _spent(lambda old=old, new=new: redline(old, new))
        over = spent > PROMISED and length <= 20_000
        print(f"{length:>7,} characters {' ' * 38}{spent * 1000:9.1f}{'  OVER' * over}")
    print("\ntwo versions, every ninth passage reworded: all of it     CPU ms")
    for size in SIZES:
        old = identify(Document(tuple(_passages(size))), "1")
        new = replace(old, blocks=tuple(_reworded(old)))
        spent = _spent(lambda old=old, new=new: _all(old, new))
        print(f"{size:>7,} passages {' ' * 40}{spent * 1000:9.1f}")
    sys.stdout.flush()


def _all(old: Document, new: Document) -> None:
    """Compared, every passage redlined, and both put into one order."""
    found = compare(old, new, [{}])
    for pair in found.pairs:
        _ = pair.words, pair.is_numbers
    steps(found)


def _spent(work: Callable[[], object]) -> float:
    """The least CPU time of some rounds, in seconds."""
    times = []
    for _round in range(ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def _paragraph(length: int, seed: int) -> str:
    words, size, at = [], 0, seed
    while size < length:
        word = WORDS[(at * at + 7 * at) % len(WORDS)] + ("" if at % 5 else str(at % 400))
        words.append(word)
        size += len(word) + 1
        at += 1
    return " ".join(words)


def _edited(text: str) -> str:
    words = text.split(" ")
    return " ".join("kitaip" if at % (2 * EVERY) == 0 else word for at, word in enumerate(words)
                    if at % (2 * EVERY) != EVERY)  # fmt: skip


def _passages(size: int) -> Iterator[Block]:
    for at in range(size):
        kind = Kind.HEADING if at % 25 == 0 else Kind.PARAGRAPH
        yield Block(kind, (Span(_paragraph(300, at)),), level=1 if kind is Kind.HEADING else 0)


def _reworded(document: Document) -> Iterator[Block]:
    for at, block in enumerate(document.blocks):
        text = _edited(block.text) if at % EVERY == 0 else block.text
        yield replace(block, spans=(Span(text),))
