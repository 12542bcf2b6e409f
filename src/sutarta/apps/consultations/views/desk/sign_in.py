"""The sheet on which those who come to a meeting sign in."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from sutarta.apps.consultations import lending, tongues
from sutarta.apps.consultations.papers import signing
from sutarta.apps.consultations.queries import meetings
from sutarta.apps.people.access import staff
from sutarta.formats import paperforms

log = logging.getLogger(__name__)


@staff
@require_GET
def sheet(request: HttpRequest, number: int) -> HttpResponse:
    """As PDF; ?rows=40 for a longer one, ?language=en for another language of the site."""
    its = get_object_or_404(meetings.of_group(request.group), number=number)
    said = signing.sign_in(its, _language(request, its.consultation.strategy.language),
                           _rows(request), its.made_at)  # fmt: skip
    try:
        data = paperforms.write_sign_in(said)
    except paperforms.NotWritten as reason:
        log.warning("no sheet to sign in on: %s", reason)
        return lending.not_ready(request)
    name = pgettext("file name", "sign-in-%(number)s") % {"number": its.number}
    response = lending.as_pdf(data, name)
    response["Content-Language"] = said.language
    return response


def _rows(request: HttpRequest) -> int:
    asked = request.GET.get("rows", "")
    return next((rows for rows in signing.ROWS if str(rows) == asked), signing.ROWS[0])


def _language(request: HttpRequest, own: str) -> str:
    """The one asked for, else that of the strategy, as far as the site speaks it."""
    known = tongues.site_languages()
    wanted = (request.GET.get("language", ""), own, request.LANGUAGE_CODE)
    return next((code for code in wanted if code in known), known[0])
