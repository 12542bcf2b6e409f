"""Answers that go with files made for whoever asks: known already, not ready, asked too often."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

AGAIN = "30"  # seconds until it is worth asking again


def is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the browser says that it has this very file already."""
    asked = parse_etags(request.headers.get("If-None-Match", ""))
    return not {etag, f"W/{etag}"}.isdisjoint(asked)


def headed(response: HttpResponse, etag: str) -> HttpResponse:
    """The answer, to be asked for again each time and sent only when it has changed."""
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    response["Vary"] = "Cookie"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def as_pdf(data: bytes, name: str) -> HttpResponse:
    """A paper for whoever asks alone, shown at once."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def not_ready(request: HttpRequest) -> HttpResponse:
    """A page that says so, and when to ask again."""
    return _later(request, _("The file is not ready yet: others are being made."), 503)


def too_many(request: HttpRequest) -> HttpResponse:
    """The same for a network that has had its share."""
    return _later(request, _("Too many files were asked for from your network."), 429)


def _later(request: HttpRequest, reason: str, status: int) -> HttpResponse:
    page = "consultations/public/file_later.html"
    response = render(request, page, {"reason": reason}, status=status)
    response["Retry-After"] = AGAIN
    return response
