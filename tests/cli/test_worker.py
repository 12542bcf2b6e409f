"""The background work: each job by itself, none stopped by another's crash."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

from sutarta.cli.jobs import Job, Round
from tests.cli.conftest import sutarta
from tests.cli.test_backup import ask

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def crash(at):
    raise RuntimeError("a letter to somebody@alksniai.example could not be made")


def run(*work: Job, moments: int = 1) -> list[str]:
    working = Round(list(work))
    for step in range(moments):
        working.start_due(NOON + step * SECOND)
        threading.Event().wait(0.05)
    return working.finish()


def test_a_crash_is_logged_and_leaves_the_others_alone(caplog):
    done: list[datetime] = []
    with caplog.at_level(logging.ERROR):
        failed = run(Job("bad", SECOND, crash), Job("good", SECOND, done.append), moments=3)

    assert failed == ["bad"]
    assert done == [NOON, NOON + SECOND, NOON + 2 * SECOND]
    assert [record.message for record in caplog.records] == ["the job bad failed"] * 3
    assert "RuntimeError" in caplog.text


def test_a_job_comes_only_when_it_is_due():
    done: list[datetime] = []

    run(Job("rare", 3 * SECOND, done.append), moments=5)

    assert done == [NOON, NOON + 3 * SECOND]


def test_a_clock_that_steps_back_puts_no_job_off():
    done: list[datetime] = []
    working = Round([Job("usual", 30 * SECOND, done.append)])
    moments = [NOON, NOON - 3600 * SECOND, NOON - 3590 * SECOND, NOON - 3570 * SECOND]
    for at in moments:
        working.start_due(at)
        threading.Event().wait(0.05)
    working.finish()

    assert done == [moments[0], moments[1], moments[3]]


def test_a_job_still_at_work_is_not_started_again_and_holds_nobody_up():
    gate, started, others = threading.Event(), [], []

    def slow(at):
        started.append(at)
        gate.wait(5)

    working = Round([Job("slow", SECOND, slow), Job("quick", SECOND, others.append)])
    for step in range(3):
        working.start_due(NOON + step * SECOND)
        threading.Event().wait(0.05)
    gate.set()
    working.finish()

    assert (len(started), len(others)) == (1, 3)


def test_a_crash_shows_no_address_in_the_log():
    from sutarta.web.logs import Line

    record = logging.makeLogRecord({"name": "x", "levelname": "ERROR", "msg": "job failed"})
    try:
        crash(NOON)
    except RuntimeError as error:
        record.exc_info = (type(error), error, error.__traceback__)

    assert "somebody@alksniai.example" not in Line().format(record)
    assert "RuntimeError" in Line().format(record)


def test_the_worker_once_beats_and_backs_up(demo):
    done = sutarta("worker", "--once", "--data", demo)

    pulses = [
        name
        for (name,) in ask(
            demo, "SELECT name FROM tenants_pulse WHERE name NOT LIKE 'audit:%' ORDER BY name"
        )
    ]
    backups = sorted(file.name for file in (demo.parent / "data-backups").iterdir())
    assert done.returncode == 0, done.stderr
    assert pulses == ["alarm", "backup", "worker"]
    assert len(backups) == 2
    assert backups[0] == "erasures.json"  # what a restore must erase again

    sutarta("worker", "--once", "--data", demo)

    assert sorted(file.name for file in (demo.parent / "data-backups").iterdir()) == backups


def test_a_worker_that_cannot_back_up_goes_on_and_says_so(demo):
    (demo.parent / "data-backups").write_text("a file where the folder should be")

    done = sutarta("worker", "--once", "--data", demo)

    assert done.returncode == 1
    assert "the job backup failed" in done.stderr
    assert ask(
        demo, "SELECT name FROM tenants_pulse WHERE name NOT LIKE 'audit:%' ORDER BY name"
    ) == [("alarm",), ("worker",)]
