"""The restore drill: a site at work loses its machine, and comes back from the second place.

Run on SQLite, and on PostgreSQL by tests/postgres.py.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg
import pytest

from sutarta.cli.keeping import states, watch
from tests import make
from tests.cli.conftest import demo, demo_once, environment, sutarta  # noqa: F401 - fixtures
from tests.cli.test_serve import free_port, health, wait_for

SPOKEN_FOR = 40  # seconds: long enough for the worker to ship more than once
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Spoken:
    """A submission that was acknowledged, and the receipt given for it."""

    at: datetime
    page: str
    receipt: bytes


class Resident:
    """Somebody with a browser who speaks in the demo's town."""

    def __init__(self, port: int) -> None:
        self._port, self._cookie = port, ""
        self._say = self._speaking_page()

    def speak(self, words: str) -> Spoken:
        head, form = self._ask("GET", f"{self._say}?kind=general")
        self._cookie = head["Set-Cookie"].split(";")[0] if head["Set-Cookie"] else self._cookie
        fields = {
            "kind": "general", "body": words, "step": "send",
            "request_key": secrets.token_urlsafe(32),
            "csrfmiddlewaretoken": TOKEN.search(form)[1].decode(),
        }  # fmt: skip
        head, said = self._ask("POST", self._say, urlencode(fields))
        assert head["Location"], said[:2000]
        page = head["Location"].partition("?")[0]
        return Spoken(make.now(), page, self.read(f"{page}receipt.json"))

    def read(self, path: str) -> bytes:
        return self._ask("GET", path)[1]

    def _speaking_page(self) -> str:
        _head, home = self._ask("GET", "/")
        newest = max(map(int, re.findall(rb'"/c/(\d+)/"', home)))
        return f"/c/{newest}/say/"

    def _ask(self, verb: str, path: str, body: str = "") -> tuple[http.client.HTTPMessage, bytes]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        with closing(http.client.HTTPConnection("localhost", self._port, timeout=30)) as line:
            line.request(verb, path, body or None, {"Cookie": self._cookie, **kind})
            answer = line.getresponse()
            said = answer.read()
        assert answer.status < 400, (path, answer.status, said[:500])
        return answer.headers, said


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[tuple[int, int]]:
    """A site that serves; its port and its process."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "sutarta.cli.main", "serve", "--data", data, "--port", str(port)],
        env=environment(**settings), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(lambda: health(port).get("healthy"), 60)
        yield port, process.pid
    finally:
        kill(process.pid)
        process.wait()


def kill(process: int) -> None:
    """As when the current fails: nobody gets to finish anything."""
    for number in reversed(family(process)):
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)


def family(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children")
    children = [int(number) for number in listed.read_text().split()] if listed.exists() else []
    return [process, *(member for child in children for member in family(child))]


@pytest.fixture
def databases() -> Iterator[tuple[str, str]]:
    """DATABASE_URL of the machine that is lost and of the one that follows; "" for SQLite."""
    address = os.environ.get("DATABASE_URL", "")
    names = [f"drill_{os.getpid()}_{number}" for number in (1, 2)] if address else []
    for name in names:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
    yield tuple(urlunsplit(urlsplit(address)._replace(path=f"/{n}")) for n in names) or ("", "")
    for name in names:
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def command(*arguments: object, **settings: str) -> str:
    done = sutarta(*arguments, **settings)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.both_databases
def test_a_site_at_work_loses_its_machine_and_at_most_a_minute(demo, databases, tmp_path):  # noqa: F811
    first, second = ({"DATABASE_URL": url} if url else {} for url in databases)
    place, key = tmp_path / "second", tmp_path / "kept.key"
    site = {
        "SUTARTA_SHIP_TO": str(place),
        "SUTARTA_LISTEN": f"lmtp:127.0.0.1:{free_port()}",  # the demo has a mailbox that waits
        "SUTARTA_LISTEN_FOR": "alksniai.example=localhost",
    }
    shutil.copy(demo / "backup.key", key)
    if first:
        command("backup", "--rows", "--data", demo, "--to", tmp_path / "moving")
        [file] = (tmp_path / "moving").iterdir()
        command("restore", file, "--data", demo, **first)
    command("ship", "--begin", "--to", place, "--data", demo, **first)

    spoken = []
    with serving(demo, **site, **first) as (port, process):
        resident, until = Resident(port), time.monotonic() + SPOKEN_FOR
        while time.monotonic() < until:
            spoken.append(resident.speak(f"Prie poliklinikos reikia {len(spoken) + 2} suoliukų."))
            time.sleep(1)
        kill(process)
        lost_at = make.now()
    shutil.rmtree(demo)

    shipped = states.titles(place / "states")
    there = [one for one in spoken if one.at < shipped[-1].made_at]
    assert len(shipped) >= 2
    assert lost_at - shipped[-1].made_at < watch.PROMISED
    assert len(there) > 5

    new = tmp_path / "new"
    told = command("restore", "--shipped", place, "--key", key, "--data", new, **second)
    assert "The log has everything that is known of it." in told

    with serving(new, **site, **second) as (port, _process):
        resident = Resident(port)
        for number, one in enumerate(there):
            assert json.loads(resident.read(f"{one.page}receipt.json"))
            file = tmp_path / f"receipt-{number}.json"
            file.write_bytes(one.receipt)
        for file in (tmp_path / "receipt-0.json", tmp_path / f"receipt-{len(there) - 1}.json"):
            command("verify", file, "--log", f"http://localhost:{port}/log/")
        resident.speak("Ir po nelaimės norime suoliukų.")
        wait_for(lambda: len(states.titles(place / "states")) > len(shipped), 60)
        command("audit", "--data", new, "--shipped", place, **second)
        checked = command("check", "--data", new, **site, **second)
    assert "error" not in checked
    assert re.search(r"(ok|warn) +second place: last shipped \d+ s ago", checked)
    assert timedelta(0) <= lost_at - there[-1].at
