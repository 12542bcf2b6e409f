"""A demo that runs for as long as somebody looks at it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 180  # seconds until the demo answers
READY = "Ctrl-C"  # printed when it does


@dataclass(frozen=True)
class Demo:
    """Where its groups are found: addresses of their sites, and links that sign staff in once."""

    sites: list[str]
    links: list[str]

    @property
    def base(self) -> str:
        """The first group's address, without a closing slash."""
        return self.sites[0]


@contextmanager
def demo(folder: Path) -> Iterator[Demo]:
    """A demo on a free port with its data in `folder`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    command = [sys.executable, "-m", "sutarta.cli.main", "demo", "--port", port]
    command += ["--data", str(folder / "data")]
    said = folder / "said.txt"
    with (
        said.open("w") as out,
        subprocess.Popen(command, cwd=ROOT / "src", stdout=out, stderr=subprocess.STDOUT) as runs,
    ):
        try:
            yield _found(said)
        finally:
            runs.terminate()


def _found(said: Path) -> Demo:
    until = time.monotonic() + LONGEST
    while READY not in said.read_text():
        if time.monotonic() > until:
            raise SystemExit(f"The demo did not start:\n{said.read_text()}")
        time.sleep(0.2)
    addresses = [found.rstrip("/") for found in re.findall(r"https?://\S+", said.read_text())]
    links = [address for address in addresses if "/in/" in address]
    return Demo([one for one in addresses if "/in/" not in one], [f"{one}/" for one in links])


def sign_in(page: Page, link: str) -> None:
    page.goto(link)
    page.locator("main button").click()
    page.wait_for_load_state()
