"""Sets what lies in a folder, under limits it sets itself: papers, forms, posters.

    python -m sutarta.formats.pdf.worker FOLDER TEMPLATE INTO SECONDS MEGABYTES

The folder holds the template, said.json and the drawings and pictures these name; INTO, a .pdf or
a .png, is put beside them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import typst

from sutarta.formats.bounded.working import MEGABYTE, limit

from .letters import without_strangers
from .pictures import settle_pictures

FONTS = Path(__file__).resolve().parent / "fonts"
MAX_OUTPUT = 200 * MEGABYTE
PIXELS = 72.0  # an inch of a .png: a point is a pixel
NO_GLYPH = "could not be displayed"


def main(arguments: list[str]) -> int:
    room, template, into, seconds, megabytes = arguments
    limit(int(seconds), int(megabytes), output=MAX_OUTPUT)
    folder = Path(room)
    said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    settle_pictures(said.get("pieces", ()), folder)
    try:
        made = _set(said, folder, template, into)
    except typst.TypstError as error:
        if NO_GLYPH not in str(error):
            raise
        made = _set(without_strangers(said), folder, template, into)
    (folder / into).write_bytes(made)
    return 0


def _set(said: dict[str, Any], folder: Path, template: str, into: str) -> bytes:
    (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")
    kind: dict[str, Any] = {"format": "pdf", "pdf_standards": ["ua-1"]}
    if into.endswith(".png"):
        kind = {"format": "png", "ppi": PIXELS}
    made: bytes = typst.compile(
        str(folder / template),
        root=str(folder),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        **kind,
    )
    return made


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
