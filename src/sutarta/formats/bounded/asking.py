"""The caller's side: a worker is started, waited for as long as allowed, and understood."""

from __future__ import annotations

import logging
import math
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

from .refusing import EXIT_REFUSED, Refusal, refusal

MAX_COMPLAINT = 4_000
SOURCES = Path(__file__).resolve().parents[3]
log = logging.getLogger(__name__)


def ask(
    worker: str,
    *arguments: str,
    data: bytes,
    refused: type[Refusal],
    seconds: float,
    megabytes: int,
    wall: float | None = None,
) -> bytes:
    """What the worker answers for `data`.

    worker     module run by name, whose end is `working.answer`
    refused    kind of refusal it is about
    seconds    wall time and processor time allowed, > 0
    megabytes  address space allowed
    wall       wall time where more is allowed than processor time: a busy machine is nobody's fault

    Whatever the file does, this returns or raises `refused` in time.
    """
    with (
        tempfile.TemporaryFile() as given,
        tempfile.TemporaryFile() as said,
        tempfile.TemporaryFile() as complaints,
    ):
        given.write(data)
        given.seek(0)
        try:
            code = run(
                worker, *arguments, given=given, said=said, complaints=complaints,
                seconds=seconds, megabytes=megabytes, wall=wall,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise refusal(refused, "too_slow") from error
        said.seek(0)
        complaints.seek(0)
        answer = said.read()
        if code == 0:
            return answer
        raise refusal(refused, _why(worker, code, answer, complaints.read(MAX_COMPLAINT)))


def run(
    worker: str,
    *arguments: str,
    given: IO[bytes] | None = None,
    said: IO[bytes] | None = None,
    complaints: IO[bytes],
    seconds: float,
    megabytes: int,
    wall: float | None = None,
    **more: str,
) -> int:
    """Run the worker to its end; returns its exit code.

    given, said, complaints   its standard input, output and errors
    more                      further environment variables

    Raises subprocess.TimeoutExpired.
    """
    limits = [str(math.ceil(seconds)), str(megabytes)]
    nothing = subprocess.DEVNULL
    return subprocess.run(
        [sys.executable, "-P", "-s", "-X", "utf8", "-m", worker, *arguments, *limits],
        stdin=given or nothing, stdout=said or nothing, stderr=complaints,
        timeout=wall or seconds, env={**_environment(), **more}, check=False,
    ).returncode  # fmt: skip


def _why(worker: str, code: int, answer: bytes, complaint: bytes) -> str:
    """The code of the refusal that an end other than 0 means."""
    if code == EXIT_REFUSED:
        return answer.decode("ascii", "replace")
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        return "too_slow"
    if b"MemoryError" in complaint or code in (-signal.SIGSEGV, -signal.SIGABRT):
        return "too_hungry"
    # Then the mistake is ours; the person can still do nothing but save the file anew.
    log.error("%s ended with %s: %s", worker, code, complaint.decode(errors="replace"))
    return "broken"


def _environment() -> dict[str, str]:
    """Nothing of ours but where the program lies; a checkout, a wheel or a zip alike."""
    path = dict.fromkeys([str(SOURCES), *(entry for entry in sys.path if entry)])
    return {"PYTHONPATH": os.pathsep.join(path), "LANG": "C.UTF-8"}
