"""The logs in a database that was unpacked but not put back yet."""

from __future__ import annotations

import json
import sqlite3
from base64 import b64decode
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from sutarta.cli.keeping.heads import Grown
from sutarta.core.translog.tiles import HASH, Fetch

Tiles = Mapping[tuple[str, int, int], bytes]  # log, level, number -> hashes


def logs(database: Path) -> dict[str, Grown]:
    """Origin -> log, from an SQLite file or from rows; none in one of an older release."""
    rows, tiles = _of_rows(database) if database.suffix == ".jsonl" else _of_sqlite(database)
    return {
        origin: Grown(size, is_over, _fetching(tiles, key)) for key, origin, size, is_over in rows
    }


def _fetching(tiles: Tiles, log: str) -> Fetch:
    return lambda level, number, width: tiles.get((log, level, number), b"")[: width * HASH]


def _of_sqlite(file: Path) -> tuple[Iterable[tuple[str, str, int, bool]], Tiles]:
    with closing(sqlite3.connect(file)) as database:
        try:
            rows = database.execute("SELECT id, origin, size, ended_at FROM ledger_log").fetchall()
        except sqlite3.OperationalError:
            return [], {}
        found = database.execute("SELECT log_id, level, number, hashes FROM ledger_tile")
        tiles = {(log, level, number): bytes(hashes) for log, level, number, hashes in found}
    return [(key, origin, size, ended is not None) for key, origin, size, ended in rows], tiles


def _of_rows(file: Path) -> tuple[Iterable[tuple[str, str, int, bool]], Tiles]:
    rows, tiles = [], {}
    with file.open() as lines:
        for line in lines:
            if line.startswith('{"model": "ledger.log"'):
                row = json.loads(line)
                said = row["fields"]
                rows.append((row["pk"], said["origin"], said["size"], said["ended_at"] is not None))
            elif line.startswith('{"model": "ledger.tile"'):
                said = json.loads(line)["fields"]
                place = (said["log"], said["level"], said["number"])
                tiles[place] = b64decode(said["hashes"])
    return rows, tiles
