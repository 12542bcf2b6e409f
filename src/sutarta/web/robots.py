"""What search engines may read: everything public, nothing personal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import escape

from sutarta.apps.consultations.queries.public import public_addresses
from sutarta.apps.publishing.queries import publications
from sutarta.apps.tenants import queries as tenants

CLOSED = ("/desk/", "/m/", "/in/")


def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED)]
    lines.append(f"Sitemap: {tenants.address(request.group)}{reverse('web:sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page of this group (sitemaps.org, protocol 0.9)."""
    standing = [reverse(f"web:{name}") for name in ("home", "privacy", "accessibility")]
    proofs = publications.public_addresses(request.group)
    pages = [*standing, *public_addresses(request.group), *proofs]
    own = tenants.address(request.group)
    locations = "".join(f"<url><loc>{escape(own + page)}</loc></url>" for page in pages)
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{locations}</urlset>'
    )
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
