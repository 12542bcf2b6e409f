"""What processes ask of the system, in the order in which it was done: by strace."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import go_without

CALLS = "fsync,fdatasync,sendto,recvfrom,write,writev"
OPTIONS = ["-f", "-y", "-ttt", "-T", "-s", "60", "-e", f"trace={CALLS}"]
LINE = re.compile(r"(?P<process>[0-9]+) +(?P<at>[0-9.]+) (?P<said>.*)")
BEGUN, ENDED = re.compile(r"(.*)<unfinished \.\.\.>$"), re.compile(r"<\.\.\. \w+ resumed>(.*)")
TOOK = re.compile(r"<([0-9.]+)>$")
PATIENCE = 20  # seconds


def tracer(file: Path) -> list[str]:
    """What stands before a command so that it and all it starts are traced; costs little."""
    if not shutil.which("strace"):
        go_without("strace is not installed.")
    return ["strace", "--seccomp-bpf", "-o", str(file), *OPTIONS]


@contextmanager
def attached(processes: Sequence[int], file: Path) -> Iterator[None]:
    """Trace a few processes that run already. Slows each of their calls: only for idle ones."""
    if not processes:
        yield
        return
    as_root = [] if os.getuid() == 0 else ["sudo", "-n"]
    which = [f"-p{one}" for one in processes]
    command = [*as_root, "strace", "-o", str(file), *OPTIONS, *which]
    strace = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        if not _are_attached(strace, processes):
            go_without("This user may not trace processes: run the tests as root, or allow sudo.")
        yield
    finally:
        os.killpg(strace.pid, signal.SIGINT)
        strace.wait(PATIENCE)


def calls(*files: Path) -> list[str]:
    """The calls of all traces, in the order in which they ended."""
    found = [call for file in files if file.exists() for call in _calls(file)]
    return [said for _at, said in sorted(found)]


def first(said: list[str], *words: str, after: int = -1) -> int:
    """Place of the first call after another that holds all the words. ValueError: none."""
    for place, call in enumerate(said):
        if place > after and all(word in call for word in words):
            return place
    raise ValueError(f"no call with {words} after {after}")


def _are_attached(strace: subprocess.Popen[bytes], processes: Sequence[int]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and strace.poll() is None:
        if all(_tracer_of(one) for one in processes):
            return True
        time.sleep(0.05)
    return False


def _tracer_of(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"TracerPid:\s*([0-9]+)", status)[1])


def _calls(file: Path) -> Iterator[tuple[float, str]]:
    """When each call ended, and what it was; halves of an interrupted line put together again."""
    begun: dict[str, str] = {}
    for line in file.read_text(errors="replace").splitlines():
        found = LINE.fullmatch(line)
        if not found:
            continue
        process, at, said = found["process"], float(found["at"]), found["said"]
        if half := BEGUN.fullmatch(said):
            begun[process] = half[1]
        elif rest := ENDED.fullmatch(said):
            yield at, begun.pop(process, "") + rest[1]
        else:
            took = TOOK.search(said)
            yield at + (float(took[1]) if took else 0), said
