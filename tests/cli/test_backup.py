"""Backups of a real installation, and the way back."""

from __future__ import annotations

import re
import shutil
import sqlite3
import tarfile
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sutarta.cli.keeping import copies
from tests.cli.conftest import sutarta

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def ask(data: Path, question: str) -> list[tuple]:
    with closing(sqlite3.connect(data / "sutarta.sqlite3")) as database:
        return database.execute(question).fetchall()


def change(data: Path, order: str) -> None:
    with closing(sqlite3.connect(data / "sutarta.sqlite3")) as database, database:
        database.execute(order)


def everything(data: Path) -> dict[str, list[tuple]]:
    """All rows of all tables; pulses and sessions come and go."""
    names = ask(data, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    kept = [name for (name,) in names if name not in {"tenants_pulse", "django_session"}]
    return {name: ask(data, f'SELECT * FROM "{name}" ORDER BY 1') for name in kept}


def files(data: Path) -> dict[str, bytes]:
    folder = data / "files"
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


def back_up(data: Path, *more: str) -> Path:
    done = sutarta("backup", "--data", data, "--to", data.parent / "kept", *more)
    assert done.returncode == 0, done.stderr
    return copies.made(data.parent / "kept")[-1]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("files", True),
        ("files/0192/originals/ab.docx", True),
        ("files/0192/made", False),
        ("files/0192/made/strategy-1/ab", False),
        ("files/0192/made-by-hand", True),
        ("secret.key", True),
    ],
)
def test_what_can_be_made_anew_is_left_out(name, kept):
    assert bool(copies._worth_keeping(tarfile.TarInfo(name))) is kept


def test_a_restored_installation_is_as_it_was(demo):
    before, its_files = everything(demo), files(demo)
    secret = (demo / "secret.key").read_text()
    backup = back_up(demo)
    change(demo, "UPDATE consultations_submission SET body = 'lost'")
    shutil.rmtree(demo / "files")
    (demo / "secret.key").write_text("another")

    done = sutarta("restore", backup, "--data", demo)

    assert (done.returncode, done.stderr) == (0, "")
    assert everything(demo) == before
    assert files(demo) == its_files
    assert its_files != {}
    assert (demo / "secret.key").read_text() == secret


def test_a_backup_comes_back_on_a_machine_that_has_only_the_key(demo, tmp_path):
    before = everything(demo)
    backup = back_up(demo)

    done = sutarta("restore", backup, "--key", demo / "backup.key", "--data", tmp_path / "new")

    assert (done.returncode, done.stderr) == (0, "")
    assert everything(tmp_path / "new") == before
    again = sutarta("restore", backup, "--data", tmp_path / "new")
    assert (again.returncode, again.stderr) == (0, "")


def test_rows_come_back_too(demo):
    before = everything(demo)
    backup = back_up(demo, "--rows")
    change(demo, "UPDATE tenants_group SET name = 'lost'")

    done = sutarta("restore", backup, "--data", demo)

    assert (done.returncode, done.stderr) == (0, "")
    left_out = {"django_migrations", "django_content_type", "auth_permission", "sqlite_sequence"}
    after = everything(demo)
    for name in before.keys() - left_out:
        assert after[name] == before[name]


def test_another_key_is_one_sentence_and_changes_nothing(demo, tmp_path):
    backup = back_up(demo)
    before = everything(demo)
    (tmp_path / "key").write_text("11" * 32)

    done = sutarta("restore", backup, "--data", demo, "--key", tmp_path / "key")

    sentence = "This backup was changed, was cut short, or was made with another key."
    assert (done.returncode, done.stderr) == (2, f"sutarta: {sentence}\n")
    assert everything(demo) == before


def test_a_tampered_backup_is_one_sentence_and_changes_nothing(demo):
    backup = back_up(demo)
    before = everything(demo)
    content = bytearray(backup.read_bytes())
    content[-40] ^= 1
    backup.write_bytes(content)

    done = sutarta("restore", backup, "--data", demo)

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert everything(demo) == before


def test_a_file_that_is_no_backup_is_one_sentence(demo, tmp_path):
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")

    done = sutarta("restore", tmp_path / "photo.png", "--data", demo)

    assert (done.returncode, done.stderr) == (
        2,
        "sutarta: This file is not a backup of Sutarta.\n",
    )


def test_nobody_can_read_a_backup_without_the_key(demo):
    backup = back_up(demo)

    assert b"Alksni" not in backup.read_bytes()
    assert b"SQLite format" not in backup.read_bytes()
    assert backup.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in backup.parent.iterdir()] == [backup.name]


def test_the_last_fortnight_is_kept(tmp_path):
    for days in range(20):
        made = NOON - timedelta(days=days)
        (tmp_path / f"sutarta-{made:%Y%m%d-%H%M%S}{copies.SUFFIX}").touch()

    assert copies.expire(tmp_path, NOON) == 5
    assert len(copies.made(tmp_path)) == 15


def test_the_newest_is_kept_however_old(tmp_path):
    (tmp_path / f"sutarta-20200101-000000{copies.SUFFIX}").touch()

    assert copies.expire(tmp_path, NOON) == 0


def test_the_person_is_told_where_it_is_and_what_opens_it(demo):
    done = sutarta("backup", "--data", demo, "--to", demo.parent / "kept")

    assert re.search(r"^Backup: .*kept/sutarta-\d{8}-\d{6}\.sutarta-backup \(", done.stdout)
    assert str(demo / "backup.key") in done.stdout
