"""The protocol of the listener, and its life from start to a graceful end."""

from __future__ import annotations

import asyncio
import logging
import signal
import socket

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP

from sutarta.apps.mail.actions.receiving import MAX_LETTER
from sutarta.cli.listening.taking import Taking
from sutarta.cli.listening.where import Where

LARGEST = MAX_LETTER - 2_000  # bytes; the line with the sender is put above
LONGEST_LINE = 2**20  # bytes: programs send whole pages of HTML as one line
MOST = 20  # connections at a time
PATIENCE = 300.0  # seconds for the next word of a mail server: RFC 5321, section 4.5.3.2
GRACE = 15.0  # seconds in which letters under way are kept before we end
TOO_BIG = "552 5.3.4 The letter is too big: at most 25 MB"
BUSY = b"421 4.3.2 Too many connections, come again\r\n"
_OWN_WORDS = {
    "552 Error: Too much mail data": TOO_BIG,
    "500 Line too long (see RFC5321 4.5.3.1.6)": "554 5.6.0 A line of the letter is too long",
}


class Taker(SMTP):
    """SMTP for one mail server: nobody signs in, nothing is passed on."""

    line_length_limit = LONGEST_LINE

    async def push(self, status: str | bytes) -> None:
        """Where aiosmtpd refuses a letter by itself, its answer gets a code of RFC 3463."""
        words = _OWN_WORDS.get(status, "") if isinstance(status, str) else ""
        if words and self.envelope is not None:
            status = "\r\n".join([words] * self.answers)
        elif isinstance(status, str) and status.startswith("552 Error: message size"):
            status = TOO_BIG
        await super().push(status)

    @property
    def answers(self) -> int:
        """How many answers end a letter."""
        return 1


class HandedOver(Taker, LMTP):
    """LMTP: after a letter there is one answer for each recipient (RFC 2033, section 4.2)."""

    is_lmtp = True

    @property
    def answers(self) -> int:
        return len(self.envelope.rcpt_tos) if self.envelope else 1


class Guests:
    """Makes a protocol for each connection, no more than MOST at a time."""

    def __init__(self, kind: type[Taker], taking: Taking) -> None:
        self._kind, self._taking, self.count = kind, taking, 0

    def __call__(self) -> asyncio.BaseProtocol:
        if self.count >= MOST:
            return _Busy()
        self.count += 1  # here, as several are let in before the first of them is greeted
        guests = self

        class Counted(self._kind):  # type: ignore[name-defined, misc]
            def connection_lost(self, error: Exception | None) -> None:
                guests.count -= 1
                super().connection_lost(error)

        return Counted(
            self._taking,
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            hostname=socket.gethostname(),
            ident="Sutarta",
            timeout=PATIENCE,
        )


class _Busy(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(BUSY)
            transport.close()


def listen(place: Where) -> None:
    """Take letters until SIGTERM or SIGINT. Raises Stop when nobody can listen there."""
    # aiosmtpd notes every address that is named to it.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    with place.opened() as listener:
        asyncio.run(_serve(listener, HandedOver if place.protocol == "lmtp" else Taker))


async def _serve(listener: socket.socket, kind: type[Taker]) -> None:
    asked_to_end = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked_to_end.set)
    taking = Taking()
    make = Guests(kind, taking)
    is_path = listener.family == socket.AF_UNIX
    start = loop.create_unix_server if is_path else loop.create_server
    server = await start(make, sock=listener)
    await asked_to_end.wait()
    server.close()
    for _tenth in range(int(GRACE * 10)):
        if not taking.under_way:
            break
        await asyncio.sleep(0.1)
    taking.close()
