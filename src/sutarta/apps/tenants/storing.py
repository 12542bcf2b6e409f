"""The bytes of files, in a folder of each group: safe before anybody is told, swept when stray."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

UNDER_WAY = timedelta(hours=1)  # bytes so young may belong to a row that is not stored yet


def put(path: str, data: bytes) -> str:
    """Store the bytes and have the disk sync them, and their name; returns where they are."""
    kept = default_storage.save(path, ContentFile(data))
    file = Path(default_storage.path(kept))
    for one in (file, file.parent):
        _sync(one)
    return kept


def sweep(folder: str, held: Iterable[str], at: datetime) -> int:
    """Remove what lies in the groups' folders of that name and is not held; returns how many.

    Such files are left behind when a process is killed between the disk and the database.
    """
    return sum(map(_removed, _strays(folder, held, at)))


def _strays(folder: str, held: Iterable[str], at: datetime) -> list[str]:
    there = [
        f"{group}/{folder}/{name}"
        for group in _folders("")
        if folder in _folders(group)
        for name in default_storage.listdir(f"{group}/{folder}")[1]
    ]
    strays = set(there).difference(held)
    return sorted(one for one in strays if at - _stored_at(one) >= UNDER_WAY)


def _folders(path: str) -> list[str]:
    return default_storage.listdir(path)[0] if default_storage.exists(path) else []


def _stored_at(path: str) -> datetime:
    return default_storage.get_modified_time(path)


def _removed(path: str) -> bool:
    default_storage.delete(path)
    return True


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
