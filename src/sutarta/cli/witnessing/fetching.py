"""Asking a site for its log: bounded in size and time, and over https alone."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR
from threading import Timer
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
    build_opener,
)

from sutarta import __version__
from sutarta.cli.stop import tame
from sutarta.core.translog import (
    HASH,
    LONGEST_ENTRY,
    WIDTH,
    BadTile,
    entries_path,
    tile_path,
    unpack_entries,
)

SECONDS = 20  # to wait for the next bytes
SECONDS_IN_ALL = 120
CHUNK = 65_536
LONGEST_NOTE = 65_536
LONGEST_KEYS = 2_000_000
LONGEST_ANSWER = 4_000
OF_ONE_MACHINE = {"localhost", "127.0.0.1", "::1"}


class Unreachable(Exception):
    """The site does not answer, or not with what it was asked for. The text says what came."""

    def __init__(self, why: str) -> None:
        super().__init__(tame(why))


class Site:
    """A log behind an address.

    address   of the site, or of its log; ends in nothing
    """

    def __init__(self, address: str) -> None:
        self.address = address

    @property
    def log(self) -> str:
        return self.address if self.address.endswith("/log") else f"{self.address}/log"

    def checkpoint(self) -> bytes:
        """The newest checkpoint as it is served."""
        return _get(f"{self.log}/checkpoint", LONGEST_NOTE)

    def tile(self, level: int, number: int, width: int, epoch: int | None = None) -> bytes:
        """A tile of the tree; of a former epoch when one is named."""
        log = self.log if epoch is None else f"{self.log}/{epoch}"
        return _get(f"{log}/{tile_path(level, number, width)}", HASH * WIDTH)

    def entries(self, number: int, width: int) -> list[bytes]:
        """A bundle of entries: exactly `width` of them."""
        path = f"{self.log}/{entries_path(number, width)}"
        try:
            found = unpack_entries(_get(path, (LONGEST_ENTRY + 2) * WIDTH))
        except BadTile as bad:
            raise Unreachable(f"{path}: {bad}") from bad
        if len(found) != width:
            raise Unreachable(f"{path}: {len(found)} entries, not {width}")
        return found

    def keys(self) -> dict[str, Any]:
        """What the site says of the keys of its log, by no means to be believed."""
        path = f"{self.log}/keys"
        try:
            found = json.loads(_get(path, LONGEST_KEYS))
        except (ValueError, RecursionError) as error:
            raise Unreachable(f"{path}: not JSON") from error
        if not isinstance(found, dict):
            raise Unreachable(f"{path}: not an object")
        return found

    def hand_over(self, note: bytes) -> tuple[int, str]:
        """Send a cosigned checkpoint; returns the status and what the site says to it."""
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        try:
            said = _ask(Request(f"{self.log}/cosign", note, headers), LONGEST_ANSWER)  # noqa: S310
        except HTTPError as refusal:
            with refusal:
                return refusal.code, _first_line(refusal.read(LONGEST_ANSWER))
        return 200, _first_line(said)


def get(address: str, most: int) -> bytes | None:
    """What an address serves; None when there is nothing. Raises Unreachable."""
    try:
        return _ask(Request(address), most)  # noqa: S310 - who asks looked at it with `is_safe`
    except HTTPError as error:
        error.close()
        if error.code in {404, 410}:
            return None
        raise Unreachable(f"{address}: {error.code}") from error


def is_safe(address: str) -> bool:
    """Whether what comes from an address cannot be changed on its way to us."""
    scheme, name = _parts(address)
    return bool(name) and (scheme == "https" or (scheme == "http" and _is_at_home(name)))


def _parts(address: str) -> tuple[str, str]:
    """Scheme and name of the machine, "" for both when it is no address."""
    try:
        parts = urlsplit(address)
        return parts.scheme, parts.hostname or ""
    except ValueError:
        return "", ""


def _is_at_home(name: str) -> bool:
    return name in OF_ONE_MACHINE or name.endswith(".localhost")


class _StaySafe(HTTPRedirectHandler):
    """Follows to where an answer cannot be changed, and from abroad never to our own machine:
    what listens there expects no requests from strangers.
    """

    def redirect_request(self, request: Any, *facts: Any) -> Request | None:
        _scheme, name = _parts(facts[-1])
        leads_home = _is_at_home(name) and not _is_at_home(_parts(request.full_url)[1])
        if leads_home or not is_safe(facts[-1]):
            raise Unreachable(f"leads on to {facts[-1][:200]}")
        return super().redirect_request(request, *facts)


class _Lines(HTTPHandler, HTTPSHandler):
    """Knows its connections, to hang up on whoever lets the first line of an answer drip."""

    def __init__(self) -> None:
        super().__init__()
        self._there: list[http.client.HTTPConnection] = []

    def http_open(self, request: Any) -> Any:
        return self.do_open(self._known(http.client.HTTPConnection), request)

    def https_open(self, request: Any) -> Any:
        return self.do_open(self._known(http.client.HTTPSConnection), request)

    def _known(self, kind: Callable[..., http.client.HTTPConnection]) -> Any:
        def made(*facts: Any, **more: Any) -> http.client.HTTPConnection:
            self._there.append(kind(*facts, **more))
            return self._there[-1]

        return made

    def hang_up(self) -> None:
        for line in self._there:
            if line.sock is not None:
                with suppress(OSError):
                    line.sock.shutdown(SHUT_RDWR)


@contextmanager
def _in_time() -> Iterator[OpenerDirector]:
    """What opens addresses, for SECONDS_IN_ALL at most."""
    lines = _Lines()
    end = Timer(max(0, SECONDS_IN_ALL), lines.hang_up)
    end.daemon = True
    end.start()
    try:
        yield build_opener(lines, _StaySafe())
    finally:
        end.cancel()


def _get(address: str, most: int) -> bytes:
    try:
        return _ask(Request(address), most)  # noqa: S310 - `is_safe` looked at the address
    except HTTPError as error:
        error.close()
        raise Unreachable(f"{address}: {error.code}") from error


def _ask(request: Request, most: int) -> bytes:
    """Raises HTTPError for an answer that is none, Unreachable for everything else."""
    request.add_header("User-Agent", f"sutarta-witness/{__version__}")
    until = time.monotonic() + SECONDS_IN_ALL
    try:
        with _in_time() as opener, opener.open(request, timeout=SECONDS) as answer:
            return _read(answer.read1, most, until)
    except HTTPError:
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(f"{request.full_url}: {error}") from error


def _read(read: Callable[[int], bytes], most: int, until: float) -> bytes:
    found = b""
    while chunk := read(CHUNK):
        found += chunk
        if len(found) > most:
            raise Unreachable(f"an answer of more than {most} bytes")
        if time.monotonic() > until:
            raise Unreachable("an answer that takes too long")
    return found


def _first_line(said: bytes) -> str:
    """What a stranger's machine says, fit for a terminal."""
    return tame(said.decode(errors="replace").strip().split("\n")[0][:300])
