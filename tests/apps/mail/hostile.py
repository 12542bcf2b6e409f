"""Mail servers that mean harm, or that hang: each speaks IMAP over TLS as far as it likes."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

Words = Callable[["Guest"], None]
CAPABILITIES = b"* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\n"
FOUND = b"* SEARCH 1\r\n"
SIZE = b'* 1 FETCH (UID 1 RFC822.SIZE 90 INTERNALDATE "22-Nov-2026 10:00:00 +0000")\r\n'


class Guest:
    """Whom the server speaks with: commands come in, anything may go out."""

    def __init__(self, line: ssl.SSLSocket, ended: threading.Event) -> None:
        self._line, self._ended = line, ended
        self._file = line.makefile("rb")

    def say(self, words: bytes) -> None:
        self._line.sendall(words)

    def asked(self) -> tuple[bytes, bytes]:
        """Tag and words of the next command. Raises OSError when there is none."""
        line = self._file.readline()
        if not line:
            raise OSError
        tag, _space, command = line.strip().partition(b" ")
        return tag, command.upper()

    def hang(self) -> None:
        """Say nothing more, and do not hang up."""
        self._ended.wait(60)

    def dribble(self, words: bytes = b"* OK " + b"x" * 500) -> None:
        """A byte now and then: no single wait is long."""
        for byte in words:
            self.say(bytes([byte]))
            if self._ended.wait(0.05):
                return

    def flood(self, words: bytes, most: int) -> None:
        """The same over and over, `most` bytes at least."""
        for _time in range(most // len(words) + 1):
            self.say(words)

    def usual(self, until: bytes) -> bytes:
        """Behave until a command that begins so; returns its tag."""
        self.say(b"* OK ready\r\n")
        while True:
            tag, command = self.asked()
            if until in command:
                return tag
            self.say(_answer(command) + tag + b" OK done\r\n")


def _answer(command: bytes) -> bytes:
    if command.startswith(b"CAPABILITY"):
        return CAPABILITIES
    if command.startswith(b"EXAMINE"):
        return b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 2] x\r\n"
    if b"SEARCH" in command:
        return FOUND
    return SIZE if b"RFC822.SIZE" in command else b""


@contextmanager
def serving(folder: Path, words: Words) -> Iterator[int]:
    """A server that does so with everybody; its port. `folder` holds its certificate."""
    outside = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    outside.load_cert_chain(folder / "server.pem", folder / "server.key")
    door = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve(caller: socket.socket) -> None:
        with suppress(OSError), outside.wrap_socket(caller, server_side=True) as line:
            words(Guest(line, ended))

    def receive() -> None:
        with suppress(OSError):
            while True:
                caller, _address = door.accept()
                threading.Thread(target=serve, args=(caller,), daemon=True).start()

    threading.Thread(target=receive, daemon=True).start()
    try:
        yield int(door.getsockname()[1])
    finally:
        ended.set()
        door.close()


def hangs_at_greeting(guest: Guest) -> None:
    guest.hang()


def hangs_at_login(guest: Guest) -> None:
    guest.usual(b"AUTHENTICATE")
    guest.hang()


def hangs_at_fetch(guest: Guest) -> None:
    guest.usual(b"BODY.PEEK")
    guest.hang()


def dribbles_at_greeting(guest: Guest) -> None:
    guest.dribble()


def dribbles_at_fetch(guest: Guest) -> None:
    guest.usual(b"BODY.PEEK")
    guest.dribble()


def announces_a_huge_letter(guest: Guest) -> None:
    guest.usual(b"BODY.PEEK")
    guest.say(b"* 1 FETCH (UID 1 BODY[] {99999999999}\r\n" + b"x" * 1_000)
    guest.hang()


def announces_a_number_beyond_reading(guest: Guest) -> None:
    guest.usual(b"BODY.PEEK")
    guest.say(b"* 1 FETCH (UID 1 BODY[] {" + b"9" * 9_000 + b"}\r\n")
    guest.hang()


def greets_without_end(guest: Guest) -> None:
    guest.flood(b"x" * 65_536, 400_000_000)


def sends_letter_after_letter(guest: Guest) -> None:
    guest.usual(b"BODY.PEEK")
    guest.flood(b"* 1 FETCH (UID 1 BODY[] {1000000}\r\n" + b"x" * 1_000_000 + b")\r\n", 400_000_000)


def sends_line_after_line(guest: Guest) -> None:
    guest.usual(b"SEARCH")
    guest.flood(b"* 1 EXISTS\r\n" * 1_000, 100_000_000)


def nests_without_end(guest: Guest) -> None:
    tag = guest.usual(b"RFC822.SIZE")
    guest.say(b"* 1 FETCH (UID 1 X " + b"(" * 100_000 + b"\r\n" + tag + b" OK done\r\n")
    guest.hang()


def counts_in_words(guest: Guest) -> None:
    tag = guest.usual(b"SEARCH")
    guest.say(b"* SEARCH one two (\r\n" + tag + b" OK done\r\n")
    guest.hang()


def tells_of_news_without_end(guest: Guest) -> None:
    guest.say(b"* OK ready\r\n")
    while True:
        tag, command = guest.asked()
        if b"IDLE" in command:
            guest.say(b"+ idling\r\n")
            guest.flood(b"* OK Still here\r\n" * 1_000, 100_000_000)
        said = b"* CAPABILITY IMAP4rev1 IDLE AUTH=PLAIN SASL-IR\r\n"
        guest.say((said if b"CAPABILITY" in command else b"") + tag + b" OK done\r\n")


def now() -> float:
    return time.monotonic()
