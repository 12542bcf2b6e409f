"""What a witness keeps: its own key, and for each log what is known of it and every checkpoint.

    witness.key                      the witness's key; nobody else may read it
    witness.pub                      its public half, enough to compare a copy of the folder
    <log>/log.json                   address, name and keys of a log
    <log>/00000000000000001234.txt   the checkpoint at that size, with our signature
    <log>/FORK-....txt               an alarm: as long as it lies there, nothing is signed

A file is written beside its place, synced and put there in one step: whatever happens, the former
or the new one is there, whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from sutarta.cli.stop import Stop
from sutarta.core.translog import (
    BadCheckpoint,
    BadNote,
    Checkpoint,
    Note,
    Signer,
    Verifier,
    keys_in_force,
)
from sutarta.core.translog.notes import COSIGNATURE

KEY = "witness.key"
PUBLIC = "witness.pub"
ABOUT = "log.json"
FORKS = "FORK-*.txt"
DIGITS = 20  # of the largest size there can be
IS_POSIX = os.name == "posix"


@dataclass(frozen=True)
class Known:
    """What is known of a log apart from its checkpoints.

    address     where it is asked for
    first       the key that was trusted first, as it is printed
    handovers   notes by which it was handed on since, oldest first
    since       when we first saw it; contact: when we last did
    followed    origin of the epoch that was accepted in its place, "" while there is none
    """

    address: str
    origin: str
    first: str
    handovers: tuple[str, ...]
    since: str
    contact: str
    followed: str = ""

    def signing(self) -> list[Verifier]:
        """Every key that was in force, oldest first."""
        notes = [Note.parse(note) for note in self.handovers]
        return keys_in_force(Verifier.parse(self.first), notes)


@dataclass(frozen=True)
class Kept:
    """A checkpoint that a witness holds, with the signatures under it."""

    note: Note
    point: Checkpoint

    @classmethod
    def parse(cls, said: str | bytes) -> Kept:
        """Raises BadNote or BadCheckpoint."""
        note = Note.parse(said)
        return cls(note, Checkpoint.parse(note.text))

    def seen(self, witness: Verifier) -> list[int]:
        """When that witness signed it, seconds since 1970: the first time, and the last."""
        alone = (Note(self.note.text, (one,)) for one in self.note.signatures)
        return sorted(at for note in alone if (at := witness.signed_at(note)) is not None)


class LogFolder:
    """Where one log is kept."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def known(self) -> Known:
        """Raises Stop when the file cannot be read."""
        file = self.path / ABOUT
        try:
            said = json.loads(file.read_bytes())
            return Known(**{**said, "handovers": tuple(said["handovers"])})
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise Stop(f"{file} cannot be read: put it back from a copy.", code=1) from error

    def remember(self, known: Known) -> None:
        write(self.path / ABOUT, json.dumps(asdict(known), ensure_ascii=False, indent=1).encode())

    def sizes(self) -> list[int]:
        """Sizes of the checkpoints kept, smallest first."""
        return sorted(int(file.stem) for file in self.path.glob("[0-9]*.txt"))

    def kept(self, size: int) -> Kept:
        """Raises Stop rather than go by an older one: that would let the log go back to it."""
        file = self._file(size)
        try:
            return Kept.parse(file.read_bytes())
        except (OSError, BadNote, BadCheckpoint) as error:
            raise Stop(f"{file} cannot be read: put it back from a copy.", code=1) from error

    def newest(self) -> Kept | None:
        sizes = self.sizes()
        return self.kept(sizes[-1]) if sizes else None

    def keep(self, kept: Kept) -> None:
        """On the disk when this returns."""
        write(self._file(kept.point.size), str(kept.note).encode())

    def alarms(self) -> list[Path]:
        """What was found and not yet settled by a person."""
        return sorted(self.path.glob(FORKS))

    def _file(self, size: int) -> Path:
        return self.path / f"{size:0{DIGITS}}.txt"


class Folder:
    """Where a witness keeps all it has."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """Raises Stop when it cannot be made."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise Stop(f"The folder {self.path} cannot be made: {error.strerror}.") from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """One visit at a time: two could see two sizes and take the older for a step back."""
        with (self.path / "lock").open("a+b") as lock:
            if not _lock(lock.fileno()):
                raise Stop("This witness is at work already.", code=1)
            yield

    def has_key(self) -> bool:
        return (self.path / KEY).exists()

    def make_key(self, name: str) -> Signer:
        """Raises Stop for a name that no key can have."""
        seed = secrets.token_bytes(32)
        try:
            signer = Signer(name, seed, COSIGNATURE)
        except BadNote as bad:
            raise Stop(f"“{name}” cannot be the name of a key.") from bad
        said = {"name": name, "seed": b64encode(seed).decode()}
        write(self.path / KEY, json.dumps(said, ensure_ascii=False).encode(), private=True)
        write(self.path / PUBLIC, f"{signer.verifier}\n".encode())
        return signer

    def verifier(self) -> Verifier:
        """Whose folder it is, also when only a copy without the key is at hand. Raises Stop."""
        if self.has_key():
            return self.signer().verifier
        file = self.path / PUBLIC
        try:
            return Verifier.parse(file.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise Stop(f"{file} cannot be read: put it back from a copy.", code=1) from error

    def signer(self) -> Signer:
        """Raises Stop when the key cannot be read: a new one is a new witness."""
        file = self.path / KEY
        try:
            said = json.loads(file.read_bytes())
            return Signer(said["name"], b64decode(said["seed"]), COSIGNATURE)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise Stop(f"{file} cannot be read: put it back from a copy.", code=1) from error

    def logs(self) -> list[LogFolder]:
        """Every log that is kept here."""
        return [LogFolder(file.parent) for file in sorted(self.path.glob(f"*/{ABOUT}"))]

    def in_force(self) -> list[tuple[LogFolder, Known]]:
        """Logs that no later epoch follows, and what is known of each."""
        found = [(log, log.known()) for log in self.logs()]
        return [(log, known) for log, known in found if not known.followed]

    def begin(self, known: Known) -> LogFolder:
        """A folder for a log that is not known yet."""
        path = self.path / _folder_name(known.origin)
        path.mkdir(mode=0o700, exist_ok=True)
        log = LogFolder(path)
        log.remember(known)
        return log


def contacted(known: Known, at: datetime) -> Known:
    return replace(known, contact=at.isoformat(timespec="seconds"))


def write(file: Path, data: bytes, *, private: bool = False) -> None:
    """Put a file in its place, whole and on the disk. Raises Stop when the disk will not take it.

    private   nobody but the owner may read it
    """
    beside = file.with_name(file.name + ".new")
    try:
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o644)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)
        _sync(file.parent)
    except OSError as error:
        raise Stop(f"{file} cannot be written: {error.strerror}. Nothing was signed.", 1) from error


def _sync(folder: Path) -> None:
    """Have the folder itself on the disk; Windows has no such call."""
    if IS_POSIX:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _folder_name(origin: str) -> str:
    """Readable, and different for every origin, also where capitals count for nothing."""
    readable = re.sub(r"[^A-Za-z0-9.-]+", "-", origin).strip(".-")[:60] or "log"
    return f"{readable}-{hashlib.sha256(origin.encode()).hexdigest()[:8]}"


def _lock(handle: int) -> bool:
    try:
        if IS_POSIX:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
    except OSError:
        return False
    return True
