"""A real mail server hands letters over while the listener is killed: none is lost or doubled."""

from __future__ import annotations

import collections
import json
import os
import random
import re
import shutil
import smtplib
import tempfile
import threading
import time
from pathlib import Path

import pytest

from tests.cli import postfix
from tests.cli.listening import OURS, STORED, Listener, listening, program
from tests.conftest import go_without
from tests.crash.site import free_port

LETTERS, SENDERS, KILLS = 240, 6, 4
NUMBER = re.compile(r"^X-Number: (\d+)\r$", re.MULTILINE)


@pytest.fixture(scope="module")
def data(mailboxes_once):
    if postfix.PROGRAM is None or os.geteuid() != 0:
        go_without("Postfix is not installed, or the tests do not run as root.")
    with tempfile.TemporaryDirectory() as folder:
        yield Path(shutil.copytree(mailboxes_once, Path(folder) / "data"))


@pytest.fixture(scope="module")
def served(data):
    """The listener, and the mail server in front of it."""
    listener = Listener(data)
    listener.port = free_port()
    listener.at = f"lmtp:127.0.0.1:{listener.port}"
    with postfix.Postfix(f"lmtp:inet:127.0.0.1:{listener.port}") as server:
        listener.start()
        listener.wait()
        yield listener, server
        if listener.process.poll() is None:
            listener.kill()


def stored(data):
    """Number of the letter -> how many of it there are."""
    rows = json.loads(program("-c", STORED, data))
    return collections.Counter(int(n) for row in rows for n in NUMBER.findall(row[3]))


def post(server, number: int, to: str = OURS, words: str = "Prašau tako.", line=None) -> None:
    letter = (
        f"From: R M <r.m@post.example>\r\nTo: {to}\r\nSubject: Takas\r\nX-Number: {number}\r\n"
        f"Message-ID: <{number}@post.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
        f"{words}\r\n"
    )
    with line or smtplib.SMTP("127.0.0.1", server.port) as line:
        line.sendmail("r.m@post.example", [to], letter.encode(), ["body=8bitmime"])


def wait_for(holds, seconds: float = 180) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, "not within the time"
        time.sleep(0.1)


def test_letters_are_handed_over_or_sent_back_with_the_reason(data, served):
    _listener, server = served

    post(server, 9001)
    post(server, 9002, to="stranger@alksniai.example")
    post(server, 9003, words=("x" * 900 + "\r\n") * 30_000)
    post(server, 9004, to="vvg+c7@alksniai.example")
    wait_for(lambda: server.waiting() == 0)

    assert stored(data) == {9001: 1, 9004: 1}
    said = server.log
    assert "dsn=2.0.0, status=sent (250 2.0.0 Kept)" in said
    assert re.search(r"dsn=5\.1\.1, status=bounced .*550 5\.1\.1 Nobody here", said)
    assert re.search(r"dsn=5\.3\.4, status=bounced", said)


def test_whatever_moment_the_listener_is_killed_at_every_letter_is_there_once(data, served):
    listener, server = served
    chance = random.Random(7)

    def send(first: int) -> None:
        for number in range(first, LETTERS, SENDERS):
            post(server, number)
            time.sleep(0.02)

    senders = [threading.Thread(target=send, args=[first]) for first in range(SENDERS)]
    for one in senders:
        one.start()
    for _kill in range(KILLS):
        time.sleep(chance.uniform(0.2, 0.6))
        listener.kill()
        listener.start()
        listener.wait()
    for one in senders:
        one.join()
    wait_for(lambda: server.waiting() == 0)

    counts = stored(data)
    assert {number: counts[number] for number in range(LETTERS)} == dict.fromkeys(range(LETTERS), 1)
    assert "status=deferred" in server.log
    print(f"{server.log.count('status=deferred')} tries again")


def test_by_a_socket_too(data, tmp_path):
    other = shutil.copytree(data, tmp_path / "data", ignore=shutil.ignore_patterns("*.lock"))
    with tempfile.TemporaryDirectory(prefix="sutarta-") as folder:
        Path(folder).chmod(0o755)  # for the mail server's user
        path = Path(folder) / "lmtp.sock"
        with listening(other, "lmtp", path), postfix.Postfix(f"lmtp:unix:{path}") as server:
            post(server, 9100)
            wait_for(lambda: server.waiting() == 0)

    assert stored(other)[9100] == 1
