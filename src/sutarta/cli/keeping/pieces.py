"""The sealed pieces a second place holds, each under a name made from what it holds.

Two keys come from the key file by HKDF-SHA256 (no salt): "names" (info b"sutarta ship names 1")
and "seal" (info b"sutarta ship seal 1"). A piece is called by HMAC-SHA256(names, content) in
hexadecimal and lies in pieces/FIRST DIGIT/NAME. The file is AES-256-GCM of the content packed by
zlib; its key is HMAC-SHA256(seal, the 32 bytes of the name), its nonce twelve zeros: a key never
seals two contents, because another content has another name. So equal pieces are stored once,
and whoever keeps the place sees sizes and times alone.
"""

from __future__ import annotations

import errno
import hmac
import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

UNFINISHED = ".unfinished"
NONCE = bytes(12)
QUICK = 1  # of zlib: the rest gains a tenth of the size and costs twice the time
CANNOT = {errno.EINVAL, errno.ENOTSUP, errno.EBADF}  # a folder of this kind cannot be synced


class Damaged(Exception):
    """A piece is missing, or is not as it was written. The text names it."""


class Pieces:
    """The pieces in a folder that may lie on somebody else's disk."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._names, self._seal = _derived(key, b"names"), _derived(key, b"seal")

    def name(self, content: bytes) -> str:
        return hmac.digest(self._names, content, "sha256").hex()

    def put(self, name: str, content: bytes, *, anew: bool = False) -> int:
        """Write the piece unless it is there; returns the bytes written.

        anew   even if it is there
        """
        target = self._file(name)
        if target.exists() and not anew:
            return 0
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        sealed = self._cipher(name).encrypt(NONCE, zlib.compress(content, QUICK), None)
        write_safely(target, sealed)
        return len(sealed)

    def get(self, name: str) -> bytes:
        """What the piece holds. Raises Damaged."""
        try:
            packed = self._cipher(name).decrypt(NONCE, self._file(name).read_bytes(), None)
        except FileNotFoundError as error:
            raise Damaged(f"the piece {name[:12]} is missing") from error
        except (InvalidTag, OSError, ValueError) as error:
            raise Damaged(f"the piece {name[:12]} is damaged") from error
        return zlib.decompress(packed)

    def size(self, name: str) -> int:
        return self._file(name).stat().st_size

    def is_whole(self, name: str) -> bool:
        try:
            self.get(name)
        except Damaged:
            return False
        return True

    def remove(self, name: str) -> None:
        self._file(name).unlink(missing_ok=True)

    def sync(self, names: set[str]) -> None:
        """Make sure that the folders which got these pieces remember them."""
        for folder in {self._file(name).parent for name in names}:
            sync_folder(folder)

    def all(self) -> Iterator[str]:
        """The names of the pieces there are; what a cut-off shipping left behind goes."""
        for folder in self._folder.glob("?"):
            for file in folder.iterdir():
                if file.suffix == UNFINISHED:
                    file.unlink(missing_ok=True)
                else:
                    yield file.name

    def _file(self, name: str) -> Path:
        return self._folder / name[0] / name

    def _cipher(self, name: str) -> AESGCM:
        return AESGCM(hmac.digest(self._seal, bytes.fromhex(name), "sha256"))


def _derived(key: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), 32, None, b"sutarta ship " + use + b" 1").derive(key)


def write_safely(target: Path, content: bytes) -> None:
    """Write the file so that it is there whole or not at all, also after a power cut."""
    fresh = target.with_name(target.name + UNFINISHED)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(target)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where its file system can."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in CANNOT:
            raise
    finally:
        os.close(descriptor)
