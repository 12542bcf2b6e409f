"""Where a log is read from: its address, a folder or a dossier laid out as c2sp.org/tlog-tiles."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath

from sutarta.cli.stop import Stop
from sutarta.cli.witnessing.fetching import get, is_safe

LONGEST = 20_000_000  # bytes of one file: a bundle holds 256 acts of at most 64 kB
KEYS = ("keys", "keys.json")  # names under which the list of keys is kept

Fetch = Callable[[str], bytes | None]


def source(named: str) -> tuple[Fetch, bool]:
    """What reads a log, and whether it is the log itself and no copy. Raises Stop."""
    if named.startswith(("http://", "https://")):
        return _site(named), True
    place = Path(named)
    if place.is_dir():
        return _folder(place), False
    if zipfile.is_zipfile(place):
        return _dossier(place), False
    raise Stop(f"{named} is no address (https://…), no folder and no dossier.")


def _site(address: str) -> Fetch:
    if not is_safe(address):
        raise Stop(f"{address} is not safe: what comes over http can be changed on its way.")
    base = address.rstrip("/")
    log = base if base.endswith("/log") else f"{base}/log"

    def fetch(path: str) -> bytes | None:
        return get(f"{log}/{path}", LONGEST)

    return fetch


def _folder(place: Path) -> Fetch:
    log = place if (place / "checkpoint").exists() else place / "log"

    def fetch(path: str) -> bytes | None:
        for name in KEYS if path == "keys" else (path,):
            if (file := log / name).is_file():
                _require_bounded(name, file.stat().st_size)
                return file.read_bytes()
        return None

    return fetch


def _dossier(place: Path) -> Fetch:
    with zipfile.ZipFile(place) as parts:
        names = {name for name in parts.namelist() if PurePosixPath(name).name == "checkpoint"}
    if not names:
        raise Stop(f"{place} holds no log.")
    base = min(names, key=len).removesuffix("checkpoint")

    def fetch(path: str) -> bytes | None:
        with zipfile.ZipFile(place) as parts:
            there = set(parts.namelist())
            for name in KEYS if path == "keys" else (path,):
                if base + name in there:
                    return _opened(parts, base + name)
        return None

    return fetch


def _opened(parts: zipfile.ZipFile, name: str) -> bytes:
    _require_bounded(name, parts.getinfo(name).file_size)
    try:
        return parts.read(name)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise OSError(str(error)) from error


def _require_bounded(name: str, size: int) -> None:
    if size > LONGEST:
        raise OSError(f"{name} is too large")
