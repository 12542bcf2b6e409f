"""How a group looks, for browsers to keep: an address changes with what stands behind it."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from sutarta.apps.tenants import accent

FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def style(request: HttpRequest, digest: str) -> HttpResponse:
    """The rules that put the group's colour in the place of ours."""
    colour = request.group.accent
    if not colour or digest != accent.digest(colour):
        raise Http404
    css = accent.stylesheet(colour)
    return HttpResponse(css, "text/css; charset=utf-8", headers={"Cache-Control": FOR_EVER})


@require_safe
def mark(request: HttpRequest, digest: str) -> HttpResponse:
    """The group's mark: a picture we made anew, which can do nothing."""
    if not digest or digest != request.group.mark_digest:
        raise Http404
    response = FileResponse(default_storage.open(request.group.mark_path), content_type="image/png")
    response["Cache-Control"] = FOR_EVER
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
