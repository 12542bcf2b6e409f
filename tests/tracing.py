"""What processes ask of the system, in the order in which it was done: by strace."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.conftest import go_without

CALLS = "fsync,fdatasync,sendto,sendmsg,recvfrom,recvmsg,read,write,writev"
LINE = re.compile(r"(?P<process>[0-9]+) +[0-9.]+ (?P<said>.*)")
BEGUN, ENDED = re.compile(r"(.*)<unfinished \.\.\.>$"), re.compile(r"<\.\.\. \w+ resumed>(.*)")
PATIENCE = 10  # seconds


@dataclass
class Trace:
    """Calls as strace writes them, each where it ended; known when the tracing is over."""

    done: list[str] = field(default_factory=list)

    def first(self, *words: str, after: int = -1) -> int:
        """Place of the first call after another that holds all the words. ValueError: none."""
        for place, call in enumerate(self.done):
            if place > after and all(word in call for word in words):
                return place
        raise ValueError(f"no call with {words} after {after}")


@contextmanager
def traced(processes: list[int], file: Path) -> Iterator[Trace]:
    """The calls that these processes and their threads make meanwhile."""
    if not shutil.which("strace"):
        go_without("strace is not installed.")
    is_root = os.getuid() == 0
    command = [*([] if is_root else ["sudo", "-n"]), "strace", "-f", "-y", "-ttt", "-s", "60"]
    command += ["-e", f"trace={CALLS}", "-o", str(file), *(f"-p{one}" for one in processes)]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    trace = Trace()
    try:
        if not _is_attached(tracer, processes):
            go_without("This user may not trace processes: run the tests as root, or allow sudo.")
        yield trace
    finally:
        os.killpg(tracer.pid, signal.SIGINT)
        tracer.communicate()
    trace.done = list(_done(file.read_text(errors="replace").splitlines()))


def _is_attached(tracer: subprocess.Popen[bytes], processes: list[int]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and tracer.poll() is None:
        if all(_tracer_of(one) for one in processes):
            return True
        time.sleep(0.05)
    return False


def _tracer_of(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"TracerPid:\s*([0-9]+)", status)[1])


def _done(lines: list[str]) -> Iterator[str]:
    """Calls that were interrupted by another process's line, put together again."""
    begun: dict[str, str] = {}
    for line in lines:
        found = LINE.fullmatch(line)
        if not found:
            continue
        process, said = found["process"], found["said"]
        if half := BEGUN.fullmatch(said):
            begun[process] = half[1]
        elif rest := ENDED.fullmatch(said):
            yield begun.pop(process, "") + rest[1]
        else:
            yield said
