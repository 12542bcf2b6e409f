"""Versions, comparisons, the register and closing reports as PDF and Word files."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect
from django.utils import translation
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from sutarta.apps.consultations import lending, papers, shelf, shelved
from sutarta.apps.consultations.queries import reading, reporting
from sutarta.apps.consultations.shelved import FORMATS
from sutarta.apps.ledger import queries as ledger
from sutarta.apps.mail import limits
from sutarta.apps.strategies import queries as strategies
from sutarta.formats import pdf
from sutarta.formats.papers import Paper

MADE_IN_AN_HOUR = 120  # files one network may have made; what is made already costs nothing
log = logging.getLogger(__name__)


@require_safe
def version(request: HttpRequest, strategy: int, version: int, kind: str) -> HttpResponse:
    """A published version, in its own language."""
    chosen = strategies.version_at(request.group, strategy, version)
    if chosen is None:
        raise Http404
    return _answered(request, kind, shelved.version_name(chosen), shelved.version(chosen, kind))


@require_safe
def comparison(
    request: HttpRequest, strategy: int, version: int, old: int, kind: str
) -> HttpResponse:
    """The comparative version of any two published versions, the newer one first."""
    if old > version:
        return redirect("consultations:compare_file", strategy, old, version, kind)
    versions = {one.number: one for one in reading.published_versions(request.group, strategy)}
    if old not in versions or version not in versions or old == version:
        raise Http404
    older, newer = versions[old], versions[version]
    language = newer.strategy.language
    with translation.override(language):
        name = pgettext("file name", "comparison-%(strategy)s-%(old)s-%(new)s")
    name %= {"strategy": strategy, "old": old, "new": version}
    return _file(
        request, kind, name, _log(request), language,
        lambda: papers.comparison(request.group, older, newer, tracked=kind == "docx"),
    )  # fmt: skip


@require_safe
def register(request: HttpRequest, kind: str) -> HttpResponse:
    """Everything in the register, in the reader's language."""
    language = request.LANGUAGE_CODE
    name = pgettext("file name", "register")
    day = f"{request.at:%Y-%m-%d}"
    return _file(
        request, kind, name, f"{_log(request)} {day}", language,
        lambda: papers.register(request.group, language, request.at),
    )  # fmt: skip


@require_safe
def closing_report(request: HttpRequest, consultation: int, kind: str) -> HttpResponse:
    """A published closing report."""
    reports = reporting.published(request.group)
    report = get_object_or_404(reports, consultation__number=consultation)
    language = report.consultation.strategy.language
    with translation.override(language):
        name = pgettext("file name", "report-%(number)s") % {"number": consultation}
    return _file(
        request, kind, name, _log(request), language, lambda: papers.closing_report(report)
    )


def _log(request: HttpRequest) -> str:
    """State of the log: every public act changes it."""
    return ledger.state(request.group)


def _file(
    request: HttpRequest,
    kind: str,
    name: str,
    state: str,
    language: str,
    paper: Callable[[], Paper],
) -> HttpResponse:
    """A paper in a language; it is remembered for as long as its state is the same."""

    def make() -> bytes:
        with translation.override(language):
            return FORMATS[kind].write(paper())

    wanted = shelf.Wanted(request.group, f"{name}.{language}.{kind}", state, False, make)
    return _answered(request, kind, name, wanted)


def _answered(request: HttpRequest, kind: str, name: str, wanted: shelf.Wanted) -> HttpResponse:
    etag = f'"{wanted.digest[:32]}"'
    if lending.is_known(request, etag):
        return lending.headed(HttpResponseNotModified(), etag)
    data = shelf.found(wanted)
    if data is None:
        data = _made(request, wanted)
    if isinstance(data, HttpResponse):
        return data
    response = HttpResponse(data, content_type=FORMATS[kind].media_type)
    response["Content-Disposition"] = f'{FORMATS[kind].disposition}; filename="{name}.{kind}"'
    response["Content-Language"] = wanted.name.split(".")[-2]
    return lending.headed(response, etag)


def _made(request: HttpRequest, wanted: shelf.Wanted) -> bytes | HttpResponse:
    """The file made now; or a page that says why not, and when to ask again."""
    network = limits.network_of(request)
    if not limits.may_act("file", network, MADE_IN_AN_HOUR, request.at):
        return lending.too_many(request)
    try:
        return shelf.made(wanted)
    except (shelf.Busy, pdf.NotWritten) as reason:
        log.warning("no file %s: %s", wanted.name, reason)
        return lending.not_ready(request)
