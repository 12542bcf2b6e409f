"""People who send submissions without a pause, and keep what they were told."""

from __future__ import annotations

import hashlib
import http.client
import json
import re
import secrets
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from random import Random
from urllib.parse import urlencode

from tests.crash.site import HOST
from tests.files import png

SAY = "/c/1/say/?kind=general"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
MINE = re.compile(r"/m/([A-Za-z0-9_-]{43})/")
PATIENCE = 30  # seconds for one answer
PICTURE = png()
NOT_KEPT = "failų išsaugoti nepavyko"  # on the page where one is told to add files later
TWICE, WITH_FILE, BY_LETTER, TRY_AGAIN = 0.15, 0.04, 0.3, 0.9  # how often people do so
TRIES, PAUSE = 20, 0.3  # of those who try again, and seconds between two


@dataclass
class Told:
    """One form: what was sent, and what its author was told, if anything.

    secret     of the author's page, "" while nothing was acknowledged
    receipt    receipt.json as it was fetched, "" before
    is_file_missing   they were told to add their file later
    """

    text: str
    key: str
    email: str = ""
    file: str = ""
    secret: str = ""
    receipt: str = ""
    network: str = ""
    is_file_missing: bool = False

    def plain(self) -> dict[str, object]:
        return asdict(self)


@dataclass
class Notes:
    """What all of them sent and were told.

    moments   when something was acknowledged (time.monotonic), in order
    """

    forms: list[Told] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, told: Told) -> None:
        with self._lock:
            self.forms.append(told)

    def count(self, what: str) -> None:
        with self._lock:
            self.answers[what] += 1

    @property
    def acknowledged(self) -> list[Told]:
        return [told for told in list(self.forms) if told.secret]

    def has_one_after(self, moment: float) -> bool:
        """Whether somebody could hand something in since then."""
        return bool(self.moments) and self.moments[-1] > moment

    def longest_silence(self, since: float) -> float:
        """Seconds in a row, since that moment, in which nobody could hand anything in."""
        later = [since, *(moment for moment in self.moments if moment > since)]
        return max((after - before for before, after in pairwise(later)), default=0.0)


class Browser:
    """As much of a browser as a form needs: one connection, one cookie, one token."""

    def __init__(self, port: int) -> None:
        self._port, self._line = port, http.client.HTTPConnection("127.0.0.1", port, PATIENCE)
        self._cookie = self._token = ""

    def close(self) -> None:
        """Hang up; the next request dials anew."""
        self._line.close()

    def get(self, path: str) -> tuple[int, bytes]:
        status, _head, body = self._ask("GET", path, {}, b"")
        return status, body

    def send(self, told: Told) -> tuple[int, str, str]:
        """Send the form; returns status, where it leads, and what the page says."""
        if not self._token:
            self.open_form()
        facts = {
            "csrfmiddlewaretoken": self._token,
            "request_key": told.key,
            "kind": "general",
            "body": told.text,
            "email": told.email,
            "step": "send",
        }
        kind, body = _packed(facts, PICTURE if told.file else b"")
        head = {"Content-Type": kind, "X-Forwarded-For": told.network}
        status, headers, page = self._ask("POST", SAY, head, body)
        if status == 403:
            self._token = ""
        there = headers.get("Location", "")
        if status == 302 and told.file and "Set-Cookie" in headers:
            told.is_file_missing = self.is_told_of_files(there, headers)
        return status, there, page.decode(errors="replace")

    def is_told_of_files(self, there: str, headers: http.client.HTTPMessage) -> bool:
        """Whether the page they are led to says that their files are not there."""
        said = "; ".join(one.partition(";")[0] for one in headers.get_all("Set-Cookie", ()))
        cookie = "; ".join(filter(None, (self._cookie, said)))
        until = time.monotonic() + PATIENCE
        status = 0
        while status != 200 and time.monotonic() < until:  # told as soon as the page is there
            status, _head, page = self._ask("GET", there, {"Cookie": cookie}, b"")
            if status != 200:
                time.sleep(PAUSE)
        return NOT_KEPT in page.decode(errors="replace")

    def open_form(self) -> None:
        """Fetch the form, and with it what sending it takes."""
        status, headers, page = self._ask("GET", SAY, {}, b"")
        found = TOKEN.search(page.decode())
        if status != 200 or not found:
            raise ConnectionError(f"no form: {status}")
        self._cookie = headers.get("Set-Cookie", "").partition(";")[0]
        self._token = found[1]

    def _ask(
        self, method: str, path: str, head: Mapping[str, str], body: bytes
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Raises ConnectionError or TimeoutError when there is no whole answer."""
        try:
            self._line.request(method, path, body, {"Host": HOST, "Cookie": self._cookie, **head})
            answer = self._line.getresponse()
            return answer.status, answer.headers, answer.read()
        except (http.client.HTTPException, OSError) as error:
            self.close()
            raise ConnectionError(str(error)) from error


class Person(threading.Thread):
    """Sends one form after the other until `hush` is set for good; rests while `wait` is."""

    def __init__(self, port: int, notes: Notes, seed: str) -> None:
        super().__init__(daemon=True)
        self._browser, self._twin = Browser(port), Browser(port)
        self._notes, self._chance, self._seed = notes, Random(seed), seed
        self.hush, self.wait, self.is_waiting = (threading.Event() for _ in range(3))

    def run(self) -> None:
        number = 0
        while not self.hush.is_set():
            if self.wait.is_set():
                self.is_waiting.set()
                time.sleep(0.02)
                continue
            self.is_waiting.clear()
            number += 1
            told = self._form(number)
            self._notes.add(told)
            self._say(told)
        self._browser.close()
        self._twin.close()

    def _form(self, number: int) -> Told:
        chance = self._chance.random
        return Told(
            text=f"{self._seed}-{number}: pastatykite suoliukų prie ežero.",
            key=secrets.token_urlsafe(32),
            email=f"r{self._seed}{number}@alksniai.example" if chance() < BY_LETTER else "",
            file=hashlib.sha256(PICTURE).hexdigest() if chance() < WITH_FILE else "",
            network=f"10.{self._chance.randrange(256)}.{self._chance.randrange(256)}.7",
        )

    def _say(self, told: Told) -> None:
        """Send; most try again when nothing came of it, some press the button twice."""
        again = None
        if self._chance.random() < TWICE:
            again = threading.Thread(target=self._once, args=(self._twin, told))
            again.start()
        self._once(self._browser, told)
        if again:
            again.join()
        for _attempt in range(TRIES):
            if told.secret or self._chance.random() > TRY_AGAIN:
                break
            time.sleep(PAUSE)
            self._once(self._browser, told)
        if told.secret:
            fetch_receipt(self._browser, told)

    def _once(self, browser: Browser, told: Told) -> None:
        try:
            status, there, page = browser.send(told)
        except (ConnectionError, TimeoutError):
            self._notes.count("no answer")
            return
        self._notes.count(str(status))
        if status == 302 and (found := MINE.search(there)):
            if told.secret not in {"", found[1]}:
                self._notes.strange.append(f"two pages for one form: {told.text}")
            told.secret = found[1]
            self._notes.moments.append(time.monotonic())
        elif status == 503:
            if told.text not in page:
                self._notes.strange.append(f"503 that keeps no words: {page[:200]}")
        else:
            self._notes.strange.append(f"{status}: {page[:300]}")


def read(port: int, path: str) -> tuple[int, bytes]:
    """Status and body of one page. Raises ConnectionError."""
    with closing(Browser(port)) as browser:
        return browser.get(path)


def fetch_receipt(browser: Browser, told: Told) -> bool:
    """Keep the author's receipt as a file; asked again later when nobody answers now."""
    try:
        status, body = browser.get(f"/m/{told.secret}/receipt.json")
    except ConnectionError:
        return False
    if status == 200:
        told.receipt = json.dumps(json.loads(body))
    return status == 200


def _packed(facts: Mapping[str, str], picture: bytes) -> tuple[str, bytes]:
    """Content type and body of a form, with a file when there is one."""
    if not picture:
        return "application/x-www-form-urlencoded", urlencode(facts).encode()
    line = secrets.token_hex(16)
    parts = [
        f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in facts.items()
    ]
    head = (
        f'--{line}\r\nContent-Disposition: form-data; name="files"; filename="vieta.png"\r\n'
        "Content-Type: image/png\r\n\r\n"
    )
    body = b"".join([*parts, head.encode(), picture, f"\r\n--{line}--\r\n".encode()])
    return f"multipart/form-data; boundary={line}", body
