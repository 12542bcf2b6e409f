"""People who send forms at moments fixed in advance, whether or not the site keeps up.

Run as a process of its own, so that its CPU is counted apart: reads a plan as JSON from standard
input, writes what it saw to standard output.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import resource
import secrets
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
COOKIE = re.compile(rb"(?i)set-cookie: *(sutarta_csrf=[^;]+)")
PLACE = re.compile(rb"(?i)\r\nlocation: *([^\r]+)")
LENGTH = re.compile(rb"(?i)\r\ncontent-length: ([0-9]+)")
GIVEN_UP = 30.0  # seconds after which an answer does not count any more
PEOPLE = 40  # tokens got in advance, shared by all who only send
WORDS = (
    "Prie poliklinikos reikia suoliukų: laukiančių daug, o atsisėsti nėra kur. Pastatykite bent "
    "tris, su atlošais ir ranktūriais, kad vyresni žmonės galėtų atsistoti patys."
)


@dataclass(frozen=True)
class Plan:
    """What to do: `arrivals` are seconds from the beginning; `reads` whether forms and receipts
    are read too.
    """

    host: str
    port: int
    say: str
    arrivals: list[float]
    reads: bool


@dataclass
class Seen:
    """Seconds each request took, counted from when it should have been sent; what went wrong."""

    send: list[float] = field(default_factory=list)
    read: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    took: float = 0.0
    late: float = 0.0  # the longest the crowd itself was behind its plan
    cpu: float = 0.0


class Site:
    """HTTP/1.1 over connections that are kept, as a proxy in front keeps them."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def get(self, path: str, cookie: str = "") -> tuple[bytes, bytes]:
        return await self._ask(f"GET {path} HTTP/1.1", cookie, b"")

    async def post(self, path: str, cookie: str, fields: dict[str, str]) -> tuple[bytes, bytes]:
        return await self._ask(f"POST {path} HTTP/1.1", cookie, urlencode(fields).encode())

    async def form(self) -> tuple[str, str]:
        """The cookie and the token of a form, as a browser gets them."""
        head, body = await self.get(f"{self._plan.say}?kind=general")
        require(head, 200)
        return COOKIE.search(head)[1].decode(), TOKEN.search(body)[1].decode()

    async def send(self, cookie: str, token: str) -> str:
        """Where the receipt is, once the form is sent."""
        fields = {"csrfmiddlewaretoken": token, "request_key": secrets.token_urlsafe(32)}
        fields |= {"kind": "general", "body": WORDS, "step": "send"}
        head, _body = await self.post(self._plan.say, cookie, fields)
        require(head, 302)
        return PLACE.search(head)[1].decode()

    async def leave(self) -> None:
        for _reader, writer in self._free:
            writer.close()
            await writer.wait_closed()

    async def _ask(self, first: str, cookie: str, body: bytes) -> tuple[bytes, bytes]:
        """Head and body of the answer."""
        lines = [first, f"Host: {self._plan.host}"]
        lines += [f"Cookie: {cookie}"] if cookie else []
        if body:
            kind = "application/x-www-form-urlencoded"
            lines += [f"Content-Type: {kind}", f"Content-Length: {len(body)}"]
        question = "\r\n".join([*lines, "", ""]).encode() + body
        while self._free:
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                return await self._answer(*self._free.pop(), question)
            # It had been closed meanwhile, as idle ones are: a proxy takes another, too.
        line = await asyncio.open_connection("127.0.0.1", self._plan.port)
        return await self._answer(*line, question)

    async def _answer(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, question: bytes
    ) -> tuple[bytes, bytes]:
        writer.write(question)
        head = await reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        said = await reader.readexactly(int(length[1])) if length else b""
        self._free.append((reader, writer))
        return head, said


class Crowd:
    """Everybody who comes, each at their moment."""

    def __init__(self, plan: Plan) -> None:
        self.seen, self._plan, self._site = Seen(), plan, Site(plan)
        self._known: list[tuple[str, str]] = []

    async def come(self) -> Seen:
        if not self._plan.reads:
            self._known = [await self._site.form() for _ in range(PEOPLE)]
        else:
            await self._site.form()  # the first request loads templates
        one = self._reader if self._plan.reads else self._sender
        begun, cpu = time.perf_counter() + 0.5, time.process_time()
        people = []
        for number, arrival in enumerate(self._plan.arrivals):
            await asyncio.sleep(max(0.0, begun + arrival - time.perf_counter()))
            self.seen.late = max(self.seen.late, time.perf_counter() - begun - arrival)
            people.append(asyncio.create_task(self._try(one, number, begun + arrival)))
        await asyncio.gather(*people)
        self.seen.took = time.perf_counter() - begun
        self.seen.cpu = time.process_time() - cpu
        return self.seen

    async def _try(
        self, one: Callable[[int, float], Awaitable[None]], number: int, at: float
    ) -> None:
        try:
            await asyncio.wait_for(one(number, at), GIVEN_UP)
        except (OSError, TimeoutError, asyncio.IncompleteReadError, ValueError) as error:
            self.seen.wrong.append(f"{type(error).__name__} {error}")

    async def _sender(self, number: int, at: float) -> None:
        """Sends one form; their moment is when it should have left."""
        await self._send(*self._known[number % len(self._known)], at)

    async def _reader(self, number: int, at: float) -> None:
        """Opens the form, sends it, reads the receipt."""
        cookie, token = await self._site.form()
        self.seen.read.append(time.perf_counter() - at)
        place = await self._send(cookie, token, time.perf_counter())
        at = time.perf_counter()
        head, _body = await self._site.get(place, cookie)
        require(head, 200)
        self.seen.read.append(time.perf_counter() - at)

    async def _send(self, cookie: str, token: str, at: float) -> str:
        place = await self._site.send(cookie, token)
        self.seen.send.append(time.perf_counter() - at)
        self.seen.places.append(place)
        return place


def speak(plan: Plan, patience: float = 60) -> str:
    """One form, opened and sent; where its receipt is.

    In a thread of its own: the caller's may have a loop already.
    """
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, asyncio.wait_for(_speak(plan), patience)).result()


async def _speak(plan: Plan) -> str:
    site = Site(plan)
    try:
        return await site.send(*await site.form())
    finally:
        await site.leave()


def require(head: bytes, status: int) -> None:
    """Raises ValueError when the site answered something else."""
    if int(head.split(b" ", 2)[1]) != status:
        raise ValueError(head.split(b"\r\n", 1)[0].decode())


def main() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    plan = Plan(**json.load(sys.stdin))
    json.dump(asdict(asyncio.run(Crowd(plan).come())), sys.stdout)


if __name__ == "__main__":
    main()
