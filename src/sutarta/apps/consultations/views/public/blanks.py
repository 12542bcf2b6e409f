"""The form on paper, for whoever would rather write by hand."""

from __future__ import annotations

import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from sutarta.apps.consultations import lending, papers, shelf
from sutarta.apps.consultations.queries import public
from sutarta.apps.consultations.views.public.files import MADE_IN_AN_HOUR
from sutarta.apps.mail import limits
from sutarta.formats import paperforms

log = logging.getLogger(__name__)


@require_safe
def blank(request: HttpRequest, consultation: int, language: str) -> HttpResponse:
    """One form without a code, as PDF, in a language the form is offered in."""
    its = get_object_or_404(public.announced(request.group), number=consultation)
    form = papers.blank(its, language, its.announced_at)
    if form is None:
        raise Http404
    name = pgettext("file name", "form-%(number)s") % {"number": its.number} + f"-{language}.pdf"
    wanted = shelf.Wanted(request.group, name, repr(form), False, lambda: paperforms.write(form))
    etag = f'"{wanted.digest[:32]}"'
    if lending.is_known(request, etag):
        return lending.headed(HttpResponseNotModified(), etag)
    data = shelf.found(wanted)
    if data is None:
        network = limits.network_of(request)
        if not limits.may_act("file", network, MADE_IN_AN_HOUR, request.at):
            return lending.too_many(request)
        try:
            data = shelf.made(wanted)
        except (shelf.Busy, paperforms.NotWritten) as reason:
            log.warning("no file %s: %s", name, reason)
            return lending.not_ready(request)
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Language"] = language
    return lending.headed(response, etag)
