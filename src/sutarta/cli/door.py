"""The door at which the web processes hand over what came in: a Unix socket, nobody else's."""

from __future__ import annotations

import os
import selectors
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from sutarta.apps.consultations.intake.socket import NAME, addressed

MOST = 200  # callers answered together
LONGEST = 2_000_000  # bytes of one question
PIECE = 65536


@dataclass
class Caller:
    """One who asks: a line of theirs, one of ours, and the line is closed."""

    line: socket.socket
    heard: bytearray = field(default_factory=bytearray)

    @property
    def said(self) -> bytes:
        return bytes(self.heard)

    def hear(self) -> bool:
        """Take in what has arrived; whether there is nothing more to wait for."""
        try:
            piece = self.line.recv(PIECE)
        except BlockingIOError:
            return False
        except OSError:
            piece = b""
        self.heard += piece
        return not piece or self.is_whole or len(self.heard) > LONGEST

    @property
    def is_whole(self) -> bool:
        return self.heard.endswith(b"\n")

    def answer(self, words: bytes) -> None:
        """Who has gone meanwhile finds what became of it by asking again."""
        with suppress(OSError), self.line:
            self.line.settimeout(1)
            self.line.sendall(words)


class Door:
    """Waits for callers. While those at hand are served, the next ones gather in front of it."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._ears = selectors.DefaultSelector()
        self._ears.register(listener, selectors.EVENT_READ)

    def callers(self, seconds: float) -> list[Caller]:
        """Everybody who has said all they wanted, after so many seconds at most."""
        whole: list[Caller] = []
        while len(whole) < MOST:
            ready = self._ears.select(0 if whole else seconds)
            if not ready:
                break
            for key, _events in ready:
                if key.data is None:
                    self._let_in()
                elif key.data.hear():
                    whole += self._turned_to(key.data)
            seconds = min(seconds, 0.05)  # somebody has begun to speak
        return whole

    def _let_in(self) -> None:
        with suppress(BlockingIOError):
            line, _address = self._listener.accept()
            line.setblocking(False)
            self._ears.register(line, selectors.EVENT_READ, Caller(line))

    def _turned_to(self, caller: Caller) -> Iterator[Caller]:
        """The caller, unless they hung up or would not stop."""
        self._ears.unregister(caller.line)
        if caller.is_whole:
            yield caller
        else:
            caller.line.close()

    def close(self) -> None:
        self._ears.close()


def serve(callers: Sequence[Caller], take: Callable[[Sequence[bytes]], Sequence[bytes]]) -> None:
    """Give each its own of the answers that `take` has for all of them."""
    if callers:
        answers = take([caller.said for caller in callers])
        for caller, words in zip(callers, answers, strict=True):
            caller.answer(words)


@contextmanager
def opened(folder: Path) -> Iterator[Door]:
    """A door in the folder, which is made for our own user alone; taken away at the end.

    Whoever finds it gone stores by themselves at once; a door left by a killed process makes
    them wait for the next one.
    """
    folder.mkdir(mode=0o700, exist_ok=True)
    folder.chmod(0o700)
    with addressed(folder) as there, socket.socket(socket.AF_UNIX) as listener:
        with suppress(FileNotFoundError):
            os.unlink(f"{there}/{NAME}.new")  # noqa: PTH108 - a name in /proc, not a path
        listener.bind(f"{there}/{NAME}.new")
        os.chmod(f"{there}/{NAME}.new", 0o600)  # noqa: PTH101
        listener.listen(512)
        listener.setblocking(False)
        os.replace(f"{there}/{NAME}.new", f"{there}/{NAME}")  # noqa: PTH105
        door = Door(listener)
        try:
            yield door
        finally:
            with suppress(FileNotFoundError):
                os.unlink(f"{there}/{NAME}")  # noqa: PTH108
            door.close()
