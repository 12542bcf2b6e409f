"""Every change of a version on one page, to say why: suggestions, many at once, undo."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sutarta.apps.consultations.actions import reasoning
from sutarta.apps.consultations.forms.reasoning import ReasonForm
from sutarta.apps.consultations.queries import comparison as queries
from sutarta.apps.consultations.queries import reasons as written
from sutarta.apps.consultations.queries import suggesting
from sutarta.apps.consultations.queries.comparison import Compared
from sutarta.apps.consultations.rules import reasoning as rules
from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.strategies.models import Version

PER_PAGE = 100  # changes
OPEN, ALL = "open", "all"


@staff
@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Every version that changed something, the newest first; a single one at once."""
    found = list(queries.explainable(request.group))
    if len(found) == 1:
        return redirect("consultations:desk_reasons", found[0].strategy.number, found[0].number)
    return render(request, "consultations/desk/reasons_all.html", {"versions": found})


@staff
def reasons(request: HttpRequest, strategy: int, version: int) -> HttpResponse:
    """The changes of one version; a form gives one reason to all that are ticked."""
    its = _version(request, strategy, version)
    compared = _compared(its)
    choosable = [change.pair.id for change in compared.changes]
    if request.method != "POST":
        return _page(request, compared, ReasonForm(choosable=choosable, initial=_initial(its)))
    require(rules.may_explain(request.user, its, request.at))
    form = ReasonForm(request.POST, choosable=choosable)
    if form.is_valid():
        try:
            count = reasoning.explain(
                actor=request.user, version=its, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return _done(request, its, _given(count))
    return _page(request, compared, form)


@staff
@require_POST
def link(request: HttpRequest, strategy: int, version: int) -> HttpResponse:
    """Link every suggested proposal, or the one that was pressed."""
    its = _version(request, strategy, version)
    lineage, _colon, number = request.POST.get("only", "").rpartition(":")
    only = (lineage, int(number)) if number.isascii() and number.isdigit() else None
    if only is None and "only" in request.POST:
        raise Http404
    count = reasoning.link_suggested(actor=request.user, version=its, only=only, at=request.at)
    return _done(request, its, _given(count))


@staff
@require_POST
def take_back(request: HttpRequest, strategy: int, version: int) -> HttpResponse:
    """Take back one reason, or all that were given in the last step."""
    its = _version(request, strategy, version)
    if "key" in request.POST:
        return _untie(request, its)
    keys = _keys(request, its)
    count = reasoning.take_back(actor=request.user, version=its, reasons=keys, at=request.at)
    return _done(request, its, _taken_back(count))


def _untie(request: HttpRequest, version: Version) -> HttpResponse:
    """A mark that came back with the Word file of a draft counts for nothing any more."""
    place, _colon, key = request.POST["key"].partition(":")
    done = reasoning.untie(actor=request.user, version=version, place=place, key=key, at=request.at)
    return _done(request, version, _taken_back(int(done)))


def _version(request: HttpRequest, strategy: int, number: int) -> Version:
    found = queries.explainable(request.group).filter(strategy__number=strategy, number=number)
    version = found.first()
    if version is None:
        raise Http404
    return version


def _compared(version: Version) -> Compared:
    before = queries.before(version)
    if before is None:
        raise Http404
    return queries.compared(before, version)


def _initial(version: Version) -> dict[str, Any]:
    cause = suggesting.usual_cause(version)
    return {"cause": cause, "note": version.note[:500] if cause else ""}


def _page(request: HttpRequest, compared: Compared, form: ReasonForm) -> HttpResponse:
    suggested = suggesting.suggested(compared)
    wanted = request.GET.get("show", "")
    show = wanted if wanted in {OPEN, ALL} else (OPEN if compared.unexplained else ALL)
    shown = [one for one in compared.changes if show == ALL or not one.reasons]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    ticked = form.ticked
    if request.GET.get("tick") == OPEN and not form.is_bound:
        ticked = {change.pair.id for change in page.object_list if not change.reasons}
    context = {
        "compared": compared,
        "version": compared.new,
        "strategy": compared.new.strategy,
        "form": form,
        "page": page,
        "show": show,
        "query": f"show={show}&",
        "rows": [
            {
                "change": change,
                "suggested": suggested.get(change.pair.id, []),
                "is_ticked": change.pair.id in ticked,
            }
            for change in page.object_list
        ],
        "suggestions": sum(map(len, suggested.values())),
        "total": len(compared.changes),
        "explained": len(compared.changes) - compared.unexplained,
        "last_step": written.last_step(compared.new),
        "may_explain": rules.may_explain(request.user, compared.new, request.at),
    }
    status = 422 if form.errors else 200
    return render(request, "consultations/desk/reasons.html", context, status=status)


def _keys(request: HttpRequest, version: Version) -> list[UUID]:
    if "reason" not in request.POST:
        return written.of_last_step(version, request.POST.get("step", ""))
    try:
        return [UUID(request.POST["reason"])]
    except ValueError as error:
        raise Http404 from error


def _given(count: int) -> str:
    if not count:
        return _("These changes have this reason already.")
    said = ngettext("%(n)s reason is written down.", "%(n)s reasons are written down.", count)
    return said % {"n": count}


def _taken_back(count: int) -> str:
    if not count:
        return _("Nothing was taken back: the reasons changed meanwhile.")
    said = ngettext("%(n)s reason is taken back.", "%(n)s reasons are taken back.", count)
    return said % {"n": count}


def _done(request: HttpRequest, version: Version, said: str) -> HttpResponse:
    messages.success(request, said)
    address = reverse("consultations:desk_reasons", args=[version.strategy.number, version.number])
    show = request.GET.get("show")
    return redirect(f"{address}?show={show}" if show in {OPEN, ALL} else address)
