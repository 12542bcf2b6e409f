"""Accepted wordings on their way to the group's writer, as a Word file."""

from __future__ import annotations

import io
from pathlib import PurePosixPath

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sutarta.apps.consultations import papers
from sutarta.apps.consultations.queries import wordings as queries
from sutarta.apps.consultations.queries.wordings import Handover
from sutarta.apps.consultations.rules import wordings as rules
from sutarta.apps.people.access import require, staff
from sutarta.apps.strategies import queries as strategies
from sutarta.apps.strategies import rules as reading
from sutarta.apps.strategies.models import Version


@staff
@require_GET
def handover(request: HttpRequest, strategy: int) -> HttpResponse:
    """What the file will hold: which wordings as changes, which answers as comments alone."""
    require(reading.may_read(request.user, request.group, request.at))
    its = _handover(request, strategy)
    context = {
        "its": its,
        "version": its.version,
        "strategy": its.version.strategy,
        "may_take": rules.may_take_along(request.user, its.version, len(its.told), request.at),
    }
    return render(request, "consultations/desk/wordings.html", context)


@staff
@require_GET
def file(request: HttpRequest, strategy: int) -> FileResponse:
    """The newest published version in the group's own file, with all of it."""
    require(reading.may_read(request.user, request.group, request.at))
    its = _handover(request, strategy)
    require(rules.may_take_along(request.user, its.version, len(its.told), request.at))
    stem = PurePosixPath(its.version.original.name).stem
    name = f"{stem}-{its.version.number}-{_('with-answers')}.docx"
    return FileResponse(io.BytesIO(papers.word_file(its)), as_attachment=True, filename=name)


def _handover(request: HttpRequest, number: int) -> Handover:
    strategy = strategies.strategy_at(request.group, number)
    newest = strategies.newest(strategy) if strategy else None
    if newest is None:
        raise Http404
    version = Version.objects.select_related("original", "group", "strategy__group")
    return queries.handover(version.get(pk=newest.pk))
