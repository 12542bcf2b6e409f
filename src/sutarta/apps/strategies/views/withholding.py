"""Withholding words of a published version, and showing them again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.strategies import rules
from sutarta.apps.strategies.actions import withholding as actions
from sutarta.apps.strategies.forms.withholding import ReasonForm, WhichForm
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.queries import withholding as queries
from sutarta.apps.strategies.views.found import strategy_or_404


@require_http_methods(["GET", "POST"])
@staff
def withhold(request: HttpRequest, strategy: int, version: int) -> HttpResponse:
    """First which passage, then its words and the reason; below, what is withheld already."""
    found = _version(request, strategy, version)
    verdict = rules.may_withhold(request.user, found, request.at)
    if request.method == "POST":
        require(verdict)
    sent = request.method == "POST"
    asked = request.POST if sent else request.GET
    which = WhichForm(asked if sent or "passage" in asked else None)
    block = queries.numbered(found, asked["passage"]) if which.is_valid() else None
    if which.is_bound and which.is_valid() and block is None:
        which.add_error("passage", _("This version has no passage of that number."))
    form = ReasonForm(request.POST if sent else None)
    if sent and block is not None and form.is_valid():
        try:
            done = actions.withhold(
                actor=request.user,
                version=found,
                lineage_id=block.id,
                reason=form.cleaned_data["reason"],
                at=request.at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _said(len(done)))
            return redirect("strategies:withhold", strategy, version)
    return _page(request, found, verdict, which, form, block)


@require_POST
@staff
def show_again(request: HttpRequest, strategy: int, version: int, row: Any) -> HttpResponse:
    """Take a withholding back."""
    found = _version(request, strategy, version)
    chosen = get_object_or_404(queries.withheld(found), pk=row)
    actions.show_again(actor=request.user, withholding=chosen, at=request.at)
    messages.success(request, _("The words are shown again."))
    return redirect("strategies:withhold", strategy, version)


def _version(request: HttpRequest, strategy: int, number: int) -> Version:
    versions = Version.objects.filter(
        strategy=strategy_or_404(request, strategy), published_at__isnull=False
    )
    return get_object_or_404(versions.select_related("strategy", "group"), number=number)


def _said(versions: int) -> str:
    return ngettext(
        "The words are withheld in one version.",
        "The words are withheld in %(n)s versions.",
        versions,
    ) % {"n": versions}


def _page(
    request: HttpRequest, version: Version, verdict: Any, which: Any, form: Any, block: Any
) -> HttpResponse:
    rows = queries.with_numbers(version)
    for row in rows:
        row.may_be_shown = rules.may_show_again(request.user, row, request.at)
    context = {
        "strategy": version.strategy,
        "version": version,
        "verdict": verdict,
        "which": which,
        "form": form,
        "passage": block,
        "rows": rows,
        "kept_days": actions.KEPT_FOR.days,
    }
    status = 422 if request.method == "POST" or which.errors else 200
    return render(request, "strategies/withhold.html", context, status=status)
