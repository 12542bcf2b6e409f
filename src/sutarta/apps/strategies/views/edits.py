"""What was corrected in a draft, by whom, and taking it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.strategies import actions, queries, rules
from sutarta.apps.strategies.views.found import draft_or_404


@require_GET
@staff
def history(request: HttpRequest, strategy: int) -> HttpResponse:
    """Every correction, newest first; `?block=` asks for one passage."""
    version = draft_or_404(request, strategy)
    require(rules.may_read(request.user, version.group, request.at))
    block = request.GET.get("block", "")[:20]
    page, acts = queries.acts(version, request.GET.get("page"), block)
    context = {
        "version": version,
        "page": page,
        "acts": acts,
        "asked": block,
        "query": f"block={block}&" if block.isalnum() else "",
        "may_edit": rules.may_edit(request.user, version, request.at),
    }
    return render(request, "strategies/edit_history.html", context)


@require_POST
@staff
def undo(request: HttpRequest, strategy: int, edit: UUID) -> HttpResponse:
    """Take one correction back, with everything made together with it."""
    version = draft_or_404(request, strategy)
    require(rules.may_edit(request.user, version, request.at))
    found = get_object_or_404(version.edits.select_related("actor"), pk=edit)
    try:
        actions.undo(actor=request.user, version=version, edit=found, at=request.at)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, _("Taken back."))
    return redirect("strategies:edit_history", strategy)
