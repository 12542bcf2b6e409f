"""A restore never takes the log back in silence: it finds the gap, or a new epoch names it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sutarta.cli.keeping import copies, sealed
from tests.cli.conftest import ship, sutarta
from tests.cli.test_backup import ask, back_up, everything
from tests.cli.test_erasures import SPOKEN, note_by_hand
from tests.cli.test_shipping import manifests, restore
from tests.make import NOON

SIZES = "SELECT origin, size, ended_at IS NULL FROM ledger_log ORDER BY origin"
UNKNOWN = "The log could not be compared: no checkpoint of it is at hand"


def act(data: Path) -> None:
    """One more act in the town's log, in its place."""
    told = ["--group", "localhost", "--reason", "Kasmet keičiame raktą.", "--data", data]
    for command in (["log", "key", *told], ["sequencer", "--once", "--data", data]):
        done = sutarta(*command)
        assert done.returncode == 0, done.stderr


def sizes(data: Path) -> dict[str, int]:
    return {origin: size for origin, size, _in_force in ask(data, SIZES)}


def opened(data: Path) -> list[dict]:
    """What the first acts of new epochs say."""
    rows = ask(data, "SELECT body FROM ledger_entry WHERE event = 'log.epoch_opened' AND leaf = 0")
    return [json.loads(body)["facts"] for (body,) in rows]


def town(data: Path) -> tuple[str, int]:
    """Origin and size of the town's log in force."""
    [found] = [row[:2] for row in ask(data, SIZES) if "alksni" in row[0] and row[2]]
    return found


@pytest.fixture(scope="session")
def grown_once(shipped_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo that was backed up, then its log grew by an act, which was shipped."""
    folder = Path(shutil.copytree(shipped_once, tmp_path_factory.mktemp("grown") / "all"))
    data = folder / "data"
    shutil.copy(data / "backup.key", folder / "kept.key")
    back_up(data)
    shutil.copy(data / "sutarta.sqlite3", folder / "older")
    act(data)
    ship(data)
    return folder


@pytest.fixture
def shipped(grown_once: Path, tmp_path: Path) -> Path:
    """Its data folder."""
    shutil.copytree(grown_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data"


@pytest.fixture
def key(shipped: Path) -> Path:
    """The key, kept where it should be: elsewhere."""
    return shipped.parent / "kept.key"


@pytest.fixture
def yesterday(shipped: Path) -> Path:
    """The backup made before the town's log grew."""
    [file] = copies.made(shipped.parent / "kept")
    return file


def test_the_gap_after_a_nightly_backup_is_filled_from_the_place(shipped, place, key, yesterday):
    before = everything(shipped)
    shutil.rmtree(shipped)

    done = restore(shipped, yesterday, "--shipped", place, "--key", key)

    assert (done.returncode, done.stderr) == (0, "")
    assert f"Restored from {place}: " in done.stdout
    assert "lacks 1 acts the log had taken in since" in done.stdout
    assert "The log has everything that is known of it." in done.stdout
    assert everything(shipped) == before
    assert opened(shipped) == []


def test_the_place_in_the_settings_is_asked_by_itself(shipped, place, yesterday):
    before = everything(shipped)

    done = restore(shipped, yesterday, SUTARTA_SHIP_TO=str(place))

    assert (done.returncode, done.stderr) == (0, "")
    assert everything(shipped) == before


def test_where_only_the_checkpoints_are_left_a_new_epoch_names_what_is_lost(
    shipped,
    place,
    key,
    yesterday,
):
    origin, size = town(shipped)
    shutil.rmtree(shipped)
    shutil.rmtree(place / "states")

    done = restore(shipped, yesterday, "--shipped", place, "--key", key)

    assert (done.returncode, done.stderr) == (0, "")
    assert "No state at the second place has what is missing: there is no such" in done.stdout
    told = f"The log {origin} had {size} acts, of which {size - 1} are back. A new epoch begins, "
    assert told in done.stdout
    [said] = opened(shipped)
    [lost] = said["lost"]
    assert (said["former"], said["size"], said["reason"]) == (origin, size - 1, "RESTORED")
    assert (lost["origin"], lost["size"]) == (origin, size)
    assert lost["checkpoint"] == (place / "checkpoints" / origin.replace("/", "+")).read_text()
    assert town(shipped) == (f"{origin}/2", 1)
    assert sizes(shipped)[origin] == size - 1
    act(shipped)  # the new key is sealed under the secret that came back
    assert town(shipped) == (f"{origin}/2", 2)
    assert ship(shipped).startswith("Shipped: state 1, ")


def test_whoever_insists_gets_the_older_state_and_a_new_epoch(shipped, place, yesterday):
    origin, _size = town(shipped)

    done = restore(shipped, yesterday, "--shipped", place, "--new-epoch")

    assert (done.returncode, done.stderr) == (0, "")
    assert f"Restored from {yesterday.name}: " in done.stdout
    assert (town(shipped), len(opened(shipped))) == ((f"{origin}/2", 1), 1)
    assert ship(shipped).startswith("Shipped: state 3, ")
    checkpoints = sorted(file.name for file in (place / "checkpoints").iterdir())
    assert len(checkpoints) == 3
    act(shipped)
    ship(shipped)

    again = restore(shipped, yesterday, "--shipped", place, "--new-epoch")

    assert town(shipped) == (f"{origin}/3", 1)  # never the name of an epoch that was
    assert {lost["origin"] for lost in opened(shipped)[0]["lost"]} == {origin, f"{origin}/2"}
    assert again.returncode == 0


def test_the_database_that_is_replaced_knows_too(shipped, place, yesterday):
    """Without a second place at hand, the log that lies here says how far it was."""
    shutil.rmtree(place)
    origin, size = town(shipped)

    done = restore(shipped, yesterday)

    assert f"The log {origin} had {size} acts, of which {size - 1} are back." in done.stdout
    assert town(shipped) == (f"{origin}/2", 1)


def test_what_a_witness_has_seen_counts(shipped, place, key, yesterday):
    origin, size = town(shipped)
    seen = shutil.copy(place / "checkpoints" / origin.replace("/", "+"), shipped.parent / "seen")
    shutil.rmtree(shipped)
    shutil.rmtree(place)

    done = restore(shipped, yesterday, "--key", key, "--seen", seen)

    assert f"The log {origin} had {size} acts" in done.stdout
    assert len(opened(shipped)) == 1


def test_what_nobody_can_compare_is_said(shipped, place, key, yesterday):
    shutil.rmtree(shipped)
    shutil.rmtree(place)

    done = restore(shipped, yesterday, "--key", key)

    assert (done.returncode, done.stderr) == (0, "")
    assert UNKNOWN in done.stdout
    assert opened(shipped) == []

    shutil.rmtree(shipped)
    done = restore(shipped, yesterday, "--key", key, "--new-epoch")

    assert UNKNOWN not in done.stdout
    assert len(opened(shipped)) == 2  # of either group: nobody knows what was lost


def test_what_was_erased_stays_erased(shipped, place):
    key, email, body = ask(shipped, SPOKEN)[0]
    row = {
        "id": "019a0000-0000-7000-8000-000000000000", "submission": key, "scope": "WORDS",
        "asker": "AUTHOR", "asked_at": NOON.isoformat(), "decided_at": NOON.isoformat(),
    }  # fmt: skip
    before = everything(shipped)
    note_by_hand(place, [row], b"x" * 32)

    refused = restore(shipped, "--shipped", place)

    assert (refused.returncode, refused.stdout) == (1, "")
    assert "was not written with this key" in refused.stderr
    assert everything(shipped) == before

    note_by_hand(place, [row], sealed.read_key(shipped / "backup.key"))

    done = restore(shipped, "--shipped", place)

    assert (done.returncode, done.stderr) == (0, "")
    assert "1 erasures made since then were carried out again." in done.stdout
    left = ask(shipped, f"SELECT email, body FROM consultations_submission WHERE id = '{key}'")
    assert (email, body) != ("", "")
    assert left == [("", "")]


def test_a_file_that_is_no_checkpoint_is_one_sentence(shipped, yesterday):
    before = everything(shipped)
    other = shipped.parent / "note.txt"
    other.write_text("not a note")

    done = restore(shipped, yesterday, "--seen", other)

    assert done.returncode == 2
    assert done.stderr.startswith(f"sutarta: {other} is no checkpoint: ")
    assert everything(shipped) == before


def test_a_database_put_back_by_hand_is_noticed_and_nothing_is_thrown_away(shipped, place):
    origin, _size = town(shipped)
    before = (place / "checkpoints" / origin.replace("/", "+")).read_text()
    for name in ("sutarta.sqlite3-wal", "sutarta.sqlite3-shm"):
        (shipped / name).unlink(missing_ok=True)
    shutil.copy(shipped.parent / "older", shipped / "sutarta.sqlite3")

    done = sutarta("ship", "--data", shipped, "--to", place)

    assert done.returncode == 1
    assert f"The log {origin} is behind what was shipped before" in done.stdout
    assert (place / "checkpoints" / origin.replace("/", "+")).read_text() == before
    assert len(manifests(place)) == 3
    sutarta("worker", "--once", "--data", shipped, SUTARTA_SHIP_TO=str(place))
    checked = sutarta("check", "--data", shipped, SUTARTA_SHIP_TO=str(place))
    assert f"error second place: the log {origin} is behind what was shipped" in checked.stdout
    [(noted,)] = ask(shipped, "SELECT note FROM tenants_pulse WHERE name = 'ship'")
    assert noted == origin


def test_a_log_that_was_rewritten_is_noticed_though_it_is_as_long(shipped, place):
    with closing(sqlite3.connect(shipped / "sutarta.sqlite3")) as database, database:
        database.execute("UPDATE ledger_tile SET hashes = zeroblob(length(hashes))")

    done = sutarta("ship", "--data", shipped, "--to", place)

    assert done.returncode == 1
    assert done.stdout.count("is behind what was shipped before") == 2
