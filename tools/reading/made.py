"""Word files with lists of every kind, to hold our numbers against LibreOffice's.

PYTHONPATH=src:. .venv/bin/python tools/reading/made.py FOLDER [HOW_MANY]

Each file has two definitions of nine levels, six lists made of them, some with starts or levels of
their own, and 35 paragraphs that wander through the levels; the seed is the number in the name.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from tests.formats.docx.packages import item, paragraph, row, table, word_file

USUAL = ("decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman")
RARE = ("decimalZero", "none", "bullet", "ordinal")
SUFFIXES = ("tab", "space", "nothing")
STEPS = (-2, -1, -1, 0, 0, 0, 1, 1, 2)
PARAGRAPHS = 35


def main() -> int:
    folder, *more = sys.argv[1:]
    for seed in range(int(more[0]) if more else 40):
        (Path(folder) / f"made-{seed:03}.docx").write_bytes(made(seed))
    return 0


def made(seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311 - the same files for everybody
    definitions = (
        f'<w:abstractNum w:abstractNumId="{at}">'
        f"{''.join(_level(chance, depth) for depth in range(9))}</w:abstractNum>"
        for at in range(2)
    )
    lists = (
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at % 2}"/>{_override(chance)}</w:num>'
        for at in range(6)
    )
    numbering = "".join((*definitions, *lists))
    return word_file(_body(chance), numbering=numbering)


def _level(chance: random.Random, depth: int) -> str:
    counted = chance.choice(USUAL if chance.random() < 0.8 else RARE)
    first = chance.choice((0, depth))
    text = ".".join(f"%{at + 1}" for at in range(first, depth + 1)) + chance.choice((".", ")", ""))
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{chance.choice((1, 1, 1, 0, 3, 5))}"/>'
        f'<w:numFmt w:val="{counted}"/><w:suff w:val="{chance.choice(SUFFIXES)}"/>'
        f'<w:lvlText w:val="{"-" if counted == "bullet" else text}"/></w:lvl>'
    )


def _override(chance: random.Random) -> str:
    what = chance.random()
    depth = chance.choice((0, 1))
    if what < 0.4:
        start = f'<w:startOverride w:val="{chance.choice((1, 1, 4, 10))}"/>'
        return f'<w:lvlOverride w:ilvl="0">{start}</w:lvlOverride>'
    level = _level(chance, depth) if what < 0.5 else ""
    return f'<w:lvlOverride w:ilvl="{depth}">{level}</w:lvlOverride>' if level else ""


def _body(chance: random.Random) -> str:
    body, depth, used = "", 0, chance.randint(1, 6)
    for at in range(PARAGRAPHS):
        used = chance.randint(1, 6) if chance.random() < 0.15 else used
        depth = min(max(depth + chance.choice(STEPS), 0), 8)
        words, what = f"word{at}", chance.random()
        if what < 0.1:
            body += paragraph(words)
        elif what < 0.15:
            body += table(row(f"<w:tc>{item(words, used, depth)}</w:tc>"))
        else:
            body += item("" if what < 0.2 else words, used, depth)
    return body


if __name__ == "__main__":
    sys.exit(main())
