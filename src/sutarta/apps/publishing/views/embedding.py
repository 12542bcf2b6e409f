"""The frame for other sites: one page, no script, no cookie, nothing to fill in.

What it says depends on its address alone. It is rendered without the request, so that nobody's
session or language finds its way in.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils import translation
from django.views.decorators.http import require_safe

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import public
from sutarta.apps.publishing import hosts
from sutarta.apps.publishing.queries import embedding as queries
from sutarta.apps.tenants import looks
from sutarta.core import deadlines

SECONDS = 60  # it tells hours, at last minutes
LOOKS = {"light", "dark"}
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors "
)


@require_safe
def current(request: HttpRequest) -> HttpResponse:
    """The discussion that is open, ahead, or was the last one."""
    return _frame(request, queries.current(request.group, request.at))


@require_safe
def one(request: HttpRequest, consultation: int) -> HttpResponse:
    return _frame(request, get_object_or_404(public.announced(request.group), number=consultation))


def _frame(request: HttpRequest, its: Consultation | None) -> HttpResponse:
    group, asked = request.group, request.GET.get("lang", "")
    language = asked if asked in dict(settings.LANGUAGES) else group.language
    look = request.GET.get("look", "")
    with translation.override(language):
        context = {
            "group": group,
            "look": look if look in LOOKS else "auto",
            "links": looks.addresses(group),
            "at": request.at,
            **_facts(request, its, language),
        }
        response = HttpResponse(render_to_string("publishing/embed.html", context))
    response["Content-Language"] = language
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    response["X-Robots-Tag"] = "noindex"
    return _framable(response, hosts.sources(group.embed_hosts, is_demo=group.is_demo))


def _facts(request: HttpRequest, its: Consultation | None, language: str) -> dict[str, object]:
    facts: dict[str, object] = {"links_out": queries.addresses(its, request.group)}
    if its is None:
        return facts
    return facts | {
        "consultation": its,
        "stage": str(its.stage(request.at)),
        "until": deadlines.say(its.deadline.value, deadlines.nearest_language(language)),
        "tally": queries.tally(its),
    }


def _framable(response: HttpResponse, sources: list[str]) -> HttpResponse:
    """Let pages of these sites frame the answer; without any, nobody, as everywhere else."""
    response["Content-Security-Policy"] = POLICY + (" ".join(sources) or "'none'")
    response.xframe_options_exempt = bool(sources)  # the older header knows no list
    return response
