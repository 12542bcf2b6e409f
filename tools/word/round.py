"""Are Word files read again as they went out? Patched, tracked without a change, written anew.

PYTHONPATH=src python tools/word/round.py FOLDER...
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from sutarta.core.documents import Block, Document, Span, identify
from sutarta.formats import docx
from sutarta.formats.docx import Reading, writing
from sutarta.formats.papers import Paper, notes_of, pieces_of

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
Way = Callable[[bytes, Reading, Document], bytes]


def main(folders: list[str]) -> int:
    ways: dict[str, Way] = {"patched": _patched, "tracked": _tracked, "written": _written}
    tally: Counter[str] = Counter()
    for path in sorted(each for folder in folders for each in Path(folder).glob("*.docx")):
        data = path.read_bytes()
        try:
            reading = docx.read(data)
        except docx.Refused:
            continue
        document = identify(reading.document, "t")
        tally["files"] += 1
        tally["blocks"] += len(document.blocks)
        for name, way in ways.items():
            try:
                back = docx.read(way(data, reading, document)).document
            except writing.NotPatched as refused:
                sys.stdout.write(f"{name} {path.name}: {refused}\n")
                continue
            _compare(f"{name}: ", path.name, document, back, tally)
    for name, count in sorted(tally.items()):
        sys.stdout.write(f"{count:6} {name}\n")
    return 0


def _patched(data: bytes, _reading: Reading, document: Document) -> bytes:
    return writing.patch(data, document)


def _tracked(data: bytes, _reading: Reading, document: Document) -> bytes:
    return writing.track(data, document, document, hand=writing.Hand("A. B.", AT))


def _written(_data: bytes, reading: Reading, document: Document) -> bytes:
    pieces = pieces_of(document, keep_levels=True)
    notes, pictures = notes_of(document), reading.pictures
    return writing.write(
        Paper("T", "lt", "A. B.", AT, pieces, bare=True, notes=notes, pictures=pictures)
    )


def _compare(way: str, name: str, sent: Document, back: Document, tally: Counter[str]) -> None:
    same = _seen(back) == _seen(sent)
    tally[f"{way}files the same"] += same
    if not same:
        sys.stdout.write(f"{way}{name} differs\n")
    ids = {block.id for block in back.blocks}
    tally[f"{way}ids that come back"] += sum(block.id in ids for block in sent.blocks)


def _seen(document: Document) -> list[tuple[object, ...]]:
    """All that a reader sees of each block."""
    places = {f"#{at}": at for at in range(len(document.blocks))}
    places |= {f"#{block.id}": at for at, block in enumerate(document.blocks) if block.id}
    return [_block(block, places) for block in document.blocks]


def _block(block: Block, places: Mapping[str, int]) -> tuple[object, ...]:
    cells = [(c.colspan, c.rowspan, [_spans(p, places) for p in c.paragraphs]) for c in block.cells]
    named = (block.kind, block.level, block.number, block.header, block.label, block.image)
    return *named, block.alt, _spans(block.spans, places), cells


def _spans(spans: tuple[Span, ...], places: Mapping[str, int]) -> list[tuple[object, ...]]:
    """Blanks look like nothing; a link inside is told by the place it leads to."""
    made: list[tuple[object, ...]] = []
    for span in spans:
        marks = () if span.text.isspace() else span.marks
        look = (marks, places.get(span.link, span.link), span.note)
        if made and made[-1][1:] == look:
            made[-1] = (f"{made[-1][0]}{span.text}", *look)
        else:
            made.append((span.text, *look))
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
