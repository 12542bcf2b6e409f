"""Public pages kept ready: rendered once per state of the log, then served from memory.

A page is kept under release, language, group and address. It is served for as long as the log
says the same, until the next moment at which the same state reads differently (an opening, a
closing, midnight). Whoever is signed in or has a message waiting gets a page of their own,
which is not kept.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from sutarta import __version__
from sutarta.apps.ledger import queries

KEPT_FOR = 24 * 3600  # seconds, at most


@dataclass(frozen=True)
class Page:
    """What anybody may see, good until an instant (exclusive): HTML, or a file.

    headers   what goes along, such as the type of a file
    """

    html: str | bytes
    until: datetime
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Kept:
    """A page as it goes over the wire, and the state of the log it was made from."""

    state: str
    etag: str
    until: datetime
    packed: bytes
    headers: Mapping[str, str]


def ready(request: HttpRequest) -> HttpResponse | None:
    """The page if it is kept and still true, before sessions and views have any work with it."""
    if request.group is None or not _is_anonymous(request):
        return None
    found: _Kept | None = cache.get(_key(request))
    if found is None or request.at >= found.until or found.state != _state(request):
        return None
    return _answer(request, found)


def kept(request: HttpRequest, build: Callable[[], Page], *, keep: bool = True) -> HttpResponse:
    """The page built anew; from now on `ready` answers with it, unless it is not to be kept."""
    if not _is_anonymous(request):
        page = build()
        response = HttpResponse(page.html, headers=page.headers)
        response["Cache-Control"] = "private, no-store"
        return response
    state = _state(request)  # read first: what is built afterwards is at least as new
    found = _pack(state, build())
    if keep:
        cache.set(_key(request), found, KEPT_FOR)
    return _answer(request, found)


def _is_anonymous(request: HttpRequest) -> bool:
    mine = {settings.SESSION_COOKIE_NAME, "messages"}
    return request.method in {"GET", "HEAD"} and mine.isdisjoint(request.COOKIES)


def _key(request: HttpRequest) -> str:
    """Of what a page depends on apart from the log; a group's own row is in no log."""
    group = request.group
    row = [str(getattr(group, field.attname)) for field in group._meta.concrete_fields]
    parts = [__version__, request.LANGUAGE_CODE, *row, request.get_full_path()]
    return "page:" + hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _state(request: HttpRequest) -> str:
    """The state of the log, asked once a request."""
    if not hasattr(request, "log_state"):
        request.log_state = queries.state(request.group)
    state: str = request.log_state
    return state


def _pack(state: str, page: Page) -> _Kept:
    said = page.html.encode() if isinstance(page.html, str) else page.html
    packed = gzip.compress(said, 6, mtime=0)
    etag = f'"{hashlib.sha256(packed).hexdigest()[:32]}"'
    return _Kept(state, etag, page.until, packed, dict(page.headers))


def _answer(request: HttpRequest, page: _Kept) -> HttpResponse:
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse
    if page.etag in asked or f"W/{page.etag}" in asked:
        response = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(page.packed, headers=page.headers)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(page.packed), headers=page.headers)
    response["ETag"] = page.etag
    response["Cache-Control"] = "public, no-cache"
    response["Vary"] = "Cookie, Accept-Encoding"
    return response
