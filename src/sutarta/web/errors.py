"""Pages for what went wrong: kind to the person, exact in the log."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/bad_request.html", status=400)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "web/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The last page there is: rendered without the request, for that may be what broke."""
    return HttpResponse(render_to_string("web/broken.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or too old: say how to go on, and give back what was typed."""
    log.info("csrf: %s", reason)
    hidden = {"csrfmiddlewaretoken", "request_key"}
    typed = [value for name, value in request.POST.items() if name not in hidden and len(value) > 3]
    return render(request, "web/stale_form.html", {"typed": typed}, status=403)
