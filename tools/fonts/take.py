"""Takes the faces of Inter that PDF files need out of Debian's package fonts-inter.

    python tools/fonts/take.py FONTS-INTER.deb

Run by developers only: the results are committed, with their digests and the letters that all
four faces can draw. The full static faces are needed: those for the web lack tables that an
accessible PDF depends on.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "src/sutarta/formats/pdf/fonts"
FACES = ("Regular", "Italic", "SemiBold", "SemiBoldItalic")
FOLDER = "usr/share/fonts/opentype/inter"


def main(package: str) -> None:
    names = [f"Inter-{face}.otf" for face in FACES]
    with tempfile.TemporaryDirectory() as room:
        subprocess.run(["dpkg-deb", "-x", package, room], check=True)
        for name in names:
            shutil.copy(Path(room) / FOLDER / name, TARGET / name)
    shared = set.intersection(*(letters((TARGET / name).read_bytes()) for name in names))
    manifest = {
        "package": "fonts-inter (Debian)",
        "version": Path(package).name.split("_")[1],
        "licence": "OFL-1.1",
        "made": "unchanged",
        "files": {name: digest(TARGET / name) for name in [*names, "LICENSE.txt"]},
        "letters": ranges(shared),
    }
    text = json.dumps(manifest, ensure_ascii=False)
    (TARGET / "manifest.json").write_text(text + "\n", encoding="utf-8")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def ranges(found: set[int]) -> list[list[int]]:
    """Runs of neighbouring numbers, first and last.

    >>> ranges({1, 2, 3, 7})
    [[1, 3], [7, 7]]
    """
    runs = groupby(enumerate(sorted(found)), key=lambda pair: pair[1] - pair[0])
    listed = [[number for _at, number in run] for _key, run in runs]
    return [[run[0], run[-1]] for run in listed]


def letters(font: bytes) -> set[int]:
    """Every character that a face draws, from its table of format 12."""
    count = struct.unpack(">H", font[4:6])[0]
    tables = {font[12 + 16 * at : 16 + 16 * at]: 12 + 16 * at for at in range(count)}
    (cmap,) = struct.unpack(">I", font[tables[b"cmap"] + 8 : tables[b"cmap"] + 12])
    for at in range(struct.unpack(">H", font[cmap + 2 : cmap + 4])[0]):
        _platform, _kind, offset = struct.unpack(
            ">HHI", font[cmap + 4 + 8 * at : cmap + 12 + 8 * at]
        )
        start = cmap + offset
        if struct.unpack(">H", font[start : start + 2])[0] == 12:
            return set(_groups(font, start))
    raise SystemExit("The face has no table of characters of format 12.")


def _groups(font: bytes, start: int):
    (count,) = struct.unpack(">I", font[start + 12 : start + 16])
    for at in range(count):
        first, last, glyph = struct.unpack(
            ">III", font[start + 16 + 12 * at : start + 28 + 12 * at]
        )
        if glyph:
            yield from range(first, last + 1)


if __name__ == "__main__":
    main(sys.argv[1])
