"""Asks a ClamAV daemon about a file: the INSTREAM command of clamd's protocol."""

from __future__ import annotations

import socket
import struct

CHUNK = 64 * 1024
LONGEST_ANSWER = 1024


class Infected(Exception):
    """The scanner knows the file as harmful; str() is the name it gives."""


class Unreachable(Exception):
    """The scanner gave no verdict: it is away, too slow or too busy."""


def scan(address: str, data: bytes, *, seconds: float = 30) -> None:
    """Return when nothing was found; raises Infected or Unreachable.

    address   "host:port", or the path of a Unix socket
    """
    try:
        with _connected(address, seconds) as wire:
            wire.sendall(b"zINSTREAM\0")
            for at in range(0, len(data), CHUNK):
                piece = data[at : at + CHUNK]
                wire.sendall(struct.pack(">I", len(piece)) + piece)
            wire.sendall(struct.pack(">I", 0))
            answer = _answer(wire)
    except (OSError, ValueError) as error:
        raise Unreachable(str(error)) from error
    if answer.endswith(" FOUND"):
        raise Infected(answer.removeprefix("stream: ").removesuffix(" FOUND"))
    if answer != "stream: OK":
        raise Unreachable(answer)


def _connected(address: str, seconds: float) -> socket.socket:
    if "/" in address:
        wire = socket.socket(socket.AF_UNIX)
        wire.settimeout(seconds)
        try:
            wire.connect(address)
        except OSError:
            wire.close()
            raise
        return wire
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def _answer(wire: socket.socket) -> str:
    got = b""
    while b"\0" not in got and len(got) < LONGEST_ANSWER:
        piece = wire.recv(LONGEST_ANSWER)
        if not piece:
            break
        got += piece
    return got.split(b"\0", 1)[0].decode("utf-8", "replace").strip()
