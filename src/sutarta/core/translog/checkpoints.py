"""Checkpoints (c2sp.org/tlog-checkpoint): how large a log is, and its root."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from sutarta.core.translog.lines import decoded, is_line

LARGEST = 2**63 - 1  # leaves; other readers keep sizes in 64 bits, some of them with a sign


class BadCheckpoint(ValueError):
    """A text is no checkpoint."""


@dataclass(frozen=True)
class Checkpoint:
    """The state of a log, as it is signed.

    origin       names the log for good
    size         number of leaves, at most 2**63 - 1
    root         32 bytes
    extensions   further lines, which readers keep and do not need

    Raises BadCheckpoint when its text would not be read as itself.

    >>> print(Checkpoint("example.org/log", 0, bytes(32)).text, end="")
    example.org/log
    0
    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not all(map(is_line, (self.origin, *self.extensions))):
            raise BadCheckpoint("origin and extensions are lines that are not empty")
        if not 0 <= self.size <= LARGEST:
            raise BadCheckpoint(f"not a size: {str(self.size)[:40]}")
        if len(self.root) != 32:
            raise BadCheckpoint("a root has 32 bytes")

    @property
    def text(self) -> str:
        """The text of the note that is signed."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Read the text of a note. Raises BadCheckpoint.

        Whose log it is, the reader compares with the origin it expects.
        """
        lines = text.split("\n")
        if len(lines) < 4:
            raise BadCheckpoint("a checkpoint has an origin, a size and a root")
        origin, size, root, *extensions = lines[:-1]
        found = cls(origin, _size(size), decoded(root), tuple(extensions))
        if found.text != text:
            raise BadCheckpoint("a checkpoint written in another way than the one it has")
        return found


def _size(digits: str) -> int:
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(LARGEST)):
        raise BadCheckpoint(f"not a size: {digits[:40]!r}")
    return int(digits)
