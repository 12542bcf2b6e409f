"""Any two published versions beside each other: what changed, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sutarta.apps.consultations import causes
from sutarta.apps.consultations.forms.comparing import PickForm
from sutarta.apps.consultations.queries import comparison as queries
from sutarta.apps.consultations.queries import public, reading
from sutarta.apps.consultations.queries.comparison import Change, Compared
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.strategies.models import Version

PER_PAGE = 150  # changes
SIDES = "sides"


@dataclass(frozen=True)
class Wanted:
    """What of the changes is asked for: those of one cause, side by side or in one text."""

    cause: str = ""
    view: str = ""
    page: int = 1

    @classmethod
    def asked(cls, query: QueryDict) -> Wanted:
        """Out of an address; what it does not know is as if it were not asked."""
        cause, view, page = (query.get(name, "") for name in ("cause", "view", "page"))
        return cls(
            cause if cause in causes.CAUSES else "",
            SIDES if view == SIDES else "",
            int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
        )

    def address(self, **other: Any) -> str:
        """The query that asks for this, or for this with something else about it."""
        wanted = replace(self, **other)
        named = {"cause": wanted.cause, "view": wanted.view}
        found = {name: value for name, value in named.items() if value}
        return urlencode(found | ({"page": wanted.page} if wanted.page > 1 else {}))


@require_safe
def compare(request: HttpRequest, strategy: int, version: int, old: int) -> HttpResponse:
    """What changed from version `old` to `version`. The other way round leads here as well."""
    if old > version:
        return redirect("consultations:compare", strategy, old, version)
    wanted = Wanted.asked(request.GET)
    keep = request.GET.urlencode() == wanted.address()
    return kept(request, lambda: _compare(request, strategy, version, old, wanted), keep=keep)


@require_safe
def pick(request: HttpRequest, strategy: int) -> HttpResponse:
    """Two versions to choose; once chosen, on to their comparison."""
    versions = reading.published_versions(request.group, strategy)
    if not versions:
        raise Http404
    is_chosen = bool({"from", "to"} & set(request.GET))
    form = PickForm(request.GET if is_chosen else None, versions=versions)
    if form.is_valid():
        return redirect("consultations:compare", strategy, form.newer, form.older)
    context = {
        "strategy": versions[0].strategy,
        "versions": versions,
        "form": form,
        "crumbs": _crumbs(versions[0]),
    }
    status = 422 if is_chosen else 200
    return render(request, "consultations/public/compare_pick.html", context, status=status)


def _compare(request: HttpRequest, strategy: int, new: int, old: int, wanted: Wanted) -> Page:
    versions = reading.published_versions(request.group, strategy)
    by_number = {one.number: one for one in versions}
    if old not in by_number or new not in by_number or old == new:
        raise Http404
    compared = queries.compared(by_number[old], by_number[new])
    changes = compared.because_of(wanted.cause)
    page = Paginator(changes, PER_PAGE).get_page(wanted.page)
    context = {
        "strategy": by_number[new].strategy,
        "compared": compared,
        "wanted": wanted,
        "page": page,
        "query": f"{wanted.address(page=1)}&" if wanted.address(page=1) else "",
        "sections": _sections(compared, page.object_list),
        "figures": _figures(compared),
        "chips": _chips(compared, wanted),
        "views": {"inline": wanted.address(view=""), "sides": wanted.address(view=SIDES)},
        "looks": [pair for pair in compared.found.pairs if pair.turn == "looks"],
        "form": PickForm(initial={"from": old, "to": new}, versions=versions),
        "crumbs": _crumbs(by_number[new]),
    }
    html = render_to_string("consultations/public/compare.html", context, request)
    return Page(html, public.next_change([], request.at))


def _sections(compared: Compared, shown: list[Change]) -> list[dict[str, Any]]:
    """The changes shown, under the headings of the newer version."""
    held: dict[str, list[Change]] = {}
    for change in shown:
        held.setdefault(change.pair.section, []).append(change)
    named = {section.id: section for section in compared.found.sections}
    return [{"section": named[id], "changes": changes} for id, changes in held.items()]


def _figures(compared: Compared) -> list[tuple[str, int]]:
    counts = {"": len(compared.changes), **compared.counts}
    figures = [
        (str(causes.FIGURES[code]), count)
        for code, count in counts.items()
        if count or code in causes.ALWAYS
    ]
    numbers = sum(change.pair.is_numbers for change in compared.changes)
    return [*figures, *([(_("in numbers alone"), numbers)] if numbers else [])]


def _chips(compared: Compared, wanted: Wanted) -> list[Mapping[str, Any]]:
    counts = {"": len(compared.changes), **compared.counts}
    return [
        {
            "label": causes.FILTERS[code],
            "icon": causes.CAUSES[code].icon if code else "",
            "count": count,
            "query": wanted.address(cause=code, page=1),
            "current": code == wanted.cause,
        }
        for code, count in counts.items()
        if count or code in {"", wanted.cause}
    ]


def _crumbs(version: Version) -> list[dict[str, str]]:
    text = reverse("consultations:version", args=[version.strategy.number, version.number])
    return [
        {"label": _("Home"), "url": reverse("web:home")},
        {"label": _("Strategy"), "url": text},
        {"label": _("What changed"), "url": ""},
    ]
