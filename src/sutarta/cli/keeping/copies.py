"""A backup: database, files and secret in one sealed tar, and the way back.

Inside the seal is a gzipped tar: `manifest.json` (schema "sutarta.backup/1", release, made_at,
database, migrations) first; then `database.sqlite3` or `rows.jsonl`; `secret.key`;
and the folder `files`.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sutarta import __version__
from sutarta.cli import place
from sutarta.cli.keeping import rows, sealed
from sutarta.cli.stop import Stop

SCHEMA = "sutarta.backup/1"
SUFFIX = ".sutarta-backup"
KEPT_DAYS = 14
MADE_ANEW = re.compile(r"files/[^/]+/made(?:/|$)")


def make(data: Path, folder: Path, at: datetime, *, as_rows: bool = False) -> Path:
    """Make one backup in `folder`, which may hold others; returns its file.

    as_rows   write rows instead of the SQLite file, for a move to PostgreSQL
    """
    key = sealed.read_key(data / "backup.key")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"sutarta-{at:%Y%m%d-%H%M%S}{SUFFIX}"
    unfinished = target.with_suffix(".unfinished")
    # The unsealed copy never leaves the data folder.
    with tempfile.TemporaryDirectory(dir=data) as room:
        parts = _database(Path(room), as_rows=as_rows)
        _seal(unfinished, key, {**_manifest(Path(room), parts, at), **_files(data)})
    unfinished.rename(target)
    return target


def _database(room: Path, *, as_rows: bool) -> dict[str, Path]:
    file = place.sqlite_file()
    if file is None or as_rows:
        rows.write(room / "rows.jsonl")
        return {"rows.jsonl": room / "rows.jsonl"}
    copy = room / "database.sqlite3"
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return {"database.sqlite3": copy}


def _manifest(room: Path, parts: dict[str, Path], at: datetime) -> dict[str, Path]:
    manifest = {
        "schema": SCHEMA,
        "release": __version__,
        "made_at": at.isoformat(),
        "database": next(iter(parts)),
        "migrations": rows.migrations(),
    }
    file = room / "manifest.json"
    file.write_text(json.dumps(manifest, indent=1))
    return {"manifest.json": file, **parts}


def _files(data: Path) -> dict[str, Path]:
    kept = {name: data / name for name in ("secret.key", "files")}
    return {name: path for name, path in kept.items() if path.exists()}


def _seal(target: Path, key: bytes, parts: dict[str, Path]) -> None:
    with target.open("wb") as out:
        target.chmod(0o600)
        sealing = sealed.Sealing(out, key)
        with tarfile.open(fileobj=sealing, mode="w|gz") as tar:
            for name, path in parts.items():
                tar.add(path, name, filter=_worth_keeping)
        sealing.finish()


def _worth_keeping(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Leave out what can be made anew: PDF and Word files of versions, `files/GROUP/made`."""
    return None if MADE_ANEW.match(member.name) else member


def unpack(backup: Path, key: bytes, room: Path) -> dict[str, object]:
    """Unpack a backup into the empty folder `room`; returns its manifest.

    Everything is read to its end, so a backup that passes is whole. Raises Stop otherwise.
    """
    try:
        with backup.open("rb") as source:
            opening = sealed.Opening(source, key)
            with tarfile.open(fileobj=opening, mode="r|gz") as tar:
                # Pythons before 3.11.4 have no filters; the seal already says who wrote the tar.
                tar.extraction_filter = getattr(tarfile, "data_filter", None)
                tar.extractall(room)  # noqa: S202
            opening.readall()
    except OSError as error:
        raise Stop(f"The backup {backup} cannot be read: {error.strerror or error}.") from error
    except tarfile.TarError as error:
        raise Stop("This backup was changed, or was cut short.") from error
    manifest = json.loads((room / "manifest.json").read_text())
    if manifest.get("schema") != SCHEMA:
        raise Stop("This backup is of a newer Sutarta: install that release first.")
    look_over(room, manifest)
    return manifest


def look_over(room: Path, manifest: Mapping[str, object]) -> None:
    """Raises Stop when the database that was unpacked is damaged."""
    if manifest["database"] != "database.sqlite3":
        return
    with closing(sqlite3.connect(room / "database.sqlite3")) as database:
        found = database.execute("PRAGMA quick_check").fetchone()[0]
    if found != "ok":
        raise Stop(f"The database in this copy is damaged: {found}.", code=1)


def put_back(data: Path, room: Path, manifest: dict[str, object]) -> None:
    """Replace the installation in `data` by what was unpacked into `room`.

    The former files stay beside, under names that end in `.replaced`, until the next time.
    """
    if manifest["database"] == "database.sqlite3":
        _put_back_file(room / "database.sqlite3")
    else:
        _put_back_rows(room / "rows.jsonl", manifest)
    for name in ("secret.key", "files"):
        if (room / name).exists():
            _replace(data / name, room / name)


def _put_back_file(copy: Path) -> None:
    file = place.sqlite_file()
    if file is None:
        raise Stop("A copy of an SQLite file cannot go into PostgreSQL: back up with --rows.")
    # A log left behind by the former file must never be applied to the restored one.
    for old in (file.with_name(file.name + "-wal"), file.with_name(file.name + "-shm")):
        old.unlink(missing_ok=True)
    _replace(file, copy)


def _put_back_rows(file: Path, manifest: dict[str, object]) -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    if rows.migrations() != manifest["migrations"]:
        raise Stop(
            f"This backup was made by release {manifest['release']}: "
            "restore it there, then upgrade."
        )
    rows.read(file)


def _replace(old: Path, new: Path) -> None:
    aside = old.with_name(old.name + ".replaced")
    if aside.is_dir():
        shutil.rmtree(aside)
    if old.exists():
        old.replace(aside)
    shutil.move(new, old)


def made(folder: Path) -> list[Path]:
    """The backups in the folder, oldest first."""
    return sorted(folder.glob(f"sutarta-*{SUFFIX}"))


def expire(folder: Path, at: datetime) -> int:
    """Remove backups older than KEPT_DAYS, never the newest; returns how many went."""
    limit = f"sutarta-{at - timedelta(days=KEPT_DAYS):%Y%m%d-%H%M%S}"
    old = [file for file in made(folder)[:-1] if file.name < limit]
    for file in old:
        file.unlink()
    return len(old)
