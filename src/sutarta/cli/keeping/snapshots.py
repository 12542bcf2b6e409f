"""An installation as of one moment, part by part: what is to be shipped.

The database is copied first and the files are read after it, so every file that the database
names is there unless it was erased in between.
"""

from __future__ import annotations

import io
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from django.core import serializers
from django.db import connection, models

from sutarta.apps.tenants.moments import one_moment
from sutarta.cli import place
from sutarta.cli.keeping import copies, rows

BLOCK = 16 * 1024  # whole pages of SQLite; see bench/shipping.py for what other sizes cost
PIECE = 1 << 20
CUT = 64  # a piece of rows ends after one key in so many
OWN_LIFE = "tenants_pulse"  # beats twice a minute, and is worth nothing on another machine
DATABASE = "database.sqlite3"
ROWS = "rows/"
WHERE = (
    "SELECT system_identifier, (SELECT oid FROM pg_database WHERE datname = current_database())"
    " FROM pg_control_system()"
)
VERSIONS = "SELECT COUNT(*), COALESCE(SUM(hashtextextended(xmin::text || ctid::text, 0)), 0) FROM "
FIELDS = b'"fields"'  # before it a row's line has the model and the key


@dataclass(frozen=True)
class Source:
    """A part of the installation, still to be read.

    stamp   unchanged as long as the part is; "" when only its content tells
    """

    name: str
    stamp: str
    read: Iterator[bytes]


def database(room: Path) -> Iterator[Source]:
    """The database, as of the moment the first source is asked for."""
    file = place.sqlite_file()
    return _of_sqlite(file, room) if file else _of_rows()


def _of_sqlite(file: Path, room: Path) -> Iterator[Source]:
    copy = room / DATABASE
    with (
        closing(sqlite3.connect(file)) as source,
        closing(sqlite3.connect(copy, isolation_level=None)) as target,
    ):
        target.execute("PRAGMA synchronous=OFF")  # never more than a copy
        source.backup(target)
        _forget_own_life(target)
    yield Source(DATABASE, "", _blocks(copy, BLOCK))


def _forget_own_life(target: sqlite3.Connection) -> None:
    """Without beats an installation at rest is the same byte for byte: nothing to ship."""
    target.execute("PRAGMA journal_mode=MEMORY")
    target.execute("PRAGMA secure_delete=ON")
    target.execute(f"DELETE FROM {OWN_LIFE}")  # noqa: S608 - our own constant


def _blocks(file: Path, size: int) -> Iterator[bytes]:
    with file.open("rb") as source:
        while block := source.read(size):
            yield block


def _of_rows() -> Iterator[Source]:
    """Rows of every model, in one consistent view; a model untouched since is not read again."""
    with one_moment():
        with connection.cursor() as cursor:
            cursor.execute(WHERE)
            where = cursor.fetchone()
        for number, model in enumerate(rows.kept_models()):
            if model._meta.db_table != OWN_LIFE:
                name = f"{ROWS}{number:03}-{model._meta.label_lower}"
                yield Source(name, _stamp(model, where), _groups(model))


def _stamp(model: type[models.Model], where: tuple[int, int]) -> str:
    """Changes with every row added, changed or removed: each version of a row has its own xmin."""
    found = [*where]
    with connection.cursor() as cursor:
        for table in _tables(model):
            cursor.execute(VERSIONS + connection.ops.quote_name(table))
            found += cursor.fetchone()
    return ".".join(map(str, found))


def _tables(model: type[models.Model]) -> list[str]:
    """Where the rows lie, and what they are joined to without a model of its own."""
    through = [field.remote_field.through for field in model._meta.local_many_to_many]
    joined = [other._meta.db_table for other in through if other._meta.auto_created]
    return [model._meta.db_table, *joined]


def _groups(model: type[models.Model]) -> Iterator[bytes]:
    """The rows as a backup has them, a JSON object a line, in groups.

    Where a group ends its last key says, so a row that comes or goes leaves the others alone.
    """
    out, group = io.StringIO(), bytearray()
    all_rows = model._base_manager.order_by("pk").iterator()
    serializers.serialize("jsonl", all_rows, stream=out, cls=rows.Exact)
    for line in io.BytesIO(out.getvalue().encode()):
        group += line
        if zlib.crc32(line.partition(FIELDS)[0]) % CUT == 0 or len(group) > PIECE:
            yield bytes(group)
            group.clear()
    if group:
        yield bytes(group)


def files(data: Path) -> Iterator[Source]:
    """The secret and the files handed over, but nothing that can be made anew."""
    kept = [data / "secret.key", *sorted((data / "files").rglob("*"))]
    for file in kept:
        name = file.relative_to(data).as_posix()
        if not copies.MADE_ANEW.match(name) and file.is_file():
            facts = file.stat()
            yield Source(name, f"{facts.st_size}.{facts.st_mtime_ns}", _blocks(file, PIECE))


def fresh_room(data: Path) -> Path:
    """An empty folder within the data folder; what a killed shipping left there is gone."""
    room = data / "shipping"
    shutil.rmtree(room, ignore_errors=True)
    room.mkdir(mode=0o700)
    return room
