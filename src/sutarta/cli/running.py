"""Keeping processes running: start, watch, start again after a crash, stop gracefully."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import sutarta
from sutarta.cli.stop import Stop

GRACE = 20.0  # seconds a process has to finish what it is doing
STEADY = 30.0  # seconds after which a start counts as a good one
TRIES = 5  # bad starts in a row before everything is given up


@dataclass
class Part:
    """One process of the installation, and how its last starts went."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    bad_starts: int = 0
    resting_until: float = field(default=0.0)

    def start(self) -> None:
        # A session of its own: Ctrl-C reaches us alone, and we stop the parts in order.
        self.process = subprocess.Popen(
            self.command, env=_environment(), start_new_session=True, preexec_fn=_end_with_us
        )
        self.started = time.monotonic()

    def look_after(self) -> None:
        """Start the process again when it has ended. Raises Stop after TRIES bad starts."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.resting_until:
                self.start()
        elif (code := self.process.poll()) is not None:
            self._clear()
            self.bad_starts = 1 if now - self.started > STEADY else self.bad_starts + 1
            if self.bad_starts >= TRIES:
                raise Stop(f"The {self.name} does not start (exit code {code}).", code=1)
            print(f"The {self.name} ended (exit code {code}); starting it again.", file=sys.stderr)
            self.process, self.resting_until = None, now + 2.0**self.bad_starts / 4

    def stop(self, until: float) -> None:
        """Wait for the process to end, then end it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._clear()
            self.process.wait()

    def _clear(self) -> None:
        """End all that the process had started: web processes outlive a killed parent, and
        would go on serving beside the new ones.
        """
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


@dataclass(frozen=True)
class Greeting:
    """Words to print once the site answers at host and port."""

    host: str
    port: int
    words: str


def keep_running(parts: list[Part], greet: Greeting | None = None) -> int:
    """Run the parts until SIGTERM or SIGINT; returns the exit code."""
    asked_to_end = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: asked_to_end.set())
    try:
        while not asked_to_end.wait(0.2):
            for part in parts:
                part.look_after()
            if greet and is_listening(greet.host, greet.port):
                print(greet.words, flush=True)
                greet = None
    finally:
        _stop(parts)
    return 0


def is_listening(host: str, port: int) -> bool:
    """Whether somebody answers there."""
    with socket.socket() as attempt:
        attempt.settimeout(1)
        return attempt.connect_ex((host, port)) == 0


def _stop(parts: list[Part]) -> None:
    for part in parts:
        if part.process is not None:
            part.process.terminate()
    until = time.monotonic() + GRACE
    for part in parts:
        part.stop(until)


def python(module: str, *rest: str) -> list[str]:
    """The command line that runs a module with this very Python."""
    return [sys.executable, "-m", module, *rest]


def _environment() -> dict[str, str]:
    package = str(Path(sutarta.__file__).resolve().parents[1])
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def _end_with_us() -> None:
    """Have the kernel end the process when we are killed: no orphan keeps the port (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # 1 is PR_SET_PDEATHSIG


def require_free(host: str, port: int) -> None:
    """Raises Stop when nobody could listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OverflowError as error:
            raise Stop(f"There is no port {port}: choose one from 1024 to 65535.") from error
        except OSError as error:
            raise Stop(_why_not(error, host, port)) from error


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken: stop what uses it, or choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system: choose one above 1023 with --port."
    return f"Nobody can listen on {host}: {error.strerror}."
