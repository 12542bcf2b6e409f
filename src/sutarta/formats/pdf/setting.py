"""Runs the typesetter in a process that is bounded in time and memory."""

from __future__ import annotations

import logging
import subprocess
import tempfile
from pathlib import Path

from sutarta.formats.bounded.asking import run

MAX_COMPLAINT = 2_000
log = logging.getLogger(__name__)


class NotWritten(Exception):
    """It could not be set: too long, or a mistake of ours, which is in the log."""


def typeset(worker: str, folder: Path, *names: str, seconds: float, megabytes: int) -> None:
    """Have `worker`, a module, set what lies in the folder. Raises NotWritten.

    names   further arguments of the worker, before the limits
    """
    with tempfile.TemporaryFile() as complaints:
        try:
            code = run(
                worker, str(folder), *names, complaints=complaints,
                seconds=seconds, megabytes=megabytes, RAYON_NUM_THREADS="2",
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise NotWritten(f"{worker} took too long") from error
        if code:
            complaints.seek(0)
            complaint = complaints.read()[-MAX_COMPLAINT:].decode(errors="replace")
            log.error("%s ended with %s: %s", worker, code, complaint)
            raise NotWritten(f"the typesetter ended with {code}")
