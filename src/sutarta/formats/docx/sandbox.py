"""Reads a stranger's file in a process of its own, bounded in time and memory."""

from __future__ import annotations

import logging
import math
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from .changes import Changes
from .findings import Reading
from .safe import EXIT_REFUSED, MAX_FILE, REASONS, Refused
from .wire import load

WORKER = "sutarta.formats.docx.worker"
MAX_COMPLAINT = 4_000
log = logging.getLogger(__name__)
SOURCES = Path(__file__).resolve().parents[3]


def read_safely(
    data: bytes,
    *,
    changes: Changes = "accept",
    language: str = "lt",
    seconds: float = 10,
    megabytes: int = 512,
) -> Reading:
    """As `read`, but whatever the file does, this returns or raises Refused in time.

    seconds    wall time and processor time allowed, > 0
    megabytes  address space allowed to the worker, about 100 of them its own
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    limits = [changes, language, str(math.ceil(seconds)), str(megabytes)]
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
        return _reading(done.returncode, answer.read(), complaints.read(MAX_COMPLAINT))


def _reading(code: int, answer: bytes, complaint: bytes) -> Reading:
    if code == 0:
        return load(answer)
    if code == EXIT_REFUSED:
        named = answer.decode("ascii", "replace")
        raise Refused(named if named in REASONS else "broken")
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Refused("too_slow")
    if b"MemoryError" in complaint or code in (-signal.SIGSEGV, -signal.SIGABRT):
        raise Refused("too_hungry")
    # Then the mistake is ours; the person can still do nothing but save the file anew.
    log.error("reading a Word file ended with %s: %s", code, complaint.decode(errors="replace"))
    raise Refused("broken")


def _environment() -> dict[str, str]:
    """Nothing of ours but where the program lies; a checkout, a wheel or a zip alike."""
    path = dict.fromkeys([str(SOURCES), *(entry for entry in sys.path if entry)])
    return {"PYTHONPATH": os.pathsep.join(path), "LANG": "C.UTF-8"}
