"""One request through the whole of Django, without a network: CPU, queries and bytes."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

TOKEN = "a" * 32  # any token will do, as long as cookie and form agree


@dataclass(frozen=True)
class Answer:
    """What came back, and what it cost."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cpu_ms: float
    queries: int


@dataclass(frozen=True)
class Cost:
    """The middle of several answers to the same question."""

    name: str
    cpu_ms: float
    queries: int
    size: int


def measure(name: str, ask: Callable[[], Answer], rounds: int, status: int = 200) -> Cost:
    """Ask `rounds` times and take the middle; every answer must have the `status`."""
    answers = [ask() for _ in range(rounds)]
    for answer in answers:
        if answer.status != status:
            raise SystemExit(f"{name}: answered {answer.status}, not {status}")
    return Cost(
        name,
        statistics.median(answer.cpu_ms for answer in answers),
        round(statistics.median(answer.queries for answer in answers)),
        round(statistics.median(len(answer.body) for answer in answers)),
    )


class Visitor:
    """Sends requests the way the web server does."""

    def __init__(self, host: str) -> None:
        self._application, self._host = WSGIHandler(), host

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask(self._environ("GET", path, b"", headers))

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        body = urlencode({**fields, "csrfmiddlewaretoken": TOKEN}).encode()
        environ = self._environ("POST", path, body, {"HTTP_COOKIE": f"sutarta_csrf={TOKEN}"})
        return self._ask(environ | {"CONTENT_TYPE": "application/x-www-form-urlencoded"})

    def _environ(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        path, _, query = path.partition("?")
        return {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query,
            "HTTP_HOST": self._host, "SERVER_NAME": self._host, "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.errors": io.StringIO(),
            "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)),
            "HTTP_ACCEPT_ENCODING": "gzip", **headers,
        }  # fmt: skip

    def _ask(self, environ: dict[str, Any]) -> Answer:
        started: list[Any] = []
        queries = 0

        def count(execute: Callable[..., object], *rest: object) -> object:
            nonlocal queries
            queries += 1
            return execute(*rest)

        with connection.execute_wrapper(count):
            begun = time.process_time()
            response = self._application(environ, lambda *facts: started.append(facts))
            body = b"".join(response)
            cpu_ms = (time.process_time() - begun) * 1000
        response.close()
        status, headers = started[0]
        return Answer(int(status.split()[0]), dict(headers), body, cpu_ms, queries)
