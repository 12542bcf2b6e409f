"""A real installation: founded by its own commands, served by `sutarta serve`, and attacked."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.cli.conftest import ROOT, environment
from tests.crash.databases import Postgresql, Sqlite, children, command_of, end, family

HOST = "crash.test"
PARTS = {"sequencer": " sequencer ", "web": "granian", "worker": " worker "}
ABOUT = {
    "group": "Alksnių miesto vietos veiklos grupė",
    "short": "Alksnių VVG",
    "municipality": "Alksnių miesto savivaldybė",
    "language": "lt",
    "host": HOST,
    "name": "V K",
    "email": "v.k@alksniai.example",
}


class Site:
    """One installation in a folder; `database` is one of those in tests.crash.databases."""

    def __init__(self, folder: Path, database: Sqlite | Postgresql, **settings: str) -> None:
        self.data, self.database = folder / "data", database
        self.log = folder / "serve.log"
        self.port = free_port()
        self.starts = 0
        self._serve: subprocess.Popen[bytes] | None = None
        self._settings = environment(
            SUTARTA_BEHIND_PROXY="yes", SUTARTA_HTTPS="no", **database.settings, **settings
        )
        flags = [word for name, value in ABOUT.items() for word in (f"--{name}", value)]
        self.run("sutarta.cli.main", "setup", "--data", self.data, *flags)
        self.run("tests.crash.founding", self.data)

    @property
    def kills(self) -> dict[str, Callable[[Random], None]]:
        """What can be killed, and how."""
        return {
            "one web process": lambda chance: end(*self._some(chance, children(self.part("web")))),
            "the web's parent": lambda chance: end(self.part("web")),
            "all of the web": lambda chance: end(*family(self.part("web"))),
            "the worker": lambda chance: end(*family(self.part("worker"))),
            "the sequencer": lambda chance: end(self.part("sequencer")),
            "sutarta serve": lambda chance: end(self._serve.pid),
            "everything at once": lambda chance: end(*family(self._serve.pid)),
            **self.database.kills,
        }

    def run(self, module: str, *arguments: object, said: str = "") -> str:
        """Run a module over this installation; returns its answer to what it is told."""
        command = [sys.executable, "-m", module, *map(str, arguments)]
        done = subprocess.run(
            command, input=said, env=self._settings, cwd=ROOT, capture_output=True, text=True
        )
        if done.returncode:
            raise RuntimeError(f"{module} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self) -> None:
        """Start `sutarta serve` unless it is running, as systemd would."""
        if self._serve is not None and self._serve.poll() is None:
            return
        what = ["serve", "--data", str(self.data), "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._serve = subprocess.Popen(
                [sys.executable, "-m", "sutarta.cli.main", *what],
                env=self._settings, cwd=ROOT, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.starts += 1

    def part(self, name: str) -> int:
        """The process of a part, 0 while it is down."""
        mine = children(self._serve.pid) if self._serve else []
        return next((one for one in mine if PARTS[name] in command_of(one)), 0)

    def is_whole(self) -> bool:
        """Whether every part runs, the web with its processes."""
        return all(map(self.part, PARTS)) and len(children(self.part("web"))) >= 2

    def mend(self, seconds: float = 120) -> None:
        """Start again what does not start by itself, and wait until every part runs."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.database.mend()
            self.start()
            if self.is_whole():
                return
            time.sleep(0.05)
        raise RuntimeError(f"not whole again within {seconds} s:\n{self.log.read_text()[-2000:]}")

    def stop(self) -> int:
        """Ask `sutarta serve` to end; returns its exit code."""
        if self._serve is None:
            return 0
        self._serve.terminate()
        return self._serve.wait(60)

    def abandon(self) -> None:
        """End whatever still runs."""
        if self._serve is not None:
            end(*family(self._serve.pid))
            self._serve.wait()
        self.database.stop()

    @staticmethod
    def _some(chance: Random, numbers: list[int]) -> list[int]:
        return [chance.choice(numbers)] if numbers else []


def free_port() -> int:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]
