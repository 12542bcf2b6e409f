"""The background work: each job by itself, none stopped by another's crash."""

from __future__ import annotations

import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest

from sutarta.apps.mail.models import Letter, LetterState
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Pulse
from sutarta.cli import alarms, jobs
from sutarta.cli.jobs import Job, Round
from tests import make
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

    pulses = [name for (name,) in ask(demo, "SELECT name FROM tenants_pulse ORDER BY name")]
    backups = [file.name for file in (demo.parent / "data-backups").iterdir()]
    assert done.returncode == 0, done.stderr
    assert pulses == ["alarm", "backup", "worker"]
    assert len(backups) == 1

    sutarta("worker", "--once", "--data", demo)

    assert [file.name for file in (demo.parent / "data-backups").iterdir()] == backups


def test_a_worker_that_cannot_back_up_goes_on_and_says_so(demo):
    (demo.parent / "data-backups").write_text("a file where the folder should be")

    done = sutarta("worker", "--once", "--data", demo)

    assert done.returncode == 1
    assert "the job backup failed" in done.stderr
    assert ask(demo, "SELECT name FROM tenants_pulse ORDER BY name") == [("alarm",), ("worker",)]


@pytest.mark.parametrize(
    ("last", "now", "makes"),
    [
        (None, "2026-11-22 12:00", True),
        ("2026-11-22 02:00", "2026-11-22 23:00", False),
        ("2026-11-22 01:59", "2026-11-22 02:00", True),
        ("2026-11-22 23:00", "2026-11-23 01:59", False),
        ("2026-11-22 23:00", "2026-11-23 02:00", True),
        ("2026-11-19 02:00", "2026-11-22 12:00", True),
    ],
)
def test_one_backup_a_night(db, monkeypatch, tmp_path, settings, last, now, makes):
    made: list[datetime] = []
    settings.BACKUPS = tmp_path
    monkeypatch.setattr(
        jobs.copies, "make", lambda data, folder, at: made.append(at) or tmp_path / "copy"
    )
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    if last:
        tenants.beat("backup", datetime.fromisoformat(last).replace(tzinfo=UTC))

    jobs.back_up_nightly(tmp_path, at)

    assert bool(made) == makes


def test_coordinators_are_told_once_a_day_that_backups_stand_still(db, tmp_path):
    group = make.group(language="en")
    coordinator = make.member(of=group)
    make.member(of=group, role="AUDITOR")
    tenants.beat("backup", make.NOON - timedelta(hours=37))

    assert alarms.raise_all(tmp_path, make.NOON) == ["backup"]
    assert alarms.raise_all(tmp_path, make.NOON + timedelta(hours=1)) == ["backup"]
    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (coordinator.email, "Sutarta: no fresh backup")
    assert Pulse.objects.get(name="alarm").note == "backup"

    alarms.raise_all(tmp_path, make.NOON + timedelta(days=1))
    assert Letter.objects.filter(subject=letter.subject).count() == 2


def test_coordinators_are_told_that_the_disk_is_full(db, tmp_path, monkeypatch):
    make.member(of=make.group())
    monkeypatch.setattr(alarms, "LEAST_FREE", 10**18)

    assert alarms.raise_all(tmp_path, make.NOON) == ["disk"]
    assert Letter.objects.get().subject == "Sutarta: baigiasi vieta diske"


def test_only_the_group_whose_letters_are_stuck_is_told(db, tmp_path):
    group, other = make.group(), make.group()
    coordinator = make.member(of=group)
    make.member(of=other)
    Letter.objects.create(
        group=group, key="k", kind="x", to="r@alksniai.example", language="lt", subject="s",
        text="t", state=LetterState.FAILED, created_at=make.NOON, next_at=make.NOON,
    )  # fmt: skip

    assert alarms.raise_all(tmp_path, make.NOON) == ["letters"]
    assert [row.to for row in Letter.objects.filter(kind="alarm")] == [coordinator.email]


def test_all_is_well_and_nobody_is_written_to(db, tmp_path):
    make.member(of=make.group())
    tenants.beat("backup", make.NOON)

    assert alarms.raise_all(tmp_path, make.NOON) == []
    assert Letter.objects.count() == 0
    assert Pulse.objects.get(name="alarm").note == ""


def test_after_a_long_silence_coordinators_are_told_since_when(db):
    make.member(of=make.group(language="lt"))
    tenants.beat("worker", make.NOON - timedelta(hours=3))

    jobs.pulse(make.NOON)
    jobs.pulse(make.NOON + timedelta(seconds=30))

    letter = Letter.objects.get()
    assert letter.subject == "Sutarta: buvo sustojęs foninis darbas"
    words = letter.text.replace("\u00a0", " ")
    assert words.startswith("Nuo 2026 m. lapkričio 22 d. 09.00 val. nebuvo siunčiami")


def test_a_short_silence_is_nobodys_business(db):
    make.member(of=make.group())
    tenants.beat("worker", make.NOON - timedelta(minutes=5))

    jobs.pulse(make.NOON)

    assert Letter.objects.count() == 0
    assert Pulse.objects.get(name="worker").at == make.NOON


def test_every_alarm_is_ready_in_both_languages():
    assert {kind: set(both) for kind, both in alarms.WORDS.items()} == {
        kind: {"lt", "en"} for kind in ("worker", "backup", "disk", "letters")
    }
