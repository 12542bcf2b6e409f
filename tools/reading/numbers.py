"""Are our numbers of headings and list items those LibreOffice prints?

PYTHONPATH=src .venv/bin/python tools/reading/numbers.py [FILE...]

Every paragraph with an automatic number is looked for among LibreOffice's lines, in order; the
lines that print another number, and those found nowhere, are listed.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import libreoffice
from passages import Passage, chosen, passages, reading_of

WINDOW = 400  # lines looked ahead for a paragraph
UNSEEN = re.compile("[\u00ad\u200b-\u200f]")
BULLETS = re.compile(r"[^\w()\[\]]{1,2}|o|§")


def main() -> int:
    files = chosen(__doc__ or "")
    lines = libreoffice.printed(files)
    total: Counter[str] = Counter()
    for file in files:
        reading = reading_of(file)
        if file in lines and not isinstance(reading, str):
            total += _compare(file, list(passages(reading.document)), lines[file])
    sys.stdout.writelines(f"{many:>6} {name}\n" for name, many in total.items())
    return bool(total["different"])


def _compare(file: Path, ours: Sequence[Passage], lines: Sequence[str]) -> Counter[str]:
    theirs = [_tidy(line) for line in lines]
    found: Counter[str] = Counter()
    at = 0
    for passage in ours:
        text = _tidy(passage.text.split("\n")[0])
        place = _find(text, passage.number, theirs, at)
        if place is None:
            if passage.number:
                found["not found"] += 1
                sys.stdout.write(f"{file.stem}: not found: {passage.number} {text[:60]}\n")
            continue
        at = place + 1
        if passage.number or not passage.inside:
            said = _judge(passage.number, text, theirs[place])
            found[said] += 1
            if said == "different":
                there = theirs[place][:70]
                sys.stdout.write(f"{file.stem}: {passage.number!r} here, {there!r} there\n")
    return found


def _find(text: str, number: str, theirs: Sequence[str], at: int) -> int | None:
    """The nearest line that ends with the words and begins with little else."""
    for place in range(at, min(at + WINDOW, len(theirs))):
        before = theirs[place].removesuffix(text) if text else theirs[place]
        if theirs[place].endswith(text) and len(before) <= max(len(number) + 6, 14):
            return place
    return None


def _judge(number: str, text: str, line: str) -> str:
    theirs = line.removesuffix(text).strip()
    if number == theirs or (number == "•" and BULLETS.fullmatch(theirs)):
        return "same" if number else "without number"
    return "different"


def _tidy(text: str) -> str:
    return " ".join(UNSEEN.sub("", text).replace("\u2011", "-").split())


if __name__ == "__main__":
    sys.exit(main())
