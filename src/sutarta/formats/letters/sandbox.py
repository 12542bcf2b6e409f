"""Reads a stranger's letter in a process of its own, bounded in time and memory."""

from __future__ import annotations

import logging
import math
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from .letter import EXIT_REFUSED, MAX_FILE, REASONS, Letter, Refused
from .wire import load

WORKER = "sutarta.formats.letters.worker"
MAX_COMPLAINT = 4_000
SOURCES = Path(__file__).resolve().parents[3]
log = logging.getLogger(__name__)


def read_safely(data: bytes, name: str, *, seconds: float = 10, megabytes: int = 512) -> Letter:
    """As `read`, but whatever the file does, this returns or raises Refused in time.

    seconds    wall time and processor time allowed, > 0
    megabytes  address space allowed to the worker
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    ending = ".msg" if name.lower().endswith(".msg") else ".eml"
    limits = [ending, str(math.ceil(seconds)), str(megabytes)]
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as complaints,
    ):
        given.write(data)
        given.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-s", "-X", "utf8", "-m", WORKER, *limits],
                stdin=given, stdout=answer, stderr=complaints,
                timeout=seconds, env=_environment(), check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Refused("too_slow") from error
        answer.seek(0)
        complaints.seek(0)
        return _letter(done.returncode, answer.read(), complaints.read(MAX_COMPLAINT))


def _letter(code: int, answer: bytes, complaint: bytes) -> Letter:
    if code == 0:
        return load(answer)
    if code == EXIT_REFUSED:
        named = answer.decode("ascii", "replace")
        raise Refused(named if named in REASONS else "broken")
    if code in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT):
        raise Refused("too_slow")
    # Then the mistake is ours; the person can still do nothing but paste the text.
    log.error("reading a letter ended with %s: %s", code, complaint.decode(errors="replace"))
    raise Refused("broken")


def _environment() -> dict[str, str]:
    """Nothing of ours but where the program lies."""
    path = dict.fromkeys([str(SOURCES), *(entry for entry in sys.path if entry)])
    return {"PYTHONPATH": os.pathsep.join(path), "LANG": "C.UTF-8"}
