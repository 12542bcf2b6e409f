"""Putting an installation back so that its logs are not behind what the world has seen of them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections

from sutarta.apps.consultations.actions import participants, replaying
from sutarta.apps.consultations.queries import erasing
from sutarta.apps.publishing.actions import following
from sutarta.cli.keeping import copies, epochs, erasures, heads, looking, sealed, states, unpacked
from sutarta.cli.keeping.heads import Head
from sutarta.cli.keeping.pieces import Damaged
from sutarta.cli.keeping.shipping import Place
from sutarta.cli.stop import Stop


@dataclass(frozen=True)
class Asked:
    """What somebody wants back.

    file        a backup; None for a state of the second place
    second      the second place, if there is one at hand
    until       the newest state up to this moment; None for the newest of all
    new_epoch   that very state, even if the log had more by then
    seen        checkpoints somebody else kept
    """

    file: Path | None
    key: bytes
    second: Place | None = None
    until: datetime | None = None
    new_epoch: bool = False
    seen: Sequence[Head] = ()


@dataclass
class _Found:
    """A database and its files, unpacked in a folder, not put back yet."""

    room: Path
    name: str
    manifest: dict[str, Any]

    @property
    def logs(self) -> dict[str, heads.Grown]:
        return unpacked.logs(self.room / self.manifest["database"])


def give_back(data: Path, asked: Asked, at: datetime) -> list[str]:
    """Replace the installation in `data`; returns, in sentences, what was done.

    Nothing is replaced before what comes back was read to its end.
    """
    known, folders = _known(asked), _beside(asked)
    keys = [asked.key, sealed.read_key(data / "backup.key")]
    erased = _erased(folders, keys)
    left = {key for folder in folders for key in erasures.left(folder, keys)}
    with tempfile.TemporaryDirectory(dir=data) as made:
        said: list[str] = []
        found = _unpack(asked, Path(made), said)
        if not asked.new_epoch:
            found = _with_the_gap(asked, found, known, Path(made), said)
        missing = heads.behind(known, found.logs)
        connections.close_all()
        copies.put_back(data, found.room, found.manifest)
    _take_secret(data / "secret.key")
    call_command("migrate", interactive=False, verbosity=0)
    said.insert(0, f"Restored from {found.name}: the state of {found.manifest['made_at']} (UTC).")
    said += _compared(known, missing, asked, at)
    if again := replaying.replay(erased, at):
        said.append(f"{again} erasures made since then were carried out again.")
    if removed := following.forget_left(left):
        said.append(f"{removed} follows that had ended since then were removed again.")
    if removed := participants.forget_left(left, at):
        said.append(f"{removed} people taken off lists of meetings were taken off again.")
    _note_erasures(folders, asked.key, at)
    return said


def _take_secret(file: Path) -> None:
    """Go on with the secret that came back: the keys of the logs are sealed under it."""
    if file.is_file() and not os.environ.get("SUTARTA_SECRET_KEY"):
        settings.SECRET_KEY = file.read_text().strip()


def _known(asked: Asked) -> list[Head]:
    """What the world has seen of the logs, as far as anybody here can tell."""
    known = [*asked.seen, *(heads.kept(asked.second.folder) if asked.second else ())]
    with suppress(DatabaseError):  # a new folder, or a database that cannot be read any more
        known += heads.ours()
    return known


def _beside(asked: Asked) -> list[Path]:
    """Folders where erasures may be noted."""
    folders = [settings.BACKUPS]
    if asked.file is not None:
        folders.insert(0, asked.file.resolve().parent)
    if asked.second is not None:
        folders.append(asked.second.folder)
    return list(dict.fromkeys(folders))


def _erased(folders: Sequence[Path], keys: Sequence[bytes]) -> list[dict[str, Any]]:
    """Erasures noted, and those of the database that is about to be replaced."""
    noted = [row for folder in folders for row in erasures.noted(folder, keys)]
    with suppress(DatabaseError):
        noted += erasing.carried_out()
    return noted


def _unpack(asked: Asked, made: Path, said: list[str]) -> _Found:
    if asked.file is not None:
        room = made / "asked"
        room.mkdir()
        manifest = copies.unpack(asked.file, asked.key, room)
        return _Found(room, asked.file.name, manifest)
    try:
        return _fetch(asked, made / "asked", said, lambda _state: True, until=asked.until)
    except Damaged as error:
        raise Stop(f"Nothing can be put back from the second place: {error}.", code=1) from error


def _fetch(
    asked: Asked,
    room: Path,
    said: list[str],
    is_wanted: Callable[[states.State], bool],
    until: datetime | None = None,
) -> _Found:
    """The newest state that is wanted and whole. Raises Damaged when there is none."""
    if asked.second is None:
        raise Damaged("there is none")
    state, faults = looking.fetch_newest(asked.second, room, is_wanted, until)
    said += [f"{fault}; an older one was looked for." for fault in faults]
    manifest = {
        "made_at": state.made_at.isoformat(),
        "database": state.database,
        "migrations": list(state.migrations),
        "release": state.release,
    }
    copies.look_over(room, manifest)
    return _Found(room, str(asked.second.folder), manifest)


def _with_the_gap(
    asked: Asked, found: _Found, known: Sequence[Head], made: Path, said: list[str]
) -> _Found:
    """What was asked for, or, when the logs had more by then, a state that has that too."""
    missing = heads.behind(known, found.logs)
    if not missing:
        return found
    try:
        better = _fetch(asked, made / "better", said, lambda state: heads.covers(state.logs, known))
    except Damaged as error:
        if asked.second is not None:
            said.append(f"No state at the second place has what is missing: {error}.")
        return found
    if heads.behind(known, better.logs):
        return found
    acts = sum(log.size for log in better.logs.values())
    less = acts - sum(log.size for log in found.logs.values())
    said.append(
        f"The state of {found.manifest['made_at']} lacks {less} acts the log had taken in since: "
        "the state above has them all and was put back instead. "
        "To go back nevertheless: --new-epoch."
    )
    return better


def _compared(
    known: Sequence[Head], missing: Sequence[Head], asked: Asked, at: datetime
) -> list[str]:
    """Compare the logs with what was seen of them; where they lack something, begin anew."""
    if missing:
        return epochs.open_for(missing, known, at)
    if known:
        return ["The log has everything that is known of it."]
    if asked.new_epoch:
        return epochs.open_all(at)
    return [
        "The log could not be compared: no checkpoint of it is at hand "
        "(--shipped DIR, or --seen FILE from a witness)."
    ]


def _note_erasures(folders: Sequence[Path], key: bytes, at: datetime) -> None:
    """From here on the notes count from what was restored."""
    for folder in folders:
        if (folder / erasures.NAME).exists():
            with suppress(OSError):  # a place that can only be read
                erasures.note(folder, key, at, is_restored=True)
