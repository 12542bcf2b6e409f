"""A shipping cut off anywhere leaves what was there; what is old goes, and nothing else."""

from __future__ import annotations

import errno
import itertools
import os
from collections.abc import Iterator
from datetime import timedelta

import pytest

from sutarta.cli.keeping import looking, shipping, snapshots, states
from sutarta.cli.keeping.snapshots import Source
from tests import make
from tests.logs import grow, set_back
from tests.make import NOON

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Installation:
    """Stands in for database and files: its content is what a test says it is."""

    def __init__(self) -> None:
        self.content = [b"one", b"two", b"three"]

    def database(self, room) -> Iterator[Source]:
        yield Source(snapshots.DATABASE, "", iter(self.content))

    def files(self, data) -> Iterator[Source]:
        yield Source("secret.key", "1.1", iter([b"secret"]))


@pytest.fixture
def installation(monkeypatch) -> Installation:
    its = Installation()
    monkeypatch.setattr(snapshots, "database", its.database)
    monkeypatch.setattr(snapshots, "files", its.files)
    return its


@pytest.fixture
def place(tmp_path, installation) -> shipping.Place:
    shipping.begin(tmp_path / "second")
    (tmp_path / "key").write_text("11" * 32)
    return shipping.find(tmp_path / "second", tmp_path / "key")


def fail_at(monkeypatch, number: int, error: BaseException) -> None:
    """The place takes so many writes, and then none."""
    calls = itertools.count()
    true = os.fsync

    def fsync(descriptor: int) -> None:
        if next(calls) >= number:
            raise error
        true(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)


def contents(place: shipping.Place) -> dict[int, bytes]:
    """Number of each state that can be put back -> its database."""
    found = looking.look(place)
    assert found.damaged == []
    parts = {title.number: place.read(title).parts[snapshots.DATABASE] for title in found.whole}
    return {n: b" ".join(map(place.pieces.get, part.pieces)) for n, part in parts.items()}


@pytest.mark.parametrize(
    "error",
    [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()],
    ids=["full", "killed"],
)
def test_cut_off_anywhere_the_former_state_stays_and_the_next_shipping_ends_it(
    tmp_path, place, installation, monkeypatch, error
):
    make.group()
    shipping.ship(tmp_path, place, NOON)
    installation.content = [b"one", b"2", b"3"]
    writes = 0

    while True:
        with monkeypatch.context() as cut:
            fail_at(cut, writes, error)
            try:
                shipping.ship(tmp_path, place, NOON + HOUR)
                break
            except type(error):
                assert contents(place)[1] == b"one two three"
        writes += 1

    assert writes >= 3
    assert contents(place) == {1: b"one two three", 2: b"one 2 3"}
    assert list(place.folder.rglob("*.unfinished")) == []


def test_a_piece_that_got_lost_comes_again(tmp_path, place, installation):
    shipping.ship(tmp_path, place, NOON)
    for name in list(place.pieces.all()):
        place.pieces.remove(name)

    done = shipping.ship(tmp_path, place, NOON + HOUR)

    assert len(done.written) == 4
    assert contents(place) == {1: b"one two three"}


def test_old_states_go_and_with_them_what_only_they_named(tmp_path, place, installation):
    for hours in range(0, 24 * 20, 6):
        installation.content = [b"always", f"hour {hours}".encode()]
        shipping.ship(tmp_path, place, NOON + hours * HOUR)

    kept = contents(place)
    names = set(place.pieces.all())
    titles = states.titles(place.states)
    assert len(kept) == len(titles) == 14 + 4
    assert len(names) == len(kept) + 2
    assert NOON + 474 * HOUR - titles[0].made_at < timedelta(days=states.KEPT_DAYS)


def test_old_states_go_though_nothing_changes_any_more(tmp_path, place, installation):
    shipping.ship(tmp_path, place, NOON)
    installation.content = [b"without what was erased"]
    shipping.ship(tmp_path, place, NOON + HOUR)

    shipping.ship(tmp_path, place, NOON + timedelta(days=15))

    assert contents(place) == {2: b"without what was erased"}
    assert len(list(place.pieces.all())) == 2


def test_nothing_goes_while_the_log_is_behind(tmp_path, place, installation):
    log = grow(make.group(), 3)
    shipping.ship(tmp_path, place, NOON)
    head = next((place.folder / "checkpoints").iterdir()).read_text()
    set_back(log, 2)
    installation.content = [b"put back by hand"]

    done = shipping.ship(tmp_path, place, NOON + timedelta(days=40))

    assert done.back == [log.origin]
    assert contents(place) == {1: b"one two three", 2: b"put back by hand"}
    assert next((place.folder / "checkpoints").iterdir()).read_text() == head


def test_a_clock_that_steps_back_loses_nothing(tmp_path, place, installation):
    shipping.ship(tmp_path, place, NOON)
    installation.content = [b"later, says the number"]

    shipping.ship(tmp_path, place, NOON - timedelta(days=30))

    assert contents(place) == {1: b"one two three", 2: b"later, says the number"}
    room = tmp_path / "room"
    state, _faults = looking.fetch_newest(place, room, lambda _state: True)
    assert (state.number, (room / snapshots.DATABASE).read_bytes()) == (
        2,
        b"later, says the number",
    )


def test_a_state_nobody_can_read_keeps_the_pieces_it_may_name(tmp_path, place, installation):
    shipping.ship(tmp_path, place, NOON)
    [title] = states.titles(place.states)
    (place.states / title.file_name).write_bytes(b"rust")
    installation.content = [b"new"]

    with pytest.raises(shipping.Stop, match="opens with this backup"):
        shipping.ship(tmp_path, place, NOON + HOUR)

    assert len(list(place.pieces.all())) == 4


def test_what_a_killed_shipping_left_in_the_data_folder_goes(tmp_path, place, installation):
    (tmp_path / "shipping").mkdir()
    (tmp_path / "shipping" / "database.sqlite3").write_bytes(b"half")

    shipping.ship(tmp_path, place, NOON)

    assert not (tmp_path / "shipping").exists()
