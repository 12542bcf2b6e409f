"""Checkpoints (c2sp.org/tlog-checkpoint): how large a log is, and its root."""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass


class BadCheckpoint(ValueError):
    """A text is no checkpoint."""


@dataclass(frozen=True)
class Checkpoint:
    """The state of a log, as it is signed.

    origin       names the log for good
    size         number of leaves
    root         32 bytes
    extensions   further lines, which readers keep and do not need

    >>> print(Checkpoint("example.org/log", 0, bytes(32)).text, end="")
    example.org/log
    0
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text of the note that is signed."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the text of a note. Raises BadCheckpoint."""
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
            raise BadCheckpoint("a checkpoint has an origin, a size and a root")
        origin, size, root, *extensions = lines[:-1]
        if not (size.isascii() and size.isdigit()) or str(int(size)) != size:
            raise BadCheckpoint(f"not a size: {size[:40]!r}")
        return cls(origin, int(size), _root(root), tuple(extensions))


def _root(encoded: str) -> bytes:
    try:
        root = b64decode(encoded, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadCheckpoint("a root is base64") from error
    if len(root) != 32:
        raise BadCheckpoint("a root has 32 bytes")
    return root
