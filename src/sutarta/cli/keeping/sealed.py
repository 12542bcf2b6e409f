"""The sealed file a backup is kept in.

    line     b"SUTARTA-BACKUP 1\\n"
    salt     16 random bytes
    chunks   AES-256-GCM of up to CHUNK bytes each, tag of 16 bytes at the end of each

The key of a file is HKDF-SHA256 of the key file's 32 bytes over the salt, info b"sutarta backup 1".
The nonce of a chunk is its place (11 bytes, from 0, big-endian) and one byte: 1 for the last
chunk, 0 for the others. So a chunk changed, left out, moved or cut off at the end is noticed.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sutarta.cli.stop import Stop

MAGIC = b"SUTARTA-BACKUP 1\n"
SALT = 16
CHUNK = 1 << 20
TAG = 16


def read_key(file: Path) -> bytes:
    """The 32 bytes of a key file. Raises Stop when it is missing or holds something else."""
    try:
        key = bytes.fromhex(file.read_text().strip())
    except OSError as error:
        raise Stop(f"The key file {file} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise Stop(f"{file} is not a key file: 64 hexadecimal digits are expected.") from error
    if len(key) != 32:
        raise Stop(f"{file} is not a key file: 64 hexadecimal digits are expected.")
    return key


class Sealing(io.RawIOBase):
    """Writes go sealed into `out`. Close it, or the file has no end and cannot be opened."""

    def __init__(self, out: BinaryIO, key: bytes) -> None:
        salt = os.urandom(SALT)
        self._out, self._cipher = out, _cipher(key, salt)
        self._waiting, self._place = bytearray(), 0
        out.write(MAGIC + salt)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        self._waiting += data
        # One chunk is held back: only at the end is it known which one is the last.
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), is_last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Seal what is left, marked as the end."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, chunk: bytes, *, is_last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._place, is_last), chunk, MAGIC))
        self._place += 1


class Opening(io.RawIOBase):
    """Reads what was sealed; raises Stop at the first byte that is not as it was written."""

    def __init__(self, source: BinaryIO, key: bytes) -> None:
        if source.read(len(MAGIC)) != MAGIC:
            raise Stop("This file is not a backup of Sutarta.")
        self._source, self._cipher = source, _cipher(key, source.read(SALT))
        self._ready, self._place, self._is_over = b"", 0, False

    def readable(self) -> bool:
        return True

    def readinto(self, room: object) -> int:
        while not self._ready and not self._is_over:
            self._open_next()
        taken = self._ready[: len(room)]
        self._ready = self._ready[len(taken) :]
        room[: len(taken)] = taken
        return len(taken)

    def _open_next(self) -> None:
        sealed = self._source.read(CHUNK + TAG)
        following = self._source.read(1)
        self._is_over = not following
        if following:
            self._source.seek(-1, os.SEEK_CUR)
        try:
            nonce = _nonce(self._place, self._is_over)
            self._ready = self._cipher.decrypt(nonce, sealed, MAGIC)
        except (InvalidTag, ValueError) as error:
            raise Stop(
                "This backup was changed, was cut short, or was made with another key."
            ) from error
        self._place += 1


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt, b"sutarta backup 1").derive(key))


def _nonce(place: int, is_last: bool) -> bytes:
    return place.to_bytes(11, "big") + bytes([is_last])
