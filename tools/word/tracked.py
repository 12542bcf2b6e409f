"""Does LibreOffice take and refuse our tracked changes rightly, and bring marks and ids back?

PYTHONPATH=src python tools/word/tracked.py FOLDER [--every N]

FOLDER holds .docx files; files whose names begin alike (five letters) are made into each other.
For each pair the changes are taken in one copy and refused in another, by LibreOffice, and both
are read again; a third copy is saved only, to see that lineage ids and keys come back.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from office import Deed, settled

from sutarta.core.documents import Block, Document, Kind, identify, inherit
from sutarta.formats import docx
from sutarta.formats.docx import writing

HAND = writing.Hand("A. B.", datetime(2026, 11, 22, 10, 0, tzinfo=UTC))
UNSEEN = re.compile("[\u200b-\u200d]")  # LibreOffice puts one into rows that came empty
DEEDS: tuple[Deed, ...] = ("accept", "reject", "save")


@dataclass(frozen=True)
class Pair:
    name: str
    old: Document
    new: Document
    key: str
    file: bytes


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="only every Nth pair")
    given = parser.parse_args()
    found = sorted(given.folder.glob("*.docx"))
    alike = (p for p in itertools.permutations(found, 2) if p[0].name[:5] == p[1].name[:5])
    pairs = [pair for each in list(alike)[:: given.every] if (pair := _pair(*each))]
    files = {f"{at}-{deed}": pair.file for at, pair in enumerate(pairs) for deed in DEEDS}
    deeds: dict[str, Deed] = {name: _deed(name) for name in files}
    made = settled(files, deeds)
    tally: Counter[str] = Counter()
    for at, pair in enumerate(pairs):
        for deed in ("accept", "reject"):
            outcome = _outcome(pair, deed, made.get(f"{at}-{deed}"))
            tally[f"{deed}: {outcome}"] += 1
            if outcome != "exact":
                sys.stdout.write(f"{deed} {pair.name}: {outcome}\n")
        _count_marks(pair, made.get(f"{at}-save"), tally)
    for name, count in sorted(tally.items()):
        sys.stdout.write(f"{count:6} {name}\n")
    return 0


def _deed(name: str) -> Deed:
    return next(deed for deed in DEEDS if name.endswith(deed))


def _pair(one: Path, two: Path) -> Pair | None:
    try:
        data = one.read_bytes()
        old = identify(docx.read(data).document, "old")
        new = inherit(old, docx.read(two.read_bytes()).document, "new").document
    except docx.Refused:
        return None
    first = new.blocks[0].id
    hand = writing.Hand("C. D.", HAND.at, key="p/17")
    made = writing.track(data, old, new, hand=HAND, hands={first: hand})
    return Pair(f"{one.stem} > {two.stem}", old, new, first, made)


def _outcome(pair: Pair, deed: str, data: bytes | None) -> str:
    if data is None:
        return "not opened"
    wanted = pair.new if deed == "accept" else pair.old
    read = docx.read(data).document
    if _said(read) == _said(wanted):
        return "exact"
    told = [sorted(" ".join(_said(each)).split()) for each in (read, wanted)]
    return "the same words otherwise laid" if told[0] == told[1] else "other words"


def _said(document: Document) -> list[str]:
    """The words of each passage; labels of notes are counted by whoever shows them."""
    texts = (_text(block) for block in document.blocks if block.kind is not Kind.FIGURE)
    plain = (" ".join(UNSEEN.sub("", text).split()) for text in texts)
    return [text for text in plain if text]


def _text(block: Block) -> str:
    paragraphs = [each for cell in block.cells for each in cell.paragraphs] or [block.spans]
    return "\n".join(
        "".join("*" if span.note else span.text for span in spans) for spans in paragraphs
    )


def _count_marks(pair: Pair, data: bytes | None, tally: Counter[str]) -> None:
    """Ids and keys after LibreOffice saved the file with its changes still open."""
    if data is None:
        return
    reading = docx.read(data)
    brought = {block.id for block in reading.document.blocks}
    tally["saved: blocks of the new text"] += len(pair.new.blocks)
    tally["saved: ids that come back"] += sum(block.id in brought for block in pair.new.blocks)
    tally["saved: files whose key comes back"] += ("p/17",) in reading.keys.values()
    tally["saved: files"] += 1


if __name__ == "__main__":
    sys.exit(main())
