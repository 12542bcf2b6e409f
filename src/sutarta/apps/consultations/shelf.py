"""Files made once and handed out again: the same content is never set twice.

What holds only words of published versions lies on disk for good. What holds words of residents
is remembered in memory alone, for as long as nothing changes: a text that is covered or erased
leaves no copy behind in a folder.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from sutarta import __version__
from sutarta.apps.tenants.models import Group

FOLDER = "made"
REMEMBERED_FOR = 3600  # seconds
PATIENCE = 20  # seconds to wait until others are done
_making = Lock()


class Busy(Exception):
    """Somebody else's file is being made, and that takes long: ask again in a while."""


@dataclass(frozen=True)
class Wanted:
    """A file asked for.

    name    what it is, such as "s/1/2.lt.pdf"
    state   changes with everything its content depends on, group and release apart
    lasts   whether it may be kept on disk
    make    its bytes; takes seconds
    """

    group: Group
    name: str
    state: str
    lasts: bool
    make: Callable[[], bytes]

    @property
    def digest(self) -> str:
        """Names the content; the group's own row is in no log, so it counts as well."""
        row = [str(getattr(self.group, f.attname)) for f in self.group._meta.concrete_fields]
        parts = [__version__, self.name, self.state, *row]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    @property
    def path(self) -> str:
        return f"{self.group.pk}/{FOLDER}/{self.name.replace('/', '-')}/{self.digest}"


def found(wanted: Wanted) -> bytes | None:
    """The file if it was made before."""
    if not wanted.lasts:
        kept: bytes | None = cache.get(f"file:{wanted.digest}")
        return kept
    if not default_storage.exists(wanted.path):
        return None
    with default_storage.open(wanted.path) as file:
        return bytes(file.read()) or None  # empty: the machine went down while it was written


def made(wanted: Wanted) -> bytes:
    """The file, made now unless somebody made it meanwhile; one at a time in a process.

    Raises Busy when others take too long.
    """
    if not _making.acquire(timeout=PATIENCE):
        raise Busy
    try:
        data = found(wanted)
        if data is None:
            data = wanted.make()
            _keep(wanted, data)
        return data
    finally:
        _making.release()


def _keep(wanted: Wanted, data: bytes) -> None:
    """Put it where `found` looks; on disk, in the place of what it said before."""
    if not wanted.lasts:
        cache.set(f"file:{wanted.digest}", data, REMEMBERED_FOR)
        return
    folder = wanted.path.rpartition("/")[0]
    if default_storage.exists(folder):
        for old in default_storage.listdir(folder)[1]:
            default_storage.delete(f"{folder}/{old}")
    default_storage.save(wanted.path, ContentFile(data))


def forget_before(group: Group, at: datetime) -> int:
    """Remove the group's files on disk that were made before an instant; returns how many."""
    top, removed = f"{group.pk}/{FOLDER}", 0
    folders = default_storage.listdir(top)[0] if default_storage.exists(top) else []
    for folder in folders:
        for name in default_storage.listdir(f"{top}/{folder}")[1]:
            path = f"{top}/{folder}/{name}"
            if default_storage.get_modified_time(path) < at:
                default_storage.delete(path)
                removed += 1
    return removed
