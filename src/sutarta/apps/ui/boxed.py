"""A stranger's file on its way out: it can do nothing here."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified

from sutarta.formats import uploads


def boxed(
    request: HttpRequest, *, path: str, name: str, media_type: str, digest: str
) -> HttpResponse:
    """The stored file, in a sandbox that takes from it the right to run or to know where it lies.

    Only pictures are shown in place; the rest is saved, so that no reader of ours opens it.

    digest   of the bytes as received: what a browser has already is not sent again
    """
    etag = f'"{digest}"'
    response: HttpResponse
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = FileResponse(
            default_storage.open(path),
            as_attachment=media_type not in uploads.PICTURES,
            filename=name,
            content_type=media_type,
        )
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    return response
