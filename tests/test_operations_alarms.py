"""When the nightly backup is made, and what coordinators are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sutarta.apps.mail.models import Letter, LetterState
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Pulse
from sutarta.cli import alarms, jobs
from tests import make


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


@pytest.mark.parametrize(
    ("silent", "looked", "alarm"),
    [
        (61, 10, ["sequencer"]),
        (59, 10, []),
        (61, 90, []),  # the whole installation stood still: it is given time to wake up
    ],
)
def test_coordinators_are_told_that_the_log_is_not_being_ordered(
    db, tmp_path, silent, looked, alarm
):
    coordinator = make.member(of=make.group(language="en"))
    tenants.beat("sequencer", make.NOON - timedelta(minutes=silent))
    tenants.beat("alarm", make.NOON - timedelta(minutes=looked))

    assert alarms.raise_all(tmp_path, make.NOON) == alarm
    letters = list(Letter.objects.filter(to=coordinator.email))
    assert len(letters) == len(alarm)
    assert all("10:59" in letter.text or "10.59" in letter.text for letter in letters)


def test_every_alarm_is_ready_in_both_languages():
    assert {kind: set(both) for kind, both in alarms.WORDS.items()} == {
        kind: {"lt", "en"}
        for kind in (
            "worker",
            "sequencer",
            "backup",
            "disk",
            "ship",
            "back",
            "audit",
            "mailboxes",
            "letters",
        )
    }
