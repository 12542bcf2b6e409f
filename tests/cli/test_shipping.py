"""Shipping a real installation to a second place, and putting it back from there."""

from __future__ import annotations

import fcntl
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sutarta.cli.keeping import sealed, shipping, states
from tests import make
from tests.cli.conftest import ship, sutarta
from tests.cli.test_backup import ask, change, everything, files

NOON, SECOND = datetime(2026, 11, 22, 12, tzinfo=UTC), timedelta(seconds=1)
LINE = "Run `sutarta check`, then start Sutarta again.\n"


def restore(data: Path, *more: object, **settings: str):
    return sutarta("restore", "--data", data, *more, **settings)


def manifests(place: Path) -> list[str]:
    return sorted(file.name for file in (place / "states").iterdir())


def test_a_lost_machine_comes_back_with_the_key_and_the_place_alone(shipped, place):
    before, its_files = everything(shipped), files(shipped)
    shutil.copy(shipped / "backup.key", shipped.parent / "kept.key")
    shutil.rmtree(shipped)

    done = restore(shipped, "--shipped", place, "--key", shipped.parent / "kept.key")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("The log has everything that is known of it.\n" + LINE)
    assert everything(shipped) == before
    assert files(shipped) == its_files
    assert (shipped / "backup.key").read_text() == (shipped.parent / "kept.key").read_text()
    assert ship(shipped).startswith("Nothing has changed since state 1.")


def test_at_rest_nothing_is_written(shipped, place):
    change(
        shipped, "INSERT OR REPLACE INTO tenants_pulse VALUES ('worker', '2026-11-22 12:00:00', '')"
    )
    before = sorted(place.rglob("*"))

    assert ship(shipped) == "Nothing has changed since state 1.\n"
    assert sorted(place.rglob("*")) == before


def test_only_what_changed_is_written(shipped, place):
    change(shipped, "UPDATE tenants_group SET phone = '+370 600 00000'")

    second = ship(shipped)

    assert second.startswith("Shipped: state 2, 1 pieces (0.0 MB).")
    assert len(manifests(place)) == 2


def test_the_place_learns_nothing(shipped, place):

    for file in place.rglob("*"):
        if file.is_file() and file.parent.name != "checkpoints":
            assert b"Alksni" not in file.read_bytes()
            assert b"SQLite format" not in file.read_bytes()
            assert file.stat().st_mode & 0o077 == 0


def test_the_newest_checkpoints_lie_there_for_anybody(shipped, place):

    notes = [note for (note,) in ask(shipped, "SELECT note FROM ledger_checkpoint")]
    there = [file.read_text() for file in (place / "checkpoints").iterdir()]
    assert len(there) == 2
    assert set(there) <= set(notes)


def test_a_folder_without_the_mark_is_not_taken_for_the_place(shipped):
    """Where a disk was unplugged, an empty folder is left: it must not be filled."""
    place = shipped.parent / "unplugged"
    place.mkdir()

    done = sutarta("ship", "--data", shipped, "--to", place)

    assert done.returncode == 1
    assert done.stderr == (
        f"sutarta: There is no second place in {place}: is it plugged in? "
        "A new one is made by `sutarta ship --begin`.\n"
    )
    assert list(place.iterdir()) == []


def test_a_folder_with_something_else_in_it_is_not_begun(shipped):
    place = shipped.parent / "pictures"
    place.mkdir()
    (place / "photo.png").touch()

    done = sutarta("ship", "--data", shipped, "--to", place, "--begin")

    assert (done.returncode, done.stderr) == (
        2,
        f"sutarta: {place} holds something else: give an empty folder.\n",
    )


def test_without_a_place_the_command_says_where_to_name_one(shipped):
    done = sutarta("ship", "--data", shipped)

    assert (done.returncode, done.stderr) == (
        2,
        "sutarta: There is no second place: set SUTARTA_SHIP_TO, or name one with --to DIR.\n",
    )


def test_two_at_once_do_not_meet(shipped, place):
    with (shipped / "shipping.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = sutarta("ship", "--data", shipped, "--to", place)

    sentence = "Another shipping is under way: it is enough to wait."
    assert (done.returncode, done.stderr) == (1, f"sutarta: {sentence}\n")


def test_what_is_there_is_opened_and_told(shipped, place):

    told = ship(shipped, "--look")

    assert told.startswith(f"{place}: 1 states can be put back, ")
    assert told.count("Of the log sutarta/") == 2


def test_a_damaged_piece_is_named_and_sent_again(shipped, place):
    piece = max((place / "pieces").rglob("*"), key=lambda file: file.stat().st_size)
    piece.write_bytes(piece.read_bytes()[:-1])

    looked = sutarta("ship", "--data", shipped, "--to", place, "--look")
    assert looked.returncode == 1
    assert f"the piece {piece.name[:12]} is damaged" in looked.stdout

    ship(shipped, quiet=False)
    assert sutarta("ship", "--data", shipped, "--to", place, "--look").returncode == 0


def test_every_piece_has_its_turn():
    names = [f"{number:02x}" for number in range(11)]
    moments = [NOON + 30 * turn * SECOND for turn in range(11)]

    assert {name for at in moments for name in shipping.in_turn(names, at)} == set(names)
    assert shipping.in_turn([], NOON) == []
    assert shipping.in_turn(["ab"], NOON) == ["ab", "ab"]


def test_a_newest_state_that_is_damaged_gives_way_to_the_one_before(shipped, place):
    before = everything(shipped)
    kept = set(place.rglob("*"))
    change(shipped, "UPDATE tenants_group SET phone = '+370 600 00000'")
    ship(shipped)
    [piece] = [
        file for file in (place / "pieces").rglob("*") if file.is_file() and file not in kept
    ]
    piece.unlink()

    done = restore(shipped, "--shipped", place)

    assert (done.returncode, done.stderr) == (0, "")
    assert f"is damaged: the piece {piece.name[:12]} is missing; an older one" in done.stdout
    assert everything(shipped) == before


def test_when_nothing_opens_nothing_is_replaced(shipped, place):
    before = everything(shipped)
    shutil.rmtree(place / "pieces")

    done = restore(shipped, "--shipped", place)

    assert done.returncode == 1
    assert done.stderr.startswith("sutarta: Nothing can be put back from the second place: ")
    assert everything(shipped) == before


def test_an_older_moment_comes_back_when_the_log_says_the_same(shipped, place):
    moment = make.now()
    before = everything(shipped)
    change(shipped, "UPDATE tenants_group SET phone = '+370 600 00000'")
    [first] = states.titles(place / "states")
    key = sealed.read_key(shipped / "backup.key")
    was = replace(states.read(place / "states", key, first), made_at=moment - timedelta(hours=1))
    (place / "states" / first.file_name).unlink()
    states.write(place / "states", key, was)
    ship(shipped)

    done = restore(shipped, "--shipped", place, "--at", (moment - timedelta(minutes=5)).isoformat())

    assert (done.returncode, done.stderr) == (0, "")
    assert everything(shipped) == before


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ([], "Name the backup, or the second place with --shipped DIR."),
        (["x", "--shipped", "y", "--at", "2026-11-22"], "A backup has one moment"),
        (["--shipped", "nowhere"], "There is no second place in nowhere"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence(shipped, given, sentence):
    done = restore(shipped, *given)

    assert done.returncode in {1, 2}
    assert done.stderr.startswith(f"sutarta: {sentence}")
    assert done.stderr.count("\n") == 1


def test_a_time_that_is_none_is_refused(shipped):
    done = restore(shipped, "--shipped", "x", "--at", "yesterday")

    assert done.returncode == 2
    assert "'yesterday' is no time: write 2026-11-22T14:00" in done.stderr


def test_another_key_ships_nothing_there(shipped, place, tmp_path):
    before = sorted(place.rglob("*"))
    (shipped / "backup.key").write_text("11" * 32)

    done = sutarta("ship", "--data", shipped, "--to", place)

    assert done.returncode == 1
    assert done.stderr.endswith(f"sutarta: No state in {place} opens with this backup.key.\n")
    assert sorted(place.rglob("*")) == before
