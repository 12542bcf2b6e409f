"""Cleans a stranger's file in a process of its own, bounded in time and memory."""

from __future__ import annotations

import logging
import math
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from .kinds import MEDIA_TYPES, family
from .refusals import EXIT_REFUSED, MAX_FILE, REASONS, Refused

WORKER = "sutarta.formats.uploads.worker"
MAX_COMPLAINT = 4_000
SOURCES = Path(__file__).resolve().parents[3]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Clean:
    """A file made anew: its media type as its content says, the ending that goes with it."""

    media_type: str
    suffix: str
    data: bytes


def clean_safely(data: bytes, *, seconds: float = 20, megabytes: int = 1024) -> Clean:
    """The file without metadata. Whatever it does, this returns or raises Refused in time.

    seconds    wall time and processor time allowed, > 0
    megabytes  address space allowed to the worker
    """
    if len(data) > MAX_FILE:
        raise Refused("too_large")
    family(data)  # what is plainly no file of ours costs no process
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as answer,
        tempfile.TemporaryFile() as complaints,
    ):
        given.write(data)
        given.seek(0)
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-s", "-X", "utf8", "-m", WORKER,
                 str(math.ceil(seconds)), str(megabytes)],
                stdin=given, stdout=answer, stderr=complaints,
                timeout=seconds, env=_environment(), check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Refused("too_slow") from error
        answer.seek(0)
        complaints.seek(0)
        return _cleaned(done.returncode, answer.read(), complaints.read(MAX_COMPLAINT))


def _cleaned(code: int, answer: bytes, complaint: bytes) -> Clean:
    if code == 0:
        media_type, _newline, data = answer.partition(b"\n")
        named = media_type.decode("ascii")
        return Clean(named, MEDIA_TYPES[named], data)
    if code == EXIT_REFUSED:
        reason = answer.decode("ascii", "replace")
        raise Refused(reason if reason in REASONS else "broken")
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise Refused("too_slow")
    if b"MemoryError" in complaint or code in (-signal.SIGSEGV, -signal.SIGABRT):
        raise Refused("too_hungry")
    # Then the mistake is ours; the person can still do nothing but save the file anew.
    log.error("checking a file ended with %s: %s", code, complaint.decode(errors="replace"))
    raise Refused("broken")


def _environment() -> dict[str, str]:
    """Nothing of ours but where the program lies; a checkout, a wheel or a zip alike."""
    path = dict.fromkeys([str(SOURCES), *(entry for entry in sys.path if entry)])
    return {"PYTHONPATH": os.pathsep.join(path), "LANG": "C.UTF-8"}
