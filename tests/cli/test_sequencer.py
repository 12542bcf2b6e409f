"""`sutarta sequencer`: alone on its data, mended after a crash, and SQLite's log kept short."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from bench import crowd
from bench.crowd import Plan
from bench.installation import Installation, children, serving

from sutarta.cli import folding
from sutarta.cli.chores import Chores
from sutarta.cli.jobs import Job
from tests.cli.conftest import environment, sutarta
from tests.cli.test_backup import ask
from tests.cli.test_serve import command_of, wait_for

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(scope="module")
def site() -> Iterator[Installation]:
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), size=3) as served:
        wait_for((served.data / "run" / "intake.sock").exists)
        yield served


def sequencer(site: Installation) -> int:
    return next(one for one in children(site.process) if " sequencer " in command_of(one))


def speak(site: Installation) -> str:
    return crowd.speak(Plan("bench.test", site.port, site.say, [], True))


def stored(site: Installation) -> int:
    ((count,),) = ask(site.data, "SELECT COUNT(*) FROM consultations_submission")
    return count


def test_a_submission_is_stored_and_put_in_order_within_seconds(site):
    before = stored(site)

    speak(site)

    assert stored(site) == before + 1
    waiting = "SELECT 1 FROM ledger_entry WHERE leaf IS NULL"
    wait_for(lambda: ask(site.data, waiting) == [], 15)


def test_a_killed_sequencer_loses_no_word_and_comes_back(site):
    before, killed = stored(site), sequencer(site)

    os.kill(killed, signal.SIGKILL)
    speak(site)

    assert stored(site) == before + 1
    wait_for(lambda: any(" sequencer " in command_of(one) for one in children(site.process)))
    assert sequencer(site) != killed


def test_while_it_stands_still_submissions_are_stored_without_it(site):
    before, stopped = stored(site), sequencer(site)
    wait_for(lambda: is_stopped_between_writes(stopped, site))
    try:
        speak(site)
        assert stored(site) == before + 1
    finally:
        os.kill(stopped, signal.SIGCONT)


def is_stopped_between_writes(process: int, site: Installation) -> bool:
    """Stop it; in the midst of a write it would hold the database, so let it go on once more."""
    os.kill(process, signal.SIGSTOP)
    database = sqlite3.connect(site.data / "sutarta.sqlite3", isolation_level=None, timeout=1)
    try:
        database.execute("BEGIN IMMEDIATE")
        database.execute("ROLLBACK")
    except sqlite3.OperationalError:
        os.kill(process, signal.SIGCONT)
        return False
    finally:
        database.close()
    return True


def test_two_never_order_one_log(site):
    second = subprocess.run(
        [sys.executable, "-c", "from sutarta.cli import main, sequencer; sequencer.PATIENCE = 0.1;"
         f"raise SystemExit(main.main(['sequencer', '--data', {str(site.data)!r}]))"],
        capture_output=True, text=True, env=environment(), timeout=60,
    )  # fmt: skip

    assert second.returncode == 2
    assert "Sutarta is running on" in second.stderr


def test_once_orders_the_log_and_ends(demo):
    done = sutarta("sequencer", "--once", "--data", demo)

    assert done.returncode == 0, done.stderr
    assert ask(demo, "SELECT 1 FROM ledger_entry WHERE leaf IS NULL") == []
    assert not (demo / "run").exists()


def test_it_ends_when_asked_and_takes_its_door_away(demo):
    process = subprocess.Popen(
        [sys.executable, "-m", "sutarta.cli.main", "sequencer", "--data", str(demo)],
        env=environment(),
    )
    wait_for((demo / "run" / "intake.sock").exists)

    process.send_signal(signal.SIGTERM)

    assert process.wait(20) == 0
    assert not (demo / "run" / "intake.sock").exists()


def test_a_chore_that_crashes_leaves_the_others_alone(caplog, monkeypatch):
    from django.db import connection

    monkeypatch.setattr(connection, "close", lambda: None)
    done: list[datetime] = []

    def crash(at: datetime) -> None:
        raise RuntimeError("no such luck")

    chores = Chores([Job("bad", SECOND, crash), Job("good", 2 * SECOND, done.append)])

    failed = [chores.do_due(NOON + step * SECOND) for step in range(3)]

    assert failed == [["bad"]] * 3
    assert done == [NOON, NOON + 2 * SECOND]
    assert "bad failed" in caplog.text


def test_a_clock_that_steps_back_stops_no_chore():
    done: list[datetime] = []
    chores = Chores([Job("log", SECOND, done.append)])

    for moment in (NOON, NOON - timedelta(hours=1), NOON - timedelta(hours=1) + SECOND):
        chores.do_due(moment)

    assert len(done) == 3


@pytest.fixture
def on_disk(tmp_path, monkeypatch) -> Iterator[sqlite3.Connection]:
    """SQLite in a file with a log beside it, folded by nobody but us."""
    file = tmp_path / "some.sqlite3"
    ours = sqlite3.connect(file, isolation_level=None)
    ours.execute("PRAGMA journal_mode=WAL")
    ours.execute("PRAGMA wal_autocheckpoint=0")
    ours.execute("CREATE TABLE words (said TEXT)")

    class Connection:
        vendor = "sqlite"
        cursor = staticmethod(lambda: _Cursor(ours))

    monkeypatch.setattr(folding, "connection", Connection)
    monkeypatch.setattr(folding.place, "sqlite_file", lambda: file)
    monkeypatch.setattr(folding, "SOME", 100_000)
    yield ours
    ours.close()


class _Cursor:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._cursor = connection.cursor()

    def __enter__(self) -> sqlite3.Cursor:
        return self._cursor

    def __exit__(self, *error: object) -> None:
        self._cursor.close()


def write(connection: sqlite3.Connection, size: int) -> None:
    connection.execute("INSERT INTO words VALUES (?)", ["x" * size])


def test_the_log_is_emptied_when_nobody_writes(on_disk):
    folder = folding.Folder()
    write(on_disk, 300_000)

    folder.fold(NOON)
    after_writing = folding.log_size()
    folder.fold(NOON + SECOND)

    assert after_writing > 300_000
    assert folding.log_size() == 0


def test_a_large_log_is_emptied_while_others_write(on_disk, monkeypatch):
    monkeypatch.setattr(folding, "LARGE", 200_000)
    folder = folding.Folder()
    write(on_disk, 300_000)

    folder.fold(NOON)

    assert folding.log_size() == 0


def test_somebody_who_reads_for_long_is_not_waited_for(on_disk, tmp_path, monkeypatch):
    monkeypatch.setattr(folding, "LARGE", 1000)
    reader = sqlite3.connect(tmp_path / "some.sqlite3", isolation_level=None)
    write(on_disk, 50_000)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM words").fetchall()
    write(on_disk, 50_000)
    began = time.monotonic()

    folding.Folder().fold(NOON)

    assert time.monotonic() - began < 15  # who waits for a reader waits for 20
    assert folding.log_size() > 0
    reader.execute("COMMIT")
    reader.close()
    folding.Folder().fold(NOON)
    assert folding.log_size() == 0


def test_a_thread_of_the_web_never_waits_for_a_sequencer_that_is_gone(tmp_path, settings):
    from sutarta.apps.consultations.intake import socket

    waited: list[float] = []

    def ask_there() -> None:
        began = time.monotonic()
        with pytest.raises(FileNotFoundError):
            socket.ask(tmp_path / "run", b"question\n", 3)
        waited.append(time.monotonic() - began)

    thread = threading.Thread(target=ask_there)
    thread.start()
    thread.join(30)

    assert waited and waited[0] < 3
