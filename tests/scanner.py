"""A small server that speaks INSTREAM as clamd does, for tests."""

from __future__ import annotations

import socket
import struct
import threading
from pathlib import Path
from typing import Any


class Scanner:
    """`with Scanner() as scanner:` listens at scanner.address until the block ends.

    answer   said to everything instead of a verdict
    """

    HARMFUL = b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE"

    def __init__(self, path: Path | None = None, answer: bytes | None = None) -> None:
        self.scanned: list[bytes] = []
        self._answer = answer
        if path is None:
            self._server = socket.create_server(("127.0.0.1", 0))
            self.place = self._server.getsockname()
            self.address = f"127.0.0.1:{self.place[1]}"
        else:
            self._server = socket.socket(socket.AF_UNIX)
            self._server.bind(str(path))
            self._server.listen()
            self.address = str(path)
        self._thread = threading.Thread(target=self._serve)

    def __enter__(self) -> Scanner:
        self._thread.start()
        return self

    def __exit__(self, *_error: Any) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._server.close()

    def _serve(self) -> None:
        while True:
            try:
                wire, _who = self._server.accept()
            except OSError:
                return
            with wire, wire.makefile("rb") as said:
                wire.sendall(self._verdict(said))

    def _verdict(self, said: Any) -> bytes:
        assert said.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack(">I", said.read(4))[0]:
            data += said.read(length)
        self.scanned.append(data)
        if self._answer is not None:
            return self._answer
        if self.HARMFUL in data:
            return b"stream: Win.Test.EICAR_HDB-1 FOUND\0"
        return b"stream: OK\0"
