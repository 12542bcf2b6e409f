"""Troubles that are no crash: people get their receipt, or their words back; nothing is lost."""

from __future__ import annotations

import json
import os
import resource
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.crash.databases import Postgresql, Sqlite, family
from tests.crash.people import Browser, Notes, Person, Told, fetch_receipt, read
from tests.crash.site import Site

pytestmark = pytest.mark.crash
LOCKED = 26  # seconds; the site itself waits for 23
NOWHERE = "smtp+plain://127.0.0.1:9"  # nobody listens there


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from serving(tmp_path_factory.mktemp("site"), Sqlite)


@pytest.fixture(scope="module")
def on_postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    yield from serving(tmp_path_factory.mktemp("site"), Postgresql)


def serving(folder: Path, database: type[Sqlite] | type[Postgresql]) -> Iterator[Site]:
    site = Site(folder, database(folder), SUTARTA_MAIL_URL=NOWHERE)
    try:
        site.mend()
        wait_for(lambda: status(site, "/healthz") == 200)
        yield site
    finally:
        site.abandon()


def wait_for(what: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, f"not within {seconds} s"
        time.sleep(0.1)


def status(site: Site, path: str) -> int:
    try:
        return read(site.port, path)[0]
    except ConnectionError:
        return 0


@contextmanager
def people(site: Site, seed: str) -> Iterator[Notes]:
    """Four people who send all the while, and are listened to until they have ended."""
    notes = Notes()
    crowd = [Person(site.port, notes, f"{seed}{number}") for number in range(4)]
    for person in crowd:
        person.start()
    try:
        wait_for(lambda: notes.moments)
        yield notes
    finally:
        for person in crowd:
            person.hush.set()
        for person in crowd:
            person.join(120)


def nothing_lost(site: Site, *all_notes: Notes, forms: Sequence[Told] = ()) -> None:
    """Everything acknowledged is there once and whole, in the log, and proved by its receipt."""
    told = [*forms, *(form for notes in all_notes for form in notes.forms)]
    with closing(Browser(site.port)) as browser:
        for form in told:
            assert not form.secret or form.receipt or fetch_receipt(browser, form)
    time.sleep(2.5)  # the log is put in order every second
    known = json.loads((site.data / "told.json").read_text()) if told_before(site) else []
    told_now = known + [form.plain() for form in told]
    (site.data / "told.json").write_text(json.dumps(told_now))
    address = f"http://127.0.0.1:{site.port}"
    said = json.dumps({"forms": told_now, "seen": []})
    found = json.loads(site.run("tests.crash.looking", site.data, address, len(known), said=said))
    assert found["faults"] == []
    assert [line for notes in all_notes for line in notes.strange] == []


def opened(site: Site) -> sqlite3.Connection:
    return sqlite3.connect(site.data / "sutarta.sqlite3", isolation_level=None)


def told_before(site: Site) -> bool:
    return (site.data / "told.json").exists()


def test_a_locked_database(on_sqlite):
    with people(on_sqlite, "lock") as notes:
        lock = opened(on_sqlite)
        lock.execute("BEGIN IMMEDIATE")
        until = time.monotonic() + LOCKED
        while time.monotonic() < until:
            assert status(on_sqlite, "/p/") == 200  # who reads, waits for nobody
            time.sleep(2)
        lock.execute("ROLLBACK")
        lock.close()
        unlocked = time.monotonic()
        wait_for(lambda: notes.has_one_after(unlocked + 1))

    assert notes.answers["503"] > 0
    nothing_lost(on_sqlite, notes)


def test_a_full_disk(on_sqlite):
    parts = family(on_sqlite.part("web")) + [
        on_sqlite.part(name) for name in ("worker", "sequencer")
    ]
    log = on_sqlite.data / "sutarta.sqlite3-wal"
    with people(on_sqlite, "full") as notes:
        for part in parts:
            _soft, hard = resource.prlimit(part, resource.RLIMIT_FSIZE)
            resource.prlimit(part, resource.RLIMIT_FSIZE, (log.stat().st_size + 8192, hard))
        wait_for(lambda: notes.answers["503"] > 3)
        assert status(on_sqlite, "/p/") == 200
        for part in parts:
            resource.prlimit(part, resource.RLIMIT_FSIZE, (hard, hard))
        lifted = time.monotonic()
        wait_for(lambda: notes.has_one_after(lifted + 1))

    nothing_lost(on_sqlite, notes)


def test_a_sequencer_that_does_not_answer(on_sqlite):
    stuck = on_sqlite.part("sequencer")
    os.kill(stuck, signal.SIGSTOP)  # nobody writes now, so it holds no lock
    try:
        with people(on_sqlite, "stuck") as notes:
            wait_for(lambda: len(notes.moments) > 8)
    finally:
        os.kill(stuck, signal.SIGCONT)

    nothing_lost(on_sqlite, notes)


def test_no_mail_server(on_sqlite):
    """It has been away in all of these tests: letters wait, and say why."""
    with people(on_sqlite, "mail") as notes:
        wait_for(lambda: any(form.email for form in notes.acknowledged))
    kinds = "SELECT state, COUNT(*), MAX(error) FROM mail_letter GROUP BY state"
    with closing(opened(on_sqlite)) as database:
        wait_for(lambda: any(error for _state, _count, error in database.execute(kinds)))
        [(state, count, error)] = database.execute(kinds)

    assert state == "QUEUED"
    assert count >= sum(bool(form.email) for form in notes.acknowledged)
    assert "refused" in error.lower()
    nothing_lost(on_sqlite, notes)


def test_a_database_that_is_away(on_postgresql):
    site, told = on_postgresql, Told("Pastatykite suoliukų prie tako.", "k" * 43)
    with closing(Browser(site.port)) as browser:
        lose_and_find(site, browser, told)

    nothing_lost(site, forms=[told])


def lose_and_find(site: Site, browser: Browser, told: Told) -> None:
    browser.open_form()
    site.database.kill()
    wait_for(lambda: status(site, "/healthz") == 503)

    began = time.monotonic()
    code, _there, page = browser.send(told)
    assert (code, told.text in page) == (503, True)
    assert status(site, "/") == 503
    assert time.monotonic() - began < 30

    site.database.mend()
    wait_for(lambda: status(site, "/healthz") == 200)
    code, there, _page = browser.send(told)
    told.secret = there.split("/")[2]
    assert code == 302
    assert browser.send(told)[1] == there
