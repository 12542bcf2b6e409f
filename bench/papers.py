"""Prints what a Word file costs as PDF and as Word file: time, memory, pages, size.

    python -m bench.papers FILE.docx [FILE.docx ...]

Each runs as the product runs it, the typesetter in a process of its own; the fastest of three
counts.
"""

from __future__ import annotations

import io
import resource
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdf

from sutarta.core.documents import display_numbers, identify
from sutarta.formats import docx, pdf
from sutarta.formats.docx import writing
from sutarta.formats.papers import Paper, notes_of, pieces_of

ROUNDS = 3


def main(names: list[str]) -> None:
    for name in names:
        data = Path(name).read_bytes()
        reading = docx.read(data)
        document = identify(reading.document, "bench")
        paper = Paper(
            title=document.title or Path(name).stem,
            language="lt",
            author="Alksnių VVG",
            made_at=datetime(2026, 11, 1, tzinfo=UTC),
            pieces=pieces_of(document, display_numbers(document), "be aprašymo"),
            contents="Turinys",
            notes=notes_of(document),
            pictures=reading.pictures,
        )
        print(f"{Path(name).name}: {len(document.blocks)} blocks")
        made = _timed("PDF/UA-1", lambda: pdf.write(paper))  # noqa: B023 - run at once
        print(f"  {len(pypdf.PdfReader(io.BytesIO(made)).pages)} pages; "
              f"typesetter at most {_children()} MB")  # fmt: skip
        _timed("Word, new", lambda: writing.write(paper))  # noqa: B023
        _timed("Word, patched", lambda: writing.patch(data, document))  # noqa: B023


def _timed(what: str, make: Callable[[], bytes]) -> bytes:
    best, made = float("inf"), b""
    for _round in range(ROUNDS):
        begun = time.monotonic()
        made = make()
        best = min(best, time.monotonic() - begun)
    print(f"  {what}: {best:.2f} s, {len(made) / 1000:.0f} kB")
    return made


def _children() -> int:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


if __name__ == "__main__":
    main(sys.argv[1:])
