"""What every request passes: its instant, its group, its language, its safety headers."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from sutarta.apps.ledger import pages
from sutarta.apps.people.access import Refused
from sutarta.apps.strategies.sentences import REFUSALS
from sutarta.apps.tenants import queries as tenants

Answer = Callable[[HttpRequest], HttpResponse]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)
TAKES_FILES = re.compile(r"/(?:c/[0-9]+/say|m/[A-Za-z0-9_-]{43}/files)/")
LED_ON_FOR = "public, max-age=3600"
WITHOUT_GROUP = ("/healthz", settings.STATIC_URL)


def arrival(answer: Answer) -> Answer:
    """The instant the request's headers arrived, before its body is read: the one that counts."""

    def with_instant(request: HttpRequest) -> HttpResponse:
        request.at = timezone.now()  # noqa: TID251 - the clock is read here and nowhere deeper
        return answer(request)

    return with_instant


def headers(answer: Answer) -> Answer:
    """Safety headers on every answer."""

    def with_headers(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        )
        return response

    return with_headers


def tenant(answer: Answer) -> Answer:
    """The group behind the host name. A stranger's host is answered like any missing page; one
    that was retired leads on to the group's own, before a session or a page has any part in it.
    """

    def with_group(request: HttpRequest) -> HttpResponse:
        request.group = None
        if request.path.startswith(WITHOUT_GROUP):
            return answer(request)
        host = request.get_host().rsplit(":", 1)[0]
        request.group = tenants.group_at(host)
        if request.group is None:
            return _unknown_host(request)
        if request.group.host_retired_at is not None:
            return _led_on(request)
        timezone.activate(zoneinfo.ZoneInfo(request.group.zone))
        return answer(request)

    return with_group


def language(answer: Answer) -> Answer:
    """The language chosen by the reader, else the group's own: never guessed from the browser."""
    known = dict(settings.LANGUAGES)

    def in_language(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        own = request.group.language if request.group else settings.LANGUAGE_CODE
        code = chosen if chosen in known else own
        with translation.override(code):
            request.LANGUAGE_CODE = code
            response = answer(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return in_language


def ready_pages(answer: Answer) -> Answer:
    """A public page that is kept in memory is answered here, before anybody works for it."""

    def from_memory(request: HttpRequest) -> HttpResponse:
        return pages.ready(request) or answer(request)

    return from_memory


def bounded(answer: Answer) -> Answer:
    """What announces itself as too much is refused before any of it is read.

    A file that is only somewhat too large comes through to its form, which says so itself.
    """

    def within_bounds(request: HttpRequest) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) <= _most(request.path):
            return answer(request)
        on_desk = request.path.startswith("/desk/")
        reason = REFUSALS["too_large"] if on_desk else _("That is too much to send at once.")
        return render(request, "web/refused.html", {"reason": reason}, status=413)

    return within_bounds


def _most(path: str) -> int:
    """Bytes one request may bring: files come in at few doors only."""
    text = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if path.startswith("/desk/"):
        return 2 * settings.UPLOAD_LIMIT + text
    return settings.ATTACHMENTS_LIMIT + text if TAKES_FILES.fullmatch(path) else text


def refusals(answer: Answer) -> Answer:
    """A refusal becomes a page that says why."""

    def with_reasons(request: HttpRequest) -> HttpResponse:
        return answer(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        return render(request, "web/refused.html", {"reason": error.reason}, status=403)

    with_reasons.process_exception = process_exception  # type: ignore[attr-defined]
    return with_reasons


def _led_on(request: HttpRequest) -> HttpResponse:
    """To the same page at the group's own address; what was posted is posted there (308).

    Browsers may remember it for an hour only, so that a name can be taken into use again.
    """
    status = 301 if request.method in {"GET", "HEAD"} else 308
    there = tenants.address(request.group) + request.get_full_path()
    return HttpResponse(status=status, headers={"Location": there, "Cache-Control": LED_ON_FOR})


def _unknown_host(request: HttpRequest) -> HttpResponse:
    with translation.override(settings.LANGUAGE_CODE):
        request.LANGUAGE_CODE = settings.LANGUAGE_CODE
        return render(request, "web/unknown_host.html", status=404)
