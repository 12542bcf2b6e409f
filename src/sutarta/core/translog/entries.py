"""What one leaf of our log says, the promise that it will be there, and who may sign.

An act is a JSON object; its digest is fixed at the moment it happens. The leaf holds the act and
the time at which the log took it in, so a promise can be made before the leaf exists.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sutarta.core.canonical import canonical_bytes
from sutarta.core.translog.lines import decoded, is_line
from sutarta.core.translog.notes import PLAIN, BadNote, Note, Verifier

LEAF = "sutarta.leaf/1"
PROMISE = "sutarta.promise/1"
HANDOVER = "sutarta.key/1"
CODE_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none looks like another


class BadPromise(ValueError):
    """A note is no promise, or hands no key on."""


def act_digest(act: Mapping[str, Any]) -> bytes:
    """SHA-256 of the act's canonical bytes, 32 bytes.

    >>> act_digest({"event": "x"}).hex()[:8]
    'ebc2c4ea'
    """
    return hashlib.sha256(canonical_bytes(act)).digest()


def leaf_bytes(act: Mapping[str, Any], sequenced_at: str) -> bytes:
    """The entry of the log: canonical JSON of the act and of when the log took it in.

    sequenced_at   UTC, ISO 8601 with microseconds
    """
    return leaf_around(canonical_bytes(act), sequenced_at)


def leaf_around(body: bytes, sequenced_at: str) -> bytes:
    """The same of an act whose canonical bytes are at hand.

    >>> leaf_around(b'{"event":"x"}', "2026") == leaf_bytes({"event": "x"}, "2026")
    True
    """
    stamp = canonical_bytes(sequenced_at)
    return b'{"act":%b,"schema":"%b","sequenced_at":%b}' % (body, LEAF.encode(), stamp)


def short_code(digest: bytes) -> str:
    """The first 80 bits of an act's digest, to be read from paper and typed in.

    >>> short_code(bytes(range(32)))
    '000G-40R4-0M30-E209'
    """
    number = int.from_bytes(digest[:10], "big")
    signs = "".join(CODE_SIGNS[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4))


@dataclass(frozen=True)
class Promise:
    """That an act will be in the log; signed by the log at the moment of the act.

    digest   of the act, 32 bytes
    at       when it was promised: UTC, ISO 8601 with microseconds

    Raises BadPromise when its text would not be read as itself.
    """

    origin: str
    digest: bytes
    at: str

    def __post_init__(self) -> None:
        _check_origin(self.origin)
        if len(self.digest) != 32:
            raise BadPromise("a promise names a digest of 32 bytes, in base64")
        if not _is_instant(self.at):
            raise BadPromise(f"not an instant in UTC, with microseconds: {self.at[:40]!r}")

    @property
    def text(self) -> str:
        """The text of the note that is signed; no checkpoint begins like it."""
        lines = (PROMISE, self.origin, b64encode(self.digest).decode(), self.at)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Promise:
        """Read the text of a note. Raises BadPromise."""
        lines = text.split("\n")
        if len(lines) != 5 or lines[0] != PROMISE:
            raise BadPromise("this note is no promise of a log of Sutarta")
        found = cls(lines[1], decoded(lines[2]), lines[3])
        if found.text != text:
            raise BadPromise("a promise written in another way than the one it has")
        return found


@dataclass(frozen=True)
class Handover:
    """That another key signs from now on; signed by the key before it.

    Raises BadPromise when its text would not be read as itself, or the key signs no checkpoints.
    """

    origin: str
    key: Verifier

    def __post_init__(self) -> None:
        _check_origin(self.origin)
        if self.key.kind != PLAIN:
            raise BadPromise("a witness's key signs no checkpoints of its own")

    @property
    def text(self) -> str:
        """The text of the note that is signed."""
        return f"{HANDOVER}\n{self.origin}\n{self.key}\n"

    @classmethod
    def parse(cls, text: str) -> Handover:
        """Read the text of a note. Raises BadPromise."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[0] != HANDOVER:
            raise BadPromise("this note hands no key on")
        try:
            found = cls(lines[1], Verifier.parse(lines[2]))
        except BadNote as error:
            raise BadPromise(str(error)) from error
        if found.text != text:
            raise BadPromise("a handover written in another way than the one it has")
        return found


def keys_in_force(first: Verifier, handovers: Iterable[Note]) -> list[Verifier]:
    """The first key and those it was handed on to, one after the other, oldest first.

    handovers   notes, oldest first, each signed by the key before

    Raises BadPromise at the first note that the key before did not sign, that speaks of another
    log, or that hands on to a key that had its turn: who gives a key up does not get it back.
    """
    keys = [first]
    for note in handovers:
        handover = Handover.parse(note.text)
        if keys[-1].find(note) is None:
            raise BadPromise("a key was handed on without the signature of the one before it")
        if {handover.origin, handover.key.name} != {first.name}:
            raise BadPromise("a key of another log was handed on: keys bear the log's origin")
        if handover.key in keys:
            raise BadPromise("a key was handed on to one that had been given up")
        keys.append(handover.key)
    return keys


def _check_origin(origin: str) -> None:
    """Were it a number, a promise could be read as a checkpoint of that size."""
    if not is_line(origin) or origin.isdigit():
        raise BadPromise("an origin is one line, and no number")


def _is_instant(said: str) -> bool:
    try:
        read = datetime.fromisoformat(said)
    except ValueError:
        return False
    written = read.isoformat(timespec="microseconds")
    return read.utcoffset() == timedelta() and said in {written, written.replace("+00:00", "Z")}
