"""A real installation in a scratch folder: `sutarta serve` as it stands, on two cores."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
OURS = ("SUTARTA_", "DATABASE_URL", "DJANGO_")


@dataclass(frozen=True)
class Installation:
    """One that serves. `database` is the server's first process, None for SQLite."""

    data: Path
    port: int
    say: str
    process: int
    database: int | None

    def cpu(self) -> dict[str, float]:
        """Seconds of CPU each part has used so far, its children's included."""
        parts = dict.fromkeys(("web", "sequencer", "worker", "database"), 0.0)
        for child in children(self.process):
            parts[_name(child)] += tree(child)
        if self.database:
            parts["database"] += tree(self.database)
        return parts


@contextlib.contextmanager
def serving(
    folder: Path,
    address: str = "",
    database: int | None = None,
    *,
    size: int = 200,
    before: Sequence[str] = (),
) -> Iterator[Installation]:
    """Found a group with an open consultation in the folder and serve it.

    address   DATABASE_URL, "" for SQLite
    size      how many passages and comments there are
    before    what stands before the command, such as a tracer
    """
    data, port = folder / "data", free_port()
    found = _python("-m", "bench.founding", str(data), str(size), address=address)
    say = subprocess.run(found.args, env=found.env, cwd=ROOT, check=True, capture_output=True)
    command = _python(
        "-m", "sutarta.cli.main", "serve", "--data", str(data), "--port", str(port), address=address
    )
    log = (folder / "log").open("w")
    served = subprocess.Popen(
        [*before, *command.args], env=command.env, cwd=ROOT, stderr=log, stdout=log
    )
    try:
        _wait_for(port, served)
        process = children(served.pid)[0] if before else served.pid
        yield Installation(data, port, say.stdout.decode().strip(), process, database)
    finally:
        for one in children(served.pid) if before else [served.pid]:
            os.kill(one, signal.SIGTERM)
        served.wait(60)
        log.close()


@dataclass(frozen=True)
class _Command:
    args: list[str]
    env: dict[str, str]


def _python(*arguments: str, address: str) -> _Command:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    more = {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    more |= {"DATABASE_URL": address} if address else {}
    return _Command([sys.executable, *arguments], clean | more)


def _wait_for(port: int, served: subprocess.Popen[bytes], seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and served.poll() is None:
        with contextlib.suppress(urllib.error.URLError, OSError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
            return
        time.sleep(0.2)
    raise SystemExit("the installation did not come up")


def free_port() -> int:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]


def children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(number) for number in listed.split()]


def tree(process: int) -> float:
    """Seconds of CPU of a process, those it started, and those of them that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    own = sum(map(int, fields[11:15])) / TICKS
    return own + sum(tree(child) for child in children(process))


def _name(process: int) -> str:
    command = Path(f"/proc/{process}/cmdline").read_text().split("\0")
    return next((name for name in ("sequencer", "worker") if name in command), "web")
