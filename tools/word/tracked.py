"""Does LibreOffice take and refuse our tracked changes rightly, and bring marks and ids back?

PYTHONPATH=src python tools/word/tracked.py FOLDER [--every N]

FOLDER holds .docx files; files whose names begin alike (five letters) are made into each other.
For each pair the changes are taken in one copy and refused in another, by LibreOffice, and both
are read again; a third copy is saved only, to see that lineage ids and keys come back. A line is
right when it says what the file says, or what LibreOffice makes of it when it saves that file
untouched: it works out the date of today anew, writes formulas with other signs and text boxes at
another place.
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
    """Two files, and the first one with changes that make it the other."""

    one: Path
    two: Path
    old: Document
    new: Document
    key: str
    file: bytes

    @property
    def name(self) -> str:
        return f"{self.one.stem} > {self.two.stem}"


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
    for path in {path for pair in pairs for path in (pair.one, pair.two)}:
        files[path.stem], deeds[path.stem] = path.read_bytes(), "save"
    made = settled(files, deeds)
    tally: Counter[str] = Counter()
    for at, pair in enumerate(pairs):
        for deed in ("accept", "reject"):
            wanted, path = (pair.new, pair.two) if deed == "accept" else (pair.old, pair.one)
            outcome = _outcome(made.get(f"{at}-{deed}"), wanted, made.get(path.stem))
            tally[f"{deed}: {outcome}"] += 1
            if not outcome.startswith("exact"):
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
    return Pair(one, two, old, new, first, made)


def _outcome(data: bytes | None, wanted: Document, untouched: bytes | None) -> str:
    """What became of a text.

    wanted      what it should say
    untouched   the file that says so, saved by LibreOffice
    """
    if data is None:
        return "not opened"
    found, told = _said(docx.read(data).document), _said(wanted)
    if found == told:
        return "exact"
    shown = told if untouched is None else _said(docx.read(untouched).document)
    if found == shown or _each_in(found, told, shown):
        return "exact, as LibreOffice shows the file itself"
    words = [sorted(" ".join(each).split()) for each in (found, told)]
    return "the same words otherwise laid" if words[0] == words[1] else "other words"


def _each_in(found: list[str], told: list[str], shown: list[str]) -> bool:
    """Whether every line is one or the other."""
    if not len(found) == len(told) == len(shown):
        return False
    return all(line in pair for line, *pair in zip(found, told, shown, strict=True))


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
