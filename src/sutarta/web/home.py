"""The front page for residents and the first page of the desk."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sutarta.apps.consultations.models import Stage
from sutarta.apps.consultations.queries import desk as desk_queries
from sutarta.apps.consultations.queries import (
    languages,
    mailboxes,
    meeting_pages,
    public,
    register,
)
from sutarta.apps.consultations.queries.desk import Task
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.mail import queries as mail
from sutarta.apps.people.access import staff
from sutarta.apps.publishing.queries import news, publications
from sutarta.apps.strategies import queries as strategies
from sutarta.web import front as facts
from sutarta.web import health, path


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    return kept(request, lambda: _front(request))


def _front(request: HttpRequest) -> Page:
    """A group's front page. Before anything is public it says what will come."""
    group, at = request.group, request.at
    everything, consultations = register.versions_of(group), facts.announced(group)
    chosen = public.current(consultations, at)
    strategy = facts.strategy_shown(everything, chosen, at)
    if strategy is None:
        html = render_to_string("web/nothing_yet.html", {}, request)
        return Page(html, public.next_change([], at))
    versions = [one for one in reversed(everything) if one.strategy_id == strategy.pk]
    known = news.known(group, consultations, everything)
    items = news.happened(known, at)
    numbers = path.Counts(path.submissions_of(group), facts.changed(items))
    about = [one for one in consultations if one.strategy_id == strategy.pk]
    meeting = meeting_pages.nearest(known.meetings.values(), at)
    context = {
        "meeting": meeting,
        "meeting_day": meeting_pages.day_word(meeting, at) if meeting else "",
        "strategy": strategy,
        "newest": versions[-1] if versions else None,
        "before": versions[-2] if len(versions) > 1 else None,
        "stops": path.path(versions, about, known.steps_of(strategy), numbers, at),
        "figures": facts.figures(group),
        "acts": facts.latest(items),
        "consultation": chosen,
        "renditions": languages.renditions(chosen) if chosen else [],
        "stage": chosen.stage(at) if chosen else None,
        "stages": Stage,
        "answers_by": chosen.answers_by if chosen and not chosen.answered_at else None,
    }
    html = render_to_string("web/home.html", context, request)
    until = facts.until(consultations, chosen, at)
    return Page(html, min(until, meeting_pages.next_change([meeting] if meeting else [], [], at)))


@require_safe
@staff
def desk(request: HttpRequest) -> HttpResponse:
    """What staff should do next, and what needs their eye."""
    context = {
        "tasks": [
            *publications.tasks(request.group, request.at),
            *desk_queries.desk_tasks(request.group, request.at),
            *_what_comes_after(request),
        ],
        "undelivered": mail.undelivered(request.group)[:20],
        "silent": mailboxes.silent(request.group, request.at),
        "alarms": health.alarms(request.at, request.group),
        "stalled": mail.stalled(request.group, request.at).count(),
    }
    return render(request, "web/desk.html", context)


def _what_comes_after(request: HttpRequest) -> list[Task]:
    """Strategies people speak of, without a word on who decides afterwards."""
    spoken = {one.strategy_id for one in facts.announced(request.group)}
    why = _("Residents want to know who decides after them, and when.")
    return [
        Task(_("Say what comes after the consultation"), address, why=why)
        for strategy in strategies.without_steps(request.group)
        if strategy.pk in spoken
        for address in [reverse("strategies:steps", args=[strategy.number])]
    ]
