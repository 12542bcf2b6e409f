"""An installation with two mailboxes that a mail server hands letters over to."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.cli.conftest import ROOT, environment
from tests.crash.site import ABOUT, free_port

OURS = "vvg@alksniai.example"
FOUND = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from sutarta.cli import place
place.enter(Path(sys.argv[1]))
from sutarta.apps.mail.models import Alias, Door, Mailbox
from sutarta.apps.tenants.models import Group
group, at = Group.objects.get(), datetime(2026, 11, 22, tzinfo=UTC)
ours = Mailbox.objects.create(
    group=group, address="vvg@alksniai.example", door=Door.LISTENER, has_tags=True, added_at=at
)
Alias.objects.create(group=group, mailbox=ours, address="takas@alksniai.example", consultation=7)
Mailbox.objects.create(group=group, address="gmail@alksniai.example", door=Door.IMAP, added_at=at)
"""
STORED = """
import json, sys
from pathlib import Path
from sutarta.cli import place
place.enter(Path(sys.argv[1]))
from sutarta.apps.mail import sealing
from sutarta.apps.mail.models import RawLetter
print(json.dumps([
    [one.envelope_to, one.received_at.isoformat(), one.door, sealing.opened(one).decode("latin-1")]
    for one in RawLetter.objects.order_by("received_at")
]))
"""


def found(folder: Path) -> Path:
    """The data folder of an installation with the mailboxes; no letter came yet."""
    data = folder / "data"
    flags = [word for name, value in ABOUT.items() for word in (f"--{name}", value)]
    program("-m", "sutarta.cli.main", "setup", "--data", data, *flags)
    program("-c", FOUND, data)
    return data


def program(*arguments: object) -> str:
    """Run Python; returns what it says."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)], env=environment(), cwd=ROOT, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


class Listener:
    """`sutarta listen` over an installation, started as often as one likes."""

    def __init__(self, data: Path, protocol: str = "lmtp", path: Path | None = None) -> None:
        self.data, self.port, self.path = data, free_port(), path
        self.at = f"{protocol}:{path or f'127.0.0.1:{self.port}'}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, "-m", "sutarta.cli.main", "listen", "--at", self.at]
        self.process = subprocess.Popen(
            [*command, "--data", str(self.data)], env=environment(), cwd=ROOT,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def wait(self, seconds: float = 30) -> None:
        """Until it answers."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                self.connected().close()
                return
            time.sleep(0.05)
        raise RuntimeError(f"nobody listens at {self.at}")

    def connected(self) -> socket.socket:
        line = socket.socket(socket.AF_UNIX if self.path else socket.AF_INET)
        line.settimeout(20)
        try:
            line.connect(str(self.path) if self.path else ("127.0.0.1", self.port))
        except OSError:
            line.close()
            raise
        return line

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        self.process.terminate()
        return self.process.wait(30)


@contextlib.contextmanager
def listening(data: Path, protocol: str = "lmtp", path: Path | None = None) -> Iterator[Listener]:
    """A listener that answers, ended afterwards."""
    listener = Listener(data, protocol, path)
    listener.start()
    try:
        listener.wait()
        yield listener
    finally:
        if listener.process.poll() is None:
            os.kill(listener.process.pid, signal.SIGKILL)
        listener.process.wait()
