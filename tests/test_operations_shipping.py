"""A second place that does not work is told, and harms nothing else."""

from __future__ import annotations

import errno
import logging
import sqlite3
from datetime import timedelta

import pytest

from sutarta.apps.mail.models import Letter
from sutarta.apps.tenants import actions as tenants
from sutarta.apps.tenants.models import Pulse
from sutarta.cli import alarms, checks
from sutarta.cli.keeping import shipping, watch
from sutarta.cli.keeping.states import Title
from sutarta.cli.stop import Stop
from sutarta.web import health
from tests import make
from tests.make import NOON

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def place(tmp_path, settings):
    """A second place, named in the settings."""
    settings.SHIP_TO = tmp_path / "second"
    shipping.begin(settings.SHIP_TO)
    (tmp_path / "backup.key").write_text("11" * 32)
    return settings.SHIP_TO


def goes(monkeypatch, back=()):
    done = shipping.Shipped(Title(1, NOON), is_new=True, back=list(back))
    monkeypatch.setattr(shipping, "ship", lambda *_: done)


def fails(monkeypatch, error):
    def ship(*_):
        raise error

    monkeypatch.setattr(shipping, "ship", ship)


def lines(data, at):
    return [(line.level.value, line.words) for line in checks.of_shipping(data, at)][:-1]


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FULL, "No space left on device"),
        (OSError(errno.EROFS, "Read-only file system"), "Read-only file system"),
        (OSError(errno.ENOTCONN, "Transport endpoint is not connected"), "Transport endpoint"),
        (sqlite3.OperationalError("database or disk is full"), "database or disk is full"),
        (Stop("No state opens with this backup.key."), "No state opens"),
    ],
)
def test_a_place_that_fails_is_noted_in_words(place, tmp_path, monkeypatch, caplog, error, words):
    fails(monkeypatch, error)

    with caplog.at_level(logging.WARNING):
        assert watch.ship_due(tmp_path, NOON) is None
        watch.ship_due(tmp_path, NOON + MINUTE)

    standing = watch.standing()
    assert (standing.last, standing.since) == (None, NOON)
    assert words in standing.trouble
    assert words in caplog.text


def test_a_place_that_is_gone_is_noted_too(place, tmp_path):
    (place / shipping.MARK).unlink()

    watch.ship_due(tmp_path, NOON)

    assert "is it plugged in?" in watch.standing().trouble


def test_without_a_place_nothing_happens(tmp_path, settings):
    settings.SHIP_TO = None

    assert watch.ship_due(tmp_path, NOON) is None
    assert not Pulse.objects.exists()


def test_another_shipping_under_way_is_no_trouble(place, tmp_path, monkeypatch):
    fails(monkeypatch, shipping.UnderWay("x", 1))

    watch.ship_due(tmp_path, NOON)

    assert watch.standing() == watch.Standing()


def test_when_the_place_is_back_the_trouble_is_over(place, tmp_path, monkeypatch):
    fails(monkeypatch, FULL)
    watch.ship_due(tmp_path, NOON)
    goes(monkeypatch)

    watch.ship_due(tmp_path, NOON + MINUTE)

    assert watch.standing() == watch.Standing(last=NOON + MINUTE)


def test_a_place_too_slow_for_the_promise_is_told(place, tmp_path, monkeypatch):
    goes(monkeypatch)
    clock = iter([0.0, 41.5])
    monkeypatch.setattr(watch.time, "monotonic", lambda: next(clock))

    watch.ship_due(tmp_path, NOON)

    assert watch.standing().trouble == "it took 41 s: the place is slow"
    assert not watch.standing().is_late(NOON + 9 * MINUTE)


@pytest.mark.parametrize(
    ("shipped", "failed", "after", "told"),
    [
        (True, False, 23, [("ok", "last shipped 23 s ago")]),
        (True, False, 61, [("warn", "last shipped 61 s ago")]),
        (True, False, -3600, [("ok", "last shipped 0 s ago")]),  # the clock stepped back
        (False, False, 0, [("warn", "nothing shipped yet; sutarta serve does it")]),
        (
            True, True, 90,
            [("warn", "PLACE: No space left on device"), ("warn", "last shipped 90 s ago")],
        ),
        (
            True, True, 601,
            [("error", "PLACE: No space left on device"), ("error", "last shipped 601 s ago")],
        ),
        (
            False, True, 601,
            [
                ("error", "PLACE: No space left on device"),
                ("warn", "nothing shipped yet; sutarta serve does it"),
            ],
        ),
    ],
)  # fmt: skip
def test_the_check_tells_how_it_stands(place, tmp_path, monkeypatch, shipped, failed, after, told):
    if shipped:
        goes(monkeypatch)
        watch.ship_due(tmp_path, NOON)
    if failed:
        fails(monkeypatch, FULL)
        watch.ship_due(tmp_path, NOON)

    found = lines(tmp_path, NOON + timedelta(seconds=after))

    assert [(level, words.replace(str(place), "PLACE")) for level, words in found] == told


def test_the_check_misses_a_place(tmp_path, settings):
    settings.SHIP_TO = None

    [line] = checks.of_shipping(tmp_path, NOON)

    assert (line.level, line.subject) == (checks.Level.WARN, "second place")


def test_a_place_on_the_same_disk_is_told(place, tmp_path):
    last = list(checks.of_shipping(tmp_path, NOON))[-1]

    assert last.words.startswith("on the same disk as the data")


def test_coordinators_are_told_after_ten_minutes_and_the_desk_says_so(place, tmp_path, monkeypatch):
    coordinator = make.member(of=make.group(language="en"))
    goes(monkeypatch)
    watch.ship_due(tmp_path, NOON)
    fails(monkeypatch, FULL)
    watch.ship_due(tmp_path, NOON + MINUTE)

    assert alarms.raise_all(tmp_path, NOON + 10 * MINUTE) == []
    assert alarms.raise_all(tmp_path, NOON + 11 * MINUTE) == ["ship"]

    letter = Letter.objects.get()
    assert (letter.to, letter.subject) == (
        coordinator.email,
        "Sutarta: the second copy stands still",
    )
    for name in ("worker", "sequencer"):
        tenants.beat(name, NOON + 11 * MINUTE)
    assert health.ALARMS["ship"] in health.alarms(NOON + 11 * MINUTE)


def test_a_log_that_went_back_is_told_at_once(place, tmp_path, monkeypatch):
    make.member(of=make.group(language="lt"))
    goes(monkeypatch, back=["sutarta/a", "sutarta/b"])
    watch.ship_due(tmp_path, NOON)

    assert alarms.raise_all(tmp_path, NOON + MINUTE) == ["back"]
    assert Letter.objects.get().subject == "Sutarta: viešasis žurnalas grįžo atgal"
    assert lines(tmp_path, NOON + MINUTE)[1:] == [
        ("error", f"the log sutarta/{one} is behind what was shipped; see docs/second-place.md")
        for one in "ab"
    ]
