"""Notes of the staff on a strategy, and ticking them off."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from sutarta.apps.people.access import require, staff
from sutarta.apps.strategies import actions, rules
from sutarta.apps.strategies.queries import noting
from sutarta.apps.strategies.views.found import strategy_or_404

ON_A_PAGE = 50


@require_GET
@staff
def notes(request: HttpRequest, strategy: int) -> HttpResponse:
    """Notes that wait; `?show=done`: those ticked off."""
    its = strategy_or_404(request, strategy)
    require(rules.may_read(request.user, its.group, request.at))
    show_done = request.GET.get("show") == "done"
    rows = noting.of(its).filter(done_at__isnull=not show_done)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    version = noting.text_of(its)
    waiting, done = noting.how_many(its)
    context = {
        "strategy": its,
        "version": version,
        "page": page,
        "query": "show=done&" if show_done else "",
        "noted": noting.placed(page.object_list, version),
        "waiting": waiting,
        "done": done,
        "show_done": show_done,
        "may_tick": rules.may_tick(request.user, its, request.at),
    }
    return render(request, "strategies/notes.html", context)


@require_POST
@staff
def tick(request: HttpRequest, strategy: int, note: UUID) -> HttpResponse:
    """Tick a note off, or take that back; from a passage one goes back to the passage."""
    its = strategy_or_404(request, strategy)
    require(rules.may_tick(request.user, its, request.at))
    found = get_object_or_404(noting.of(its), pk=note)
    do = request.POST.get("do")
    if do not in ("done", "undo"):
        raise Http404
    actions.tick(actor=request.user, note=found, done=do == "done", at=request.at)
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/desk/"):
        return redirect(back)
    return redirect(reverse("strategies:notes", args=[strategy]))
