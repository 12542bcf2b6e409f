"""Has a paper set as PDF by a process that is bounded in time and memory."""

from __future__ import annotations

import json
import logging
import subprocess
import tempfile
from pathlib import Path

from sutarta.formats.bounded.asking import run
from sutarta.formats.papers import Paper, wire

WORKER = "sutarta.formats.pdf.worker"
MAX_COMPLAINT = 2_000
log = logging.getLogger(__name__)


class NotWritten(Exception):
    """The paper could not be set: too long, or a mistake of ours, which is in the log."""


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
        _run(folder, seconds, megabytes)
        made = folder / "paper.pdf"
        if not made.exists():
            raise NotWritten("nothing was written")
        return made.read_bytes()


def _run(folder: Path, seconds: float, megabytes: int) -> None:
    with tempfile.TemporaryFile() as complaints:
        try:
            code = run(
                WORKER, str(folder), complaints=complaints,
                seconds=seconds, megabytes=megabytes, RAYON_NUM_THREADS="2",
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise NotWritten("setting the paper took too long") from error
        if code:
            complaints.seek(0)
            complaint = complaints.read()[-MAX_COMPLAINT:].decode(errors="replace")
            log.error("setting a paper ended with %s: %s", code, complaint)
            raise NotWritten(f"the typesetter ended with {code}")
