"""Has a paper set as PDF by a process that is bounded in time and memory."""

from __future__ import annotations

import json
import logging
import math
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from sutarta.formats.papers import Paper, wire

WORKER = "sutarta.formats.pdf.worker"
SOURCES = Path(__file__).resolve().parents[3]
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
    limits = [str(folder), str(math.ceil(seconds)), str(megabytes)]
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-s", "-X", "utf8", "-m", WORKER, *limits],
            stdin=subprocess.DEVNULL, capture_output=True,
            timeout=seconds, env=_environment(), check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise NotWritten("setting the paper took too long") from error
    if done.returncode:
        complaint = done.stderr[-MAX_COMPLAINT:].decode(errors="replace")
        log.error("setting a paper ended with %s: %s", done.returncode, complaint)
        raise NotWritten(f"the typesetter ended with {done.returncode}")


def _environment() -> dict[str, str]:
    """Nothing of ours but where the program lies, as for readers of Word files."""
    path = dict.fromkeys([str(SOURCES), *(entry for entry in sys.path if entry)])
    return {"PYTHONPATH": os.pathsep.join(path), "LANG": "C.UTF-8", "RAYON_NUM_THREADS": "2"}
