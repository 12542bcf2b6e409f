"""Sets the form that lies in a folder, under limits it sets itself.

    python -m sutarta.formats.paperforms.worker FOLDER SECONDS MEGABYTES

The folder holds form.json and the drawings it names; form.pdf is put beside them.
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

TEMPLATE = Path(__file__).resolve().parent / "form.typ"
MAX_OUTPUT = 100 * MEGABYTE


def main(arguments: list[str]) -> int:
    room, seconds, megabytes = arguments
    limit(int(seconds), int(megabytes), output=MAX_OUTPUT)
    folder = Path(room)
    form = json.loads((folder / "form.json").read_text(encoding="utf-8"))
    shutil.copy(TEMPLATE, folder / TEMPLATE.name)
    try:
        _set(form, folder)
    except typst.TypstError as error:
        if NO_GLYPH not in str(error):
            raise
        _set(without_strangers(form), folder)
    return 0


def _set(form: dict[str, Any], folder: Path) -> None:
    (folder / "form.json").write_text(json.dumps(form), encoding="utf-8")
    made = typst.compile(
        str(folder / TEMPLATE.name),
        root=str(folder),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )
    (folder / "form.pdf").write_bytes(made)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
