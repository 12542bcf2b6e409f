"""Has a paper set as PDF by a process that is bounded in time and memory."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from sutarta.formats.papers import Paper, wire

from .setting import NotWritten, typeset

WORKER = "sutarta.formats.pdf.worker"


def write(paper: Paper, *, seconds: float = 30, megabytes: int = 1_500) -> bytes:
    """The paper as PDF/UA-1: tagged, with title, language, bookmarks and its own fonts.

    seconds    wall time and processor time allowed, > 0
    megabytes  address space allowed, of which the typesetter's threads reserve about 500

    A letter that none of our fonts has is printed as □. Raises NotWritten.
    """
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        (folder / "paper.json").write_text(json.dumps(wire.dump(paper)), encoding="utf-8")
        for digest, data in paper.pictures.items():
            (folder / digest).write_bytes(data)
        typeset(WORKER, folder, seconds=seconds, megabytes=megabytes)
        made = folder / "paper.pdf"
        if not made.exists():
            raise NotWritten("nothing was written")
        return made.read_bytes()
