"""The front page for residents and the first page of the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from sutarta.apps.consultations.models import Stage
from sutarta.apps.consultations.queries import desk as desk_queries
from sutarta.apps.consultations.queries import public
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.mail import queries as mail
from sutarta.apps.people.access import staff
from sutarta.apps.publishing.queries import publications
from sutarta.web import front as facts
from sutarta.web import health


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return kept(request, lambda: _front(request))


def _front(request: HttpRequest) -> Page:
    """A group's front page. Before the first published version it says what will come."""
    versions = facts.public_strategy(request.group)
    if not versions:
        html = render_to_string("web/nothing_yet.html", {}, request)
        return Page(html, public.next_change([], request.at))
    consultations = facts.announced(request.group)
    chosen = facts.current(consultations, request.at)
    context = {
        "strategy": versions[-1].strategy,
        "newest": versions[-1],
        "before": versions[-2] if len(versions) > 1 else None,
        "steps": facts.path(versions, consultations, request.at),
        "figures": facts.figures(request.group),
        "acts": facts.latest(request.group),
        "consultation": chosen,
        "stage": chosen.stage(request.at) if chosen else None,
        "stages": Stage,
    }
    html = render_to_string("web/home.html", context, request)
    return Page(html, facts.until(consultations, chosen, request.at))


@require_safe
@staff
def desk(request: HttpRequest) -> HttpResponse:
    """What staff should do next, and what needs their eye."""
    context = {
        "tasks": [
            *publications.tasks(request.group, request.at),
            *desk_queries.desk_tasks(request.group, request.at),
        ],
        "undelivered": mail.undelivered(request.group)[:20],
        "alarms": health.alarms(request.at),
        "stalled": mail.stalled(request.group, request.at).count(),
    }
    return render(request, "web/desk.html", context)
