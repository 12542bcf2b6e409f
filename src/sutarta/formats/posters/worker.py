"""Sets the poster that lies in a folder, under limits it sets itself.

    python -m sutarta.formats.posters.worker FOLDER NAME SECONDS MEGABYTES

The folder holds poster.json, code.svg and emblem.svg; NAME, poster.pdf or picture.png, is put
beside them.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import typst

from sutarta.formats.bounded.working import MEGABYTE, limit
from sutarta.formats.pdf.letters import without_strangers
from sutarta.formats.pdf.worker import FONTS, NO_GLYPH

HERE = Path(__file__).resolve().parent
MAX_OUTPUT = 20 * MEGABYTE
PIXELS = 72.0  # an inch: a point is a pixel


def main(arguments: list[str]) -> int:
    room, name, seconds, megabytes = arguments
    limit(int(seconds), int(megabytes), output=MAX_OUTPUT)
    folder = Path(room)
    poster = json.loads((folder / "poster.json").read_text(encoding="utf-8"))
    try:
        _set(poster, folder, name)
    except typst.TypstError as error:
        if NO_GLYPH not in str(error):
            raise
        _set(without_strangers(poster), folder, name)
    return 0


def _set(poster: dict[str, Any], folder: Path, name: str) -> None:
    (folder / "poster.json").write_text(json.dumps(poster), encoding="utf-8")
    template = f"{Path(name).stem}.typ"
    shutil.copy(HERE / template, folder / template)
    common: dict[str, Any] = {
        "root": str(folder), "font_paths": [str(FONTS)], "ignore_system_fonts": True,
    }  # fmt: skip
    kind: dict[str, Any] = {"format": "pdf", "pdf_standards": ["ua-1"]}
    if name.endswith(".png"):
        kind = {"format": "png", "ppi": PIXELS}
    made = typst.compile(str(folder / template), **common, **kind)
    (folder / name).write_bytes(made)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
