"""A line to a mail server nobody vouches for: bounded in bytes and in time, whatever it sends.

A coordinator names the server, so it may be anybody's: one that announces a letter of a hundred
gigabytes, sends no end of lines, or a byte a minute, costs neither memory nor another's turn.
"""

from __future__ import annotations

import imaplib
import io
import socket
import time
from contextlib import suppress
from typing import Any, NoReturn

from imapclient import IMAPClient, SocketTimeout

from sutarta.apps.mail import outside, tls

PATIENCE = SocketTimeout(connect=10, read=60)  # seconds, for one connection and one word of it
TURN = 60.0  # seconds from the greeting until the letters are known, and for each command
RATE = 200_000  # bytes of a letter that come in a second, at least
LETTERS = 30_000_000  # bytes one command may bring: a letter of 25 MB, said to be smaller
LINES = 3_000_000  # the same in lines, which take longer to understand
ENTRY = 200  # what a line takes up besides its bytes


class Line(imaplib.IMAP4):
    """An IMAP line over TLS. What goes beyond its bounds is imaplib's abort, or TimeoutError."""

    def __init__(self, host: str, port: int, *, may_be_inside: bool) -> None:
        self._may_be_inside = may_be_inside
        self._letters, self._lines = LETTERS, LINES
        self.until = 0.0
        self.allow(TURN)
        super().__init__(host, port)

    def allow(self, seconds: float) -> None:
        """From now on everything has to come within so many seconds."""
        self.until = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises TimeoutError when there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("no more time")
        return left

    def open(self, host: str = "", port: int = 0, timeout: float | None = None) -> None:
        """Connect to the very address that was looked at; the certificate is the name's."""
        self.host, self.port = host, port
        found = outside.places(host, port, may_be_inside=self._may_be_inside)
        bare = self._reached(found)
        try:
            self.sock = tls.context().wrap_socket(bare, server_hostname=host)
        except BaseException:
            bare.close()
            raise
        self.file = io.BufferedReader(_Watched(self), 65_536)

    def read(self, size: int) -> bytes:
        """As imaplib's, of a literal; nothing is set aside for one that is too long."""
        self._letters -= size + ENTRY
        if self._letters < 0:
            self._too_much()
        return super().read(size)

    def readline(self) -> bytes:
        """As imaplib's, of a line."""
        line = super().readline()
        self._lines -= len(line) + ENTRY
        if self._lines < 0:
            self._too_much()
        return line

    def _new_tag(self) -> bytes:
        """A command begins: it may bring so much."""
        self._letters, self._lines = LETTERS, LINES
        tag: bytes = super()._new_tag()  # type: ignore[misc]
        return tag

    def _get_response(self) -> Any:
        try:
            return super()._get_response()  # type: ignore[misc]
        except ValueError as error:  # a number of more digits than Python reads
            raise self.abort("an answer that is none") from error

    def _too_much(self) -> NoReturn:
        raise self.abort("the answer is too long")

    def _reached(self, places: list[tuple[int, Any]]) -> socket.socket:
        """A connection to the first place that answers. Raises OSError."""
        failed: OSError = OSError("no address")
        for family, place in places:
            bare = socket.socket(family, socket.SOCK_STREAM)
            bare.settimeout(min(PATIENCE.connect, self.left()))
            try:
                bare.connect(place)
            except OSError as error:
                bare.close()
                failed = error
            else:
                return bare
        raise failed


class Client(IMAPClient):
    """An IMAP client over a bounded line.

    allow    see Line
    is_long  whether the turn that began last has lasted so long that others are to have theirs
    """

    LONG = 20.0  # seconds

    def __init__(self, host: str, port: int, *, may_be_inside: bool) -> None:
        self._may_be_inside = may_be_inside
        self._began = time.monotonic()
        super().__init__(host, port, timeout=PATIENCE)
        self._imap.debug = 0  # it would write out every letter for a log nobody keeps

    def begin(self) -> None:
        """A turn begins: TURN seconds until the letters are known."""
        self._began = time.monotonic()
        self.allow(TURN)

    @property
    def is_long(self) -> bool:
        return time.monotonic() - self._began > self.LONG

    def allow(self, seconds: float, size: int = 0) -> None:
        """From now on everything has to come within so many seconds, and what `size` bytes take."""
        self._imap.allow(seconds + size / RATE)

    def _poll_socket(self, sock: Any, timeout: float | None = None) -> Any:
        """As IMAPClient's; news that came together with the last answer is here already."""
        with suppress(OSError):  # nothing is here
            if self._imap.file.peek(1):
                return [sock]
        return super()._poll_socket(sock, timeout)

    def _create_IMAP4(self) -> Line:  # noqa: N802 - IMAPClient's name
        return Line(self.host, self.port, may_be_inside=self._may_be_inside)


class _Watched(io.RawIOBase):
    """The bytes of a line, each read no longer than its time lasts."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        bare = self._line.sock
        left = self._line.left()
        if bare.gettimeout() != 0:  # waiting for news it is asked without waiting
            bare.settimeout(min(PATIENCE.read, left))
        return bare.recv_into(buffer)
