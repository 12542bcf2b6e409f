"""Pages for what went wrong: kind to the person, exact in the log."""

from __future__ import annotations

import logging
import sys

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.csrf import requires_csrf_token

log = logging.getLogger(__name__)

HIDDEN = {"csrfmiddlewaretoken", "request_key"}
RETRY_AFTER = "30"  # seconds
UNREADABLE = (
    MultiPartParserError,
    RequestDataTooBig,
    SuspiciousOperation,
    UnreadablePostError,
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/bad_request.html", status=400)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The last page there is: rendered without the request, for that may be what broke."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return away(request)
    return HttpResponse(render_to_string("web/broken.html"), status=500)


def away(request: HttpRequest) -> HttpResponse:
    """The database is away, locked or full: what was typed stays on the page, to be sent again.

    Rendered without the request's own context, for which the database would be asked.
    """
    code = getattr(request, "LANGUAGE_CODE", "") or _chosen_language(request)
    sent = _sent(request)
    context = {
        "path": request.get_full_path(),
        "is_form": request.method == "POST",
        "pairs": [(name, value) for name, values in sent.lists() for value in values],
        "typed": _typed(sent),
        "is_once": "request_key" in sent,
        "has_files": bool(sent) and bool(request.FILES),
    }
    with translation.override(code):
        page = render_to_string("web/away.html", context)
    head = {"Retry-After": RETRY_AFTER, "Cache-Control": "no-store", "Content-Language": code}
    return HttpResponse(page, status=503, headers=head)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or too old: say how to go on, and give back what was typed."""
    log.info("csrf: %s", reason)
    return render(request, "web/stale_form.html", {"typed": _typed(request.POST)}, status=403)


def _typed(sent: QueryDict) -> list[str]:
    """What a person wrote, to be copied; single words may be codes of the form."""
    texts = (value for name, value in sent.items() if name not in HIDDEN)
    return [text for text in texts if len(text.split()) > 1]


def _sent(request: HttpRequest) -> QueryDict:
    """The form that came, nothing when it cannot be read any more."""
    try:
        return request.POST
    except UNREADABLE:
        return QueryDict()


def _chosen_language(request: HttpRequest) -> str:
    """Of a request that broke before its group was known."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
