"""The log as programs read it (c2sp.org/tlog-tiles): checkpoint, tiles, entries and keys.

Anybody may read it from any page: nothing here knows who asks, and nothing sets a cookie.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from sutarta.apps.ledger.models import Log
from sutarta.apps.ledger.queries import logs, served

FOR_GOOD = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
BYTES = "application/octet-stream"
ASKED = re.compile(r"(?P<number>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[0-9]+))?")
GZIP_LEVEL = 6


def _open(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Readable from every page: a verifier that stands elsewhere is the better one."""

    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, *args: object, **keys: object) -> HttpResponse:
        response = view(request, *args, **keys)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return opened


@_open
def checkpoint(request: HttpRequest, epoch: int | None = None) -> HttpResponse:
    """The newest signed note, with its witnesses' signatures."""
    newest = logs.newest_checkpoint(_log(request, epoch))
    if newest is None:
        raise Http404
    return HttpResponse(
        logs.cosigned(newest),
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": ASK_AGAIN},
    )


@_open
def tile(request: HttpRequest, level: int, place: str, epoch: int | None = None) -> HttpResponse:
    """Hashes of the tree."""
    found = served.tile(_log(request, epoch), level, *_asked(place))
    return _for_good(found)


@_open
def entries(request: HttpRequest, place: str, epoch: int | None = None) -> HttpResponse:
    """Acts of the log, byte by byte as the tree holds them."""
    found = served.entries(_log(request, epoch), *_asked(place))
    response = _for_good(found)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = gzip.compress(response.content, GZIP_LEVEL, mtime=0)
        response["Content-Encoding"] = "gzip"
    response["Vary"] = "Accept-Encoding"
    return response


@_open
def keys(request: HttpRequest) -> HttpResponse:
    """Whose signature counts: of every epoch the keys, and how it began."""
    said = served.keys(request.group)
    if said is None:
        raise Http404
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Cache-Control"] = ASK_AGAIN
    return answer


def _log(request: HttpRequest, epoch: int | None) -> Log:
    found = Log.objects.filter(group=request.group)
    its = found.filter(ended_at=None) if epoch is None else found.filter(number=epoch)
    log = its.first()
    if log is None:
        raise Http404
    return log


def _asked(place: str) -> tuple[int, int]:
    """Number and width of the tile. One is never asked for in two ways."""
    match = ASKED.fullmatch(place)
    if match is None:
        raise Http404
    number = int(match["number"].replace("x", "").replace("/", ""))
    width = int(match["width"] or served.WIDTH)
    if served.placed(number, width) != place:
        raise Http404
    return number, width


def _for_good(found: bytes | None) -> HttpResponse:
    if found is None:
        raise Http404
    return HttpResponse(found, content_type=BYTES, headers={"Cache-Control": FOR_GOOD})
