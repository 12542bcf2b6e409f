"""Does every word that LibreOffice prints stand in our blocks, in order and once?

PYTHONPATH=src .venv/bin/python tools/reading/words.py [FILE...]

Words and numbers of each file are laid side by side in order. What LibreOffice prints and no block
holds is looked for in the findings (tables of contents, what was deleted with change tracking).
Listed are the files with less than 99.8 % of the words in blocks, in order; those with words in
neither block nor finding (-); and those with words only here (+), for LibreOffice's text holds no
text boxes, equations and notes.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import libreoffice
from passages import chosen, passages, reading_of

from sutarta.formats.docx import Reading

ENOUGH = 0.998
SHOWN = 12  # differences shown of one file
WORD = re.compile(r"\w+")
UNSEEN = str.maketrans("", "", "\u00ad\u200b")
Line = tuple[str, ...]


def main() -> int:
    files = chosen(__doc__ or "")
    lines = libreoffice.printed(files)
    total: Counter[str] = Counter()
    for file in files:
        reading = reading_of(file)
        if isinstance(reading, str) or file not in lines:
            total["not compared"] += 1
            continue
        ours = [f"{each.number} {each.text}" for each in passages(reading.document)]
        found, differences = _compare(_words(lines[file]), _words(ours), _told(reading))
        total += found
        is_enough = found["words in order"] >= ENOUGH * found["words"]
        total["files"] += 1
        total["files with enough"] += is_enough
        if not is_enough or found["words in neither"] or found["words only here"]:
            counts = ", ".join(f"{many} {name}" for name, many in found.items())
            sys.stdout.write(f"{file.stem}: {counts}\n")
            sys.stdout.writelines(f"    {each}\n" for each in differences[:SHOWN])
    sys.stdout.writelines(f"{many:>8} {name}\n" for name, many in total.items())
    return bool(total["words in neither"])


def _words(lines: Sequence[str]) -> list[Line]:
    found = (tuple(WORD.findall(line.translate(UNSEEN))) for line in lines)
    return [each for each in found if each]


def _told(reading: Reading) -> Counter[str]:
    """The words of what was left out."""
    details = (text for each in reading.findings for text in each.detail.values())
    return Counter(word for text in details for word in WORD.findall(text))


def _compare(
    theirs: list[Line], ours: list[Line], told: Counter[str]
) -> tuple[Counter[str], list[str]]:
    found: Counter[str] = Counter()
    differences = []
    for one, other in _hunks(theirs, ours):
        found["words"] += len(one)
        found["words in order"] += len(one) if one == other else 0
        for tag, i, j, k, m in _changes(one, other):
            if tag == "equal":
                found["words in order"] += j - i
            elif j > i:
                differences.append("- " + " ".join(one[i:j])[:150])
            if tag != "equal" and m > k:
                differences.append("+ " + " ".join(other[k:m])[:150])
    here, there = _counted(ours), _counted(theirs)
    found["words in neither"] = (there - here - told).total()
    found["words only here"] = (here - there).total()
    return found, differences


def _counted(lines: list[Line]) -> Counter[str]:
    return Counter(word for line in lines for word in line)


def _changes(one: list[str], other: list[str]) -> list[tuple[str, int, int, int, int]]:
    return [] if one == other else SequenceMatcher(None, one, other, False).get_opcodes()


def _hunks(theirs: list[Line], ours: list[Line]) -> Iterator[tuple[list[str], list[str]]]:
    """Runs of lines that are alike, or are not, as words."""
    for _tag, i, j, k, m in SequenceMatcher(None, theirs, ours, False).get_opcodes():
        yield [w for line in theirs[i:j] for w in line], [w for line in ours[k:m] for w in line]


if __name__ == "__main__":
    sys.exit(main())
