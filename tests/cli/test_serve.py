"""`sutarta serve`: up soon, mended after a crash, down gracefully."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sutarta.cli import running
from sutarta.cli.running import Part, keep_running, python
from sutarta.cli.stop import Stop
from tests.cli.conftest import environment, sutarta


def free_port() -> int:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]


@contextmanager
def serving(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "sutarta.cli.main", *map(str, arguments)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment(),
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_for(what: Callable[[], object], seconds: float = 60) -> object:
    """What `what` returns as soon as it is true; fails after so many seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.1)
    return pytest.fail(f"not within {seconds} s")


def health(port: int) -> dict[str, bool]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
            return json.load(answer)
    except (urllib.error.URLError, OSError):
        return {}


def children(process: subprocess.Popen[str]) -> list[int]:
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(number) for number in listed.split()]


def command_of(number: int) -> str:
    return Path(f"/proc/{number}/cmdline").read_text().replace("\0", " ")


def lives(number: int) -> bool:
    return Path(f"/proc/{number}/cmdline").exists() and command_of(number) != ""


def test_the_site_comes_up_is_mended_and_goes_down_gracefully(demo):
    port = free_port()
    with serving("serve", "--data", demo, "--port", port, "--workers", 1) as process:
        wait_for(lambda: health(port).get("healthy"))
        worker = next(n for n in children(process) if " worker " in command_of(n))

        os.kill(worker, signal.SIGKILL)
        wait_for(lambda: len(set(children(process)) - {worker}) == 3)

        second = sutarta("serve", "--data", demo, "--port", free_port())
        assert second.stderr == (
            f"sutarta: Sutarta is running on {demo}: stop it first, then serve.\n"
        )
        started = time.monotonic()
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=running.GRACE)

    assert process.returncode == 0
    assert time.monotonic() - started < running.GRACE
    assert "The worker ended (exit code -9); starting it again." in said
    assert health(port) == {}


def test_the_demo_serves_what_it_printed(demo):
    port = free_port()
    with serving("demo", "--data", demo, "--port", port) as process:
        began = time.monotonic()
        wait_for(lambda: health(port).get("healthy"))
        assert time.monotonic() - began < 30
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
            page = answer.read().decode()
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=running.GRACE)

    assert process.returncode == 0
    assert f"http://127.0.0.1:{port}/\n" in said
    assert f"http://127.0.0.1:{port}/in/" in said
    assert '<html lang="lt"' in page
    assert "Alksnių miesto" in page


def test_no_part_outlives_a_killed_parent(demo):
    port = free_port()
    with serving("serve", "--data", demo, "--port", port) as process:
        wait_for(lambda: health(port))
        parts = children(process)
        process.kill()
        wait_for(lambda: not any(lives(number) for number in parts))

    assert len(parts) == 3


def test_a_part_that_never_starts_is_given_up_in_one_sentence(monkeypatch):
    monkeypatch.setattr(running, "TRIES", 2)
    broken = Part("worker", python("no.such.module"))

    with pytest.raises(Stop, match=r"^The worker does not start \(exit code 1\)\.$"):
        keep_running([broken])


def test_what_a_part_had_started_ends_with_it(tmp_path):
    note = tmp_path / "child"
    part = Part("web", ["sh", "-c", f"sleep 60 & echo $! > {note}; wait"])
    part.start()
    child = int(wait_for(lambda: note.exists() and note.read_text()))

    os.kill(part.process.pid, signal.SIGKILL)
    wait_for(lambda: part.look_after() or part.process is None)

    wait_for(lambda: not lives(child))
