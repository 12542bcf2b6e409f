"""Shipping an installation to a second place: another disk, another machine, another house.

    PLACE/sutarta-second-place   the mark: without it the place is not there (a disk unplugged)
    PLACE/pieces/                what is kept, sealed (pieces.py)
    PLACE/states/                what belonged together at which moment, sealed (states.py)
    PLACE/checkpoints/           the newest checkpoint of every log, for anybody (heads.py)
    PLACE/erasures.json          what a restore has to erase again (erasures.py)

A shipping writes the pieces that are not there yet, then the state that names them all, then the
checkpoints that this state covers: cut off anywhere, it leaves the former state as it was.
"""

from __future__ import annotations

import fcntl
import logging
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path

from sutarta import __version__
from sutarta.cli.keeping import erasures, heads, rows, sealed, snapshots, states
from sutarta.cli.keeping.pieces import Damaged, Pieces, write_safely
from sutarta.cli.keeping.snapshots import Source
from sutarta.cli.keeping.states import Part, State
from sutarta.cli.stop import Stop

log = logging.getLogger(__name__)

MARK = "sutarta-second-place"
ROWS_FILE = "rows.jsonl"
PROBED = 2  # pieces opened at each shipping, to find a disk that forgets


class UnderWay(Stop):
    """Somebody else is shipping just now."""


@dataclass(frozen=True)
class Place:
    """A second place and what opens it."""

    folder: Path
    key: bytes

    @property
    def pieces(self) -> Pieces:
        return Pieces(self.folder / "pieces", self.key)

    @property
    def states(self) -> Path:
        return self.folder / "states"

    def read(self, title: states.Title) -> State:
        return states.read(self.states, self.key, title)


@dataclass
class Shipped:
    """What one shipping did.

    back   origins of logs that are not what they were when they were shipped last
    """

    title: states.Title
    is_new: bool
    back: list[str]
    written: set[str] = field(default_factory=set)
    bytes_written: int = 0


def begin(folder: Path) -> None:
    """Make the folder a second place. Done by hand, once, so that no empty mount is taken for it.

    Raises Stop when it holds something else.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / MARK).exists() and any(folder.iterdir()):
            raise Stop(f"{folder} holds something else: give an empty folder.")
        write_safely(folder / MARK, b"Sutarta keeps its second copy here.\n")
    except OSError as error:
        raise Stop(f"{folder} cannot be written: {error.strerror}.", code=1) from error


def find(folder: Path, key_file: Path) -> Place:
    """The second place in that folder. Raises Stop when it is not there."""
    if not (folder / MARK).is_file():
        words = "is it plugged in? A new one is made by `sutarta ship --begin`"
        raise Stop(f"There is no second place in {folder}: {words}.", code=1)
    return Place(folder, sealed.read_key(key_file))


def ship(data: Path, place: Place, at: datetime, *, thoroughly: bool = False) -> Shipped:
    """Ship what has changed. Raises UnderWay while somebody else does.

    thoroughly   open everything the last state consists of, not some of it
    """
    with alone(data):
        room = snapshots.fresh_room(data)
        try:
            done = _ship(data, place, room, at, thoroughly=thoroughly)
        finally:
            shutil.rmtree(room, ignore_errors=True)
        erasures.note(place.folder, place.key, at)
        if not done.back:  # nothing goes while somebody may have to look back
            sweep(place, at)
    return done


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Hold the shipping of an installation. Raises UnderWay while somebody else has it."""
    with (data / "shipping.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UnderWay("Another shipping is under way: it is enough to wait.", 1) from error
        yield


def _ship(data: Path, place: Place, room: Path, at: datetime, *, thoroughly: bool) -> Shipped:
    last = _last(place)
    known, facts = heads.ours(), heads.facts()  # read first: the copy made after it covers them
    back = [head.origin for head in heads.behind(heads.kept(place.folder), heads.ours_now())]
    done = Shipped(states.Title(last.number if last else 0, at), is_new=False, back=back)
    bad = _bad(place, last, at, thoroughly=thoroughly)
    sending = _Sending(place.pieces, {} if bad or last is None else last.parts, bad, done)
    parts = {
        source.name: sending.part(source)
        for source in chain(snapshots.database(room), snapshots.files(data))
    }
    state = State(
        number=_next_number(place), made_at=at, release=__version__,
        database=snapshots.DATABASE if snapshots.DATABASE in parts else ROWS_FILE,
        migrations=tuple(rows.migrations()), parts=parts, logs=facts,
    )  # fmt: skip
    if not state.says_the_same(last):
        place.pieces.sync(done.written)
        done.title, done.is_new = states.write(place.states, place.key, state), True
    heads.write(place.folder, known, besides=back)
    return done


def _last(place: Place) -> State | None:
    """The newest state that can be read; what is damaged is shipped anew.

    Raises Stop when there are states and none of them opens.
    """
    there = states.titles(place.states)
    for title in reversed(there):
        try:
            return place.read(title)
        except Damaged as error:
            log.warning("second place: %s", error)
    if there:
        raise Stop(f"No state in {place.folder} opens with this backup.key.", code=1)
    return None


def _next_number(place: Place) -> int:
    return max((title.number for title in states.titles(place.states)), default=0) + 1


def _bad(place: Place, last: State | None, at: datetime, *, thoroughly: bool) -> set[str]:
    """The pieces of the last state that are gone or spoilt, as soon as one is found to be so.

    Some are opened each time, in turn: so a disk that forgets is found by and by.
    """
    names = last.names if last else []
    looked = names if thoroughly else in_turn(names, at)
    if all(place.pieces.is_whole(name) for name in looked):
        return set()
    bad = {name for name in names if not place.pieces.is_whole(name)}
    log.warning("second place: %d pieces were damaged or missing and are sent again", len(bad))
    return bad


def in_turn(names: Sequence[str], at: datetime) -> list[str]:
    """The names whose turn it is: each comes, while half a minute follows the other."""
    turn = int(at.timestamp() // 30) * PROBED
    return [names[(turn + step) % len(names)] for step in range(PROBED)] if names else []


@dataclass
class _Sending:
    """The pieces on their way.

    former   the parts of the last state, all of whose pieces are there
    bad      pieces to be written even where they are
    """

    pieces: Pieces
    former: Mapping[str, Part]
    bad: set[str]
    done: Shipped

    def __post_init__(self) -> None:
        self._there = {name for part in self.former.values() for name in part.pieces}

    def part(self, source: Source) -> Part:
        known = self.former.get(source.name)
        if source.stamp and known and known.stamp == source.stamp:
            return known
        size, names = 0, []
        for content in source.read:
            size += len(content)
            names.append(self._piece(content))
        return Part(size, tuple(names), source.stamp)

    def _piece(self, content: bytes) -> str:
        name = self.pieces.name(content)
        if name not in self._there:
            size = self.pieces.put(name, content, anew=name in self.bad)
            self._there.add(name)
            if size:
                self.done.written.add(name)
                self.done.bytes_written += size
        return name


def sweep(place: Place, at: datetime) -> int:
    """Remove states that need not be kept, and pieces no state names; returns how many pieces.

    A state that cannot be read names pieces nobody knows: then no piece goes.
    """
    gone = states.outdated(states.titles(place.states), at)
    for title in gone:
        (place.states / title.file_name).unlink(missing_ok=True)
    if not gone:
        return 0
    try:
        named = {name for title in states.titles(place.states) for name in place.read(title).names}
    except Damaged as error:
        log.warning("second place: nothing is removed, %s", error)
        return 0
    unnamed = [name for name in place.pieces.all() if name not in named]
    for name in unnamed:
        place.pieces.remove(name)
    return len(unnamed)
