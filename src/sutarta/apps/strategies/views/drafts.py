"""The draft: what it changes, before anybody outside sees it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sutarta.apps.people.access import require, staff
from sutarta.apps.strategies import actions, queries, rules
from sutarta.apps.strategies.queries import noting
from sutarta.apps.strategies.views.found import draft_or_404

CHANGES_ON_A_PAGE = 50


@require_GET
@staff
def draft(request: HttpRequest, strategy: int) -> HttpResponse:
    """What the draft changes against the published version."""
    version = draft_or_404(request, strategy)
    require(rules.may_read(request.user, version.group, request.at))
    comparison = queries.compared(version)
    changes = comparison.changes if comparison else []
    context = {
        "version": version,
        "comparison": comparison,
        "page": Paginator(changes, CHANGES_ON_A_PAGE).get_page(request.GET.get("page")),
        "tally": queries.tally(version),
        "import_": queries.open_import(version.strategy),
        "notes": noting.how_many(version.strategy)[0],
        "may_discard": rules.may_discard(request.user, version, request.at),
    }
    return render(request, "strategies/draft.html", context)


@require_POST
@staff
def discard(request: HttpRequest, strategy: int) -> HttpResponse:
    """Remove the draft; its file stays open in the preview."""
    version = draft_or_404(request, strategy)
    actions.discard_draft(actor=request.user, version=version, at=request.at)
    if queries.open_import(version.strategy):
        messages.success(request, _("The draft is removed. The file is still here."))
    else:
        messages.success(request, _("The draft is removed."))
    return redirect("strategies:list")
