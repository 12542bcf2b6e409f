"""Sets the paper that lies in a folder, under limits it sets itself.

    python -m sutarta.formats.pdf.worker FOLDER SECONDS MEGABYTES

The folder holds paper.json and the pictures by their digest; paper.pdf is put beside them.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import typst

from sutarta.formats.bounded.working import MEGABYTE, limit
from sutarta.formats.papers import emblem

from .letters import without_strangers
from .pictures import settle_pictures

HERE = Path(__file__).resolve().parent
FONTS, TEMPLATE = HERE / "fonts", HERE / "paper.typ"
MAX_OUTPUT = 200 * MEGABYTE
NO_GLYPH = "could not be displayed"


def main(arguments: list[str]) -> int:
    room, seconds, megabytes = arguments
    limit(int(seconds), int(megabytes), output=MAX_OUTPUT)
    folder = Path(room)
    paper = json.loads((folder / "paper.json").read_text(encoding="utf-8"))
    settle_pictures(paper["pieces"], folder)
    shutil.copy(TEMPLATE, folder / "paper.typ")
    (folder / "emblem.svg").write_text(emblem.svg(), encoding="utf-8")
    try:
        _set(paper, folder)
    except typst.TypstError as error:
        if NO_GLYPH not in str(error):
            raise
        _set(without_strangers(paper), folder)
    return 0


def _set(paper: dict[str, Any], folder: Path) -> None:
    (folder / "paper.json").write_text(json.dumps(paper), encoding="utf-8")
    made = typst.compile(
        str(folder / "paper.typ"),
        root=str(folder),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    (folder / "paper.pdf").write_bytes(made)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
