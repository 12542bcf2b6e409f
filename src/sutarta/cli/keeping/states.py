"""The states a second place holds: what the installation consisted of at one moment.

A state is a small sealed file, states/NUMBER-TIME, in the form of a backup (see sealed.py), that
holds zlib-packed JSON: schema "sutarta.state/1", number, release, made_at, database, migrations,
`parts` and `logs`. A part is a file: the names of its pieces in order, and a stamp that says
whether it has to be read again. Rows of PostgreSQL are parts "rows/…", one for each model.
Numbers go up whatever the clock does. A state is written last, so one that is there is whole.
"""

from __future__ import annotations

import io
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sutarta.cli.keeping import pieces, sealed
from sutarta.cli.keeping.pieces import Damaged
from sutarta.cli.stop import Stop

SCHEMA = "sutarta.state/1"
TIME = "%Y%m%dT%H%M%SZ"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KEPT_DAYS = 14  # as backups: what was erased must end here too


@dataclass(frozen=True)
class Part:
    """A file of the installation, cut in pieces.

    stamp   unchanged as long as the part is unchanged; "" when it must be read to know
    """

    size: int
    pieces: tuple[str, ...]
    stamp: str = ""


@dataclass(frozen=True)
class State:
    """The installation at one moment.

    logs   origin of each group's log -> its size and root then
    """

    number: int
    made_at: datetime
    release: str
    database: str
    migrations: tuple[str, ...]
    parts: Mapping[str, Part]
    logs: Mapping[str, Mapping[str, object]] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The pieces it consists of, each once, in order."""
        return list(dict.fromkeys(name for part in self.parts.values() for name in part.pieces))

    def says_the_same(self, other: State | None) -> bool:
        """Whether nothing has changed since the other one."""
        return other is not None and self._content() == other._content()

    def _content(self) -> tuple[object, ...]:
        whole = {name: (part.size, part.pieces) for name, part in self.parts.items()}
        return self.release, self.database, self.migrations, whole, dict(self.logs)


@dataclass(frozen=True, order=True)
class Title:
    """What the name of a state's file says."""

    number: int
    made_at: datetime

    @property
    def file_name(self) -> str:
        return f"{self.number:010}-{self.made_at.astimezone(UTC):{TIME}}"


def titles(folder: Path) -> list[Title]:
    """The states there are, oldest first; files of other names are none."""
    if not folder.is_dir():
        return []
    return sorted(found for file in folder.iterdir() if (found := _title(file.name)))


def _title(name: str) -> Title | None:
    number, _dash, time = name.partition("-")
    try:
        return Title(int(number), datetime.strptime(time, TIME).replace(tzinfo=UTC))
    except ValueError:
        return None


def write(folder: Path, key: bytes, state: State) -> Title:
    """Seal the state into the folder: from now on it counts."""
    title = Title(state.number, state.made_at)
    words = json.dumps({"schema": SCHEMA, **asdict(state)}, default=datetime.isoformat)
    out = io.BytesIO()
    sealing = sealed.Sealing(out, key)
    sealing.write(zlib.compress(words.encode()))
    sealing.finish()
    folder.mkdir(mode=0o700, exist_ok=True)
    for left_over in folder.glob(f"*{pieces.UNFINISHED}"):
        left_over.unlink(missing_ok=True)
    pieces.write_safely(folder / title.file_name, out.getvalue())
    pieces.sync_folder(folder)
    return title


def read(folder: Path, key: bytes, title: Title) -> State:
    """The state of that title. Raises Damaged when it cannot be opened with this key."""
    try:
        with (folder / title.file_name).open("rb") as source:
            said = json.loads(zlib.decompress(sealed.Opening(source, key).readall()))
    except (OSError, Stop, ValueError, zlib.error) as error:
        raise Damaged(f"the state {title.file_name} cannot be opened") from error
    if said.pop("schema", None) != SCHEMA:
        raise Stop("These states are of a newer Sutarta: install that release first.")
    its = Title(said["number"], datetime.fromisoformat(said["made_at"]))
    if its.file_name != title.file_name:
        raise Damaged(f"the state {title.file_name} goes by another's name")
    parts = {name: Part(**part) for name, part in said.pop("parts").items()}
    for name, part in parts.items():
        parts[name] = Part(part.size, tuple(part.pieces), part.stamp)
    said["made_at"], said["migrations"] = its.made_at, tuple(said["migrations"])
    return State(parts=parts, **said)


def outdated(found: Sequence[Title], at: datetime) -> list[Title]:
    """What need not be kept: never the newest, nothing of this hour and the one before.

    Of each earlier hour of the last day the last state stays, then of each day, for KEPT_DAYS.
    A clock that went back makes states of the future: they stay until their time has come.
    """
    kept: dict[object, Title] = {}
    for title in found:
        kept[_room(title.made_at, at) or title] = title
    staying = {title for room, title in kept.items() if room != "gone"} | set(found[-1:])
    return [title for title in found if title not in staying]


def _room(made_at: datetime, at: datetime) -> object:
    """Of the states in one room the last stays; None for a room of one's own."""
    made, now = made_at.astimezone(UTC), at.astimezone(UTC)
    hour = made.replace(minute=0, second=0, microsecond=0)
    this_hour = now.replace(minute=0, second=0, microsecond=0)
    if hour >= this_hour - HOUR:
        return None
    if hour >= this_hour - DAY:
        return hour
    return made.date() if now - made < KEPT_DAYS * DAY else "gone"
