"""The newest checkpoint of every log, beside what was shipped: plain text, for anybody.

A head that was shipped is never replaced by a smaller one or by another of the same size: the log
has only ever grown, so whoever finds ours behind it knows that something was put back by hand.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sutarta.apps.ledger.models import Log
from sutarta.apps.ledger.queries import logs, proofs
from sutarta.cli.keeping.pieces import UNFINISHED, sync_folder, write_safely
from sutarta.cli.stop import Stop
from sutarta.core import translog
from sutarta.core.translog.tiles import Fetch

FOLDER = "checkpoints"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Head:
    """A log at the largest size somebody knows of.

    note   the signed checkpoint
    """

    origin: str
    size: int
    root: bytes
    note: str

    @classmethod
    def parse(cls, note: str | bytes, source: object) -> Head:
        """Read a signed checkpoint. Raises Stop, naming the source."""
        try:
            signed = translog.Note.parse(note)
            said = translog.Checkpoint.parse(signed.text)
        except (translog.BadNote, translog.BadCheckpoint) as error:
            raise Stop(f"{source} is no checkpoint: {error}.") from error
        if not said.origin.isprintable():  # no log is called so, and it would be printed
            raise Stop(f"{source} is no checkpoint of a log of Sutarta.")
        return cls(said.origin, said.size, said.root, str(signed))

    @property
    def file_name(self) -> str:
        return self.origin.replace("/", "+")  # no name of a log has a + in it


@dataclass(frozen=True)
class Grown:
    """A log as it lies in a database, wherever that is.

    is_over   another epoch follows
    tile      gives the first hashes of a tile by level, number and width
    """

    size: int
    is_over: bool
    tile: Fetch


def ours() -> list[Head]:
    """The newest checkpoint of every log of this installation, of former epochs too."""
    newest = (logs.newest_checkpoint(row) for row in Log.objects.order_by("origin"))
    return [Head.parse(found.note, "our own") for found in newest if found is not None]


def facts() -> dict[str, dict[str, object]]:
    """Origin -> size, and whether the epoch is over: what a state says of the logs in it."""
    return {
        row.origin: {"size": row.size, "is_over": row.ended_at is not None}
        for row in Log.objects.order_by("origin")
    }


def kept(folder: Path) -> list[Head]:
    """The heads at a second place; what is no checkpoint is left out, and written anew."""
    found = []
    for file in sorted((folder / FOLDER).glob("*")):
        if file.suffix != UNFINISHED:
            try:
                found.append(Head.parse(_read(file), file))
            except Stop as error:
                log.warning("second place: %s", error)
    return found


def _read(file: Path) -> bytes:
    """What may be a note; of what is no file or too large for one, nothing."""
    if not file.is_file():
        return b""
    with file.open("rb") as source:
        return source.read(translog.notes.LONGEST + 1)


def ours_now() -> dict[str, Grown]:
    """The logs of this installation, as its database has them."""
    return {row.origin: _ours(row) for row in Log.objects.all()}


def _ours(row: Log) -> Grown:
    return Grown(row.size, row.ended_at is not None, lambda *place: proofs.tile(row, *place))


def behind(known: Iterable[Head], there: Mapping[str, Grown]) -> list[Head]:
    """Those heads the logs do not lead to: they have less, or something else.

    An epoch that is over lacks nothing: the first act of the next one says how it ended.
    """
    return [head for head in known if not _leads_to(there.get(head.origin), head)]


def _leads_to(log: Grown | None, head: Head) -> bool:
    if log is None or log.is_over:
        return log is not None
    if log.size < head.size:
        return False
    tiles = translog.Tiles(head.size, log.tile)
    try:
        return translog.root_of(head.size, tiles.lookup) == head.root
    except translog.BadTile:
        return False


def covers(said: Mapping[str, Mapping[str, object]], known: Iterable[Head]) -> bool:
    """Whether a state that says this of its logs may have all that those heads speak of."""
    return all(_reaches(said.get(head.origin), head.size) for head in known)


def _reaches(said: Mapping[str, object] | None, size: int) -> bool:
    return said is not None and (bool(said["is_over"]) or int(str(said["size"])) >= size)


def write(folder: Path, heads: Iterable[Head], besides: Iterable[str]) -> None:
    """Put our heads there, but for the origins `besides`, and only where they are new."""
    there = {head.origin: head for head in kept(folder)}
    new = [head for head in heads if _goes_on(there.get(head.origin), head)]
    (folder / FOLDER).mkdir(exist_ok=True)
    for head in new:
        if head.origin not in besides:
            write_safely(folder / FOLDER / head.file_name, head.note.encode())
    if new:
        sync_folder(folder / FOLDER)


def _goes_on(former: Head | None, head: Head) -> bool:
    return former is None or head.size > former.size
