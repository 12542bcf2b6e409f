"""Public pages kept ready: rendered once per state of the log, then served from memory.

A page is kept under release, language, group, state of the log and address, until the next
moment at which the same state reads differently (an opening, a closing, midnight). Whoever is
signed in or has a message waiting gets a page of their own, which is not kept.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from sutarta import __version__
from sutarta.apps.ledger import queries as ledger

KEPT_FOR = 24 * 3600  # seconds, at most


@dataclass(frozen=True)
class Page:
    """HTML that anybody may see, good until an instant."""

    html: str
    until: datetime


@dataclass(frozen=True)
class _Kept:
    etag: str
    until: datetime
    packed: bytes


def kept(request: HttpRequest, build: Callable[[], Page], *, keep: bool = True) -> HttpResponse:
    """The page, 304 when the reader has it already; `build` is called only when it must be."""
    if not _is_anonymous(request):
        response = HttpResponse(build().html)
        response["Cache-Control"] = "private, no-store"
        return response
    key = _key(request)
    found = cache.get(key) if keep else None
    if found is None or request.at >= found.until:
        found = _pack(key, build())
        if keep:
            cache.set(key, found, KEPT_FOR)
    return _answer(request, found)


def _is_anonymous(request: HttpRequest) -> bool:
    mine = {settings.SESSION_COOKIE_NAME, "messages"}
    return request.method in {"GET", "HEAD"} and mine.isdisjoint(request.COOKIES)


def _key(request: HttpRequest) -> str:
    parts = (
        __version__,
        request.LANGUAGE_CODE,
        str(request.group.pk),
        ledger.state(request.group),
        request.get_full_path(),
    )
    return "page:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _pack(key: str, page: Page) -> _Kept:
    etag = f'"{key[5:37]}-{int(page.until.timestamp()):x}"'
    return _Kept(etag, page.until, gzip.compress(page.html.encode(), 6, mtime=0))


def _answer(request: HttpRequest, page: _Kept) -> HttpResponse:
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    response: HttpResponse
    if page.etag in asked or f"W/{page.etag}" in asked:
        response = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(page.packed)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(page.packed))
    response["ETag"] = page.etag
    response["Cache-Control"] = "public, no-cache"
    response["Vary"] = "Cookie, Accept-Encoding"
    return response
