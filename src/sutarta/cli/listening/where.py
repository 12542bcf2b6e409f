"""Where we listen: on this machine alone, so that only its own mail server reaches us."""

from __future__ import annotations

import ipaddress
import os
import socket
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sutarta.cli.stop import Stop

WAITING = 64  # connections the kernel holds for us
WRONG = (
    "SUTARTA_LISTEN must be lmtp: or smtp: and then 127.0.0.1:2424 or the path of a socket, "
    "such as lmtp:/run/sutarta/lmtp.sock"
)


@dataclass(frozen=True)
class Where:
    """protocol: "lmtp" or "smtp"; path of a Unix socket, or else a loopback address and a port."""

    protocol: str
    host: str = ""
    port: int = 0
    path: str = ""

    def __str__(self) -> str:
        return f"{self.protocol}:{self.path or f'{self.host}:{self.port}'}"

    def opened(self) -> socket.socket:
        """A socket that listens there. Raises Stop when nobody can."""
        try:
            return self._by_path() if self.path else self._by_port()
        except OSError as error:
            raise Stop(f"Nobody can listen on {self}: {error.strerror}.", code=1) from error

    def _by_port(self) -> socket.socket:
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        return socket.create_server((self.host, self.port), family=family, backlog=WAITING)

    def _by_path(self) -> socket.socket:
        """Whoever may enter the socket's folder may hand letters over: the mail server is another
        user than we are.
        """
        with suppress(FileNotFoundError):
            if stat.S_ISSOCK(Path(self.path).stat().st_mode):
                os.unlink(self.path)  # noqa: PTH108 - left by a process that was killed
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.path)
        Path(self.path).chmod(0o666)
        listener.listen(WAITING)
        return listener


def where(said: str) -> Where:
    """What SUTARTA_LISTEN says. Raises Stop for what cannot be used.

    >>> where("lmtp:127.0.0.1:2424").port, where("smtp:/run/s.sock").path
    (2424, '/run/s.sock')
    """
    protocol, _colon, place = said.strip().partition(":")
    if protocol not in {"lmtp", "smtp"}:
        raise Stop(f"{WRONG}.")
    if place.startswith("/"):
        return Where(protocol, path=place)
    host, _colon, port = place.rpartition(":")
    host = {"localhost": "127.0.0.1"}.get(host, host.strip("[]"))
    if not (port.isdecimal() and 0 < int(port) < 2**16 and _is_loopback(host)):
        raise Stop(f"{WRONG}. Other machines cannot be let in: it does not know them apart.")
    return Where(protocol, host, int(port))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
