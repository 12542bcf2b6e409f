"""The sealed pieces of a second place, and which states are kept there."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime, timedelta

import pytest

from sutarta.cli.keeping import pieces, states
from sutarta.cli.keeping.pieces import Damaged, Pieces
from sutarta.cli.keeping.states import Part, State, Title

KEY, OTHER = b"k" * 32, b"o" * 32
NOON = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path) -> Pieces:
    return Pieces(tmp_path / "pieces", KEY)


def put(store: Pieces, content: bytes) -> str:
    name = store.name(content)
    store.put(name, content)
    return name


@pytest.mark.parametrize("content", [b"", b"a", "Siūlau suoliukų.".encode() * 9000, bytes(1 << 20)])
def test_what_is_put_comes_back(store, content):
    assert store.get(put(store, content)) == content


def test_equal_contents_are_one_piece_written_once(store):
    name = store.name(b"same")

    assert [store.put(name, b"same") > 0 for _ in range(2)] == [True, False]
    assert list(store.all()) == [name]


def test_the_place_learns_neither_words_nor_whether_it_has_seen_them(store, tmp_path):
    name = put(store, b"Jonas Alksnis" * 99)
    [file] = [file for file in tmp_path.rglob("*") if file.is_file()]

    assert b"Jonas" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    assert Pieces(tmp_path, OTHER).name(b"Jonas Alksnis" * 99) != name


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda file: file.unlink(), "is missing"),
        (lambda file: file.write_bytes(b""), "is damaged"),
        (lambda file: file.write_bytes(file.read_bytes()[:-1]), "is damaged"),
        (lambda file: file.write_bytes(file.read_bytes()[:-1] + b"!"), "is damaged"),
        (lambda file: (file.unlink(), file.mkdir()), "is damaged"),
    ],
)
def test_a_piece_that_is_not_as_it_was_is_named(store, tmp_path, change, words):
    name = put(store, b"content")
    change(next(file for file in tmp_path.rglob("*") if file.is_file()))

    with pytest.raises(Damaged, match=f"the piece {name[:12]} {words}"):
        store.get(name)
    assert not store.is_whole(name)


def test_a_piece_under_anothers_name_does_not_open(store, tmp_path):
    one, other = put(store, b"one"), put(store, b"other")
    files = {file.name: file for file in tmp_path.rglob("*") if file.is_file()}
    files[one].write_bytes(files[other].read_bytes())

    assert not store.is_whole(one)


def test_what_a_cut_off_shipping_left_goes(store, tmp_path):
    name = put(store, b"content")
    folder = tmp_path / "pieces" / name[0]
    (folder / f"{'a' * 64}{pieces.UNFINISHED}").write_bytes(b"half")

    assert list(store.all()) == [name]
    assert len(list(folder.iterdir())) == 1


def test_a_file_system_that_cannot_sync_folders_is_used_all_the_same(tmp_path, monkeypatch):
    def refuse(number):
        def fail(descriptor):
            raise OSError(number, "no")

        monkeypatch.setattr(os, "fsync", fail)

    refuse(errno.EINVAL)
    pieces.sync_folder(tmp_path)

    refuse(errno.EIO)
    with pytest.raises(OSError, match="no"):
        pieces.sync_folder(tmp_path)


def state(number=1, **facts) -> State:
    parts = {"database.sqlite3": Part(5, ("ab", "cd")), "secret.key": Part(2, ("ab",), "2.7")}
    usual = {"made_at": NOON, "release": "0.3.0", "database": "database.sqlite3"}
    return State(number=number, migrations=("tenants.0001",), parts=parts, **{**usual, **facts})


def test_a_state_comes_back_as_it_was_written(tmp_path):
    made = state(logs={"sutarta/a": {"size": 7, "is_over": False}})
    title = states.write(tmp_path, KEY, made)

    assert states.read(tmp_path, KEY, title) == made
    assert states.titles(tmp_path) == [Title(1, NOON)]
    assert made.names == ["ab", "cd"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(file.read_bytes()[:-3]),
        lambda file: file.write_bytes(b"x" + file.read_bytes()),
        lambda file: file.write_bytes(b""),
        lambda file: file.unlink(),
    ],
)
def test_a_state_that_is_not_as_it_was_is_named(tmp_path, spoil):
    title = states.write(tmp_path, KEY, state())
    spoil(tmp_path / title.file_name)

    with pytest.raises(Damaged, match="the state 0000000001-20261122T123000Z cannot be opened"):
        states.read(tmp_path, KEY, title)


def test_half_a_state_of_a_killed_shipping_goes(tmp_path):
    (tmp_path / "0000000001-20261122T113000Z.unfinished").write_bytes(b"half")

    title = states.write(tmp_path, KEY, state())

    assert [file.name for file in tmp_path.iterdir()] == [title.file_name]


def test_an_older_state_does_not_pass_for_the_newest(tmp_path):
    old = states.write(tmp_path, KEY, state(1))
    new = states.write(tmp_path, KEY, state(2))
    (tmp_path / old.file_name).replace(tmp_path / new.file_name)

    with pytest.raises(Damaged, match="goes by another's name"):
        states.read(tmp_path, KEY, new)


def test_a_state_does_not_pass_for_one_of_another_moment(tmp_path):
    made = states.write(tmp_path, KEY, state(1))
    moved = states.Title(1, made.made_at + timedelta(hours=1))
    (tmp_path / made.file_name).rename(tmp_path / moved.file_name)

    with pytest.raises(Damaged, match="another's name"):
        states.read(tmp_path, KEY, moved)


def test_another_key_opens_nothing(tmp_path):
    with pytest.raises(Damaged):
        states.read(tmp_path, OTHER, states.write(tmp_path, KEY, state()))


def test_other_files_are_no_states(tmp_path):
    for name in ("x", "7", "0000000001-20261122T123000Z.unfinished", "-20261122T123000Z", "1-2"):
        (tmp_path / name).touch()

    assert states.titles(tmp_path) == []
    assert states.titles(tmp_path / "nowhere") == []


@pytest.mark.parametrize(
    ("change", "same"),
    [
        ({}, True),
        ({"made_at": NOON + timedelta(hours=1)}, True),
        ({"release": "0.4.0"}, False),
        ({"logs": {"sutarta/a": {"size": 8, "is_over": False}}}, False),
    ],
)
def test_a_state_is_written_only_when_something_changed(change, same):
    assert state(2, **change).says_the_same(state(1)) is same
    assert not state().says_the_same(None)


def ages(kept: list[Title]) -> list[timedelta]:
    return [NOON - title.made_at for title in kept]


def test_all_of_the_last_hour_then_hourly_then_daily_for_a_fortnight():
    every = [Title(n, NOON - timedelta(minutes=30) * (2000 - n)) for n in range(1, 2001)]

    gone = set(states.outdated(every, NOON))
    kept = [title for title in every if title not in gone]

    in_hours = [age for age in ages(kept) if age > timedelta(hours=1, minutes=30)]
    days = [age for age in in_hours if age >= timedelta(hours=25)]
    assert [age for age in ages(kept) if age <= timedelta(hours=1)] == [
        timedelta(hours=1), timedelta(minutes=30), timedelta(0)
    ]  # fmt: skip
    assert len(in_hours) - len(days) == 23
    assert len(days) == 14
    assert max(days) < timedelta(days=states.KEPT_DAYS)
    assert states.outdated(kept, NOON) == []


def test_the_newest_stays_however_old_and_the_future_too():
    old = [Title(1, NOON - timedelta(days=90)), Title(2, NOON - timedelta(days=80))]

    assert states.outdated(old, NOON) == old[:1]
    assert states.outdated([Title(1, NOON + timedelta(days=2)), Title(2, NOON)], NOON) == []
    assert states.outdated([], NOON) == []


def test_numbers_tell_the_order_when_the_clock_steps_back(tmp_path):
    states.write(tmp_path, KEY, state(1, made_at=NOON))
    states.write(tmp_path, KEY, state(2, made_at=NOON - timedelta(hours=3)))

    assert [title.number for title in states.titles(tmp_path)] == [1, 2]
