"""Meetings with residents: which there are, one of them, its files, and both for a calendar."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sutarta.apps.consultations.models import Consultation, Meeting, MinutesFile, Visibility
from sutarta.apps.consultations.queries import meeting_pages as queries
from sutarta.apps.consultations.queries import meetings, public, showing, taking
from sutarta.apps.consultations.queries import register as registers
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.tenants import queries as groups
from sutarta.apps.ui import wording
from sutarta.apps.ui.boxed import boxed
from sutarta.core import deadlines
from sutarta.formats import calendars, tables

NOTED_ON_A_PAGE = 50
PAST_ON_A_PAGE = 20
SCANNED_AGAIN = timedelta(minutes=5)  # files that wait for the scanner; no act tells of its verdict
LICENSED = {"Link": f'<{taking.LICENSE}>; rel="license"'}


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """All of them: those to come first, then what became of those that were."""
    return kept(request, lambda: _listing(request))


@require_safe
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """When and where; afterwards who came, the minutes and what became of what was said."""
    return kept(request, lambda: _meeting(request, number))


@require_safe
def calendar(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting, for one's own calendar; a cancelled one is struck out there."""
    its = _found(request, number)
    return kept(request, lambda: _ics(request, [its]))


@require_safe
def calendars_all(request: HttpRequest) -> HttpResponse:
    """All of them, for a calendar that follows the group."""
    rows = queries.followed(request.group, request.at)
    if not rows:
        raise Http404
    return kept(request, lambda: _ics(request, rows, _named(request)))


@require_safe
def file(request: HttpRequest, number: int, digest: str) -> HttpResponse:
    """A file beside minutes that are published."""
    standing = MinutesFile.objects.filter(group=request.group, removed_at=None, is_unscanned=False)
    public_ones = standing.filter(
        meeting__minuted_at__isnull=False, meeting__announced_at__isnull=False
    )
    found = get_object_or_404(public_ones, meeting__number=number, digest=digest)
    return boxed(
        request,
        path=found.path,
        name=found.name,
        media_type=found.media_type,
        digest=found.digest,
    )


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """All of them as a table for a spreadsheet; who came as far as it may be told."""
    return kept(request, lambda: _table(request))


def _found(request: HttpRequest, number: int) -> Meeting:
    return get_object_or_404(meetings.announced(request.group), number=number)


def _listing(request: HttpRequest) -> Page:
    ahead = list(meetings.coming(request.group, request.at))
    past = meetings.past(request.group, request.at)
    page = Paginator(past, PAST_ON_A_PAGE).get_page(request.GET.get("page", "1"))
    shown = list(page.object_list)
    page.object_list = queries.listed(shown, request.at)
    context = {
        "ahead": queries.listed(ahead, request.at),
        "page": page,
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": _("Meetings"), "url": ""},
        ],
    }
    html = render_to_string("consultations/public/meetings.html", context, request)
    return Page(html, queries.next_change([*ahead, *shown], [], request.at))


def _meeting(request: HttpRequest, number: int) -> Page:
    its = _found(request, number)
    state = queries.state(its, request.at)
    noted = meetings.noted(its).exclude(visibility=Visibility.SET_ASIDE)
    noted = noted.prefetch_related("consultation__deadlines")
    page = Paginator(noted, NOTED_ON_A_PAGE).get_page(request.GET.get("page", "1"))
    versions = registers.versions_of(request.group)
    strategy = its.consultation.strategy_id
    newest = next((one for one in versions if one.strategy_id == strategy), None)
    rows = list(page.object_list)
    files = list(meetings.files(its)) if its.is_minuted else []
    consultation = public.announced(request.group).filter(pk=its.consultation_id).first()
    context = {
        "meeting": its,
        "state": state,
        "day_word": queries.day_word(its, request.at),
        "moved": queries.moved(its),
        "map_link": queries.map_link(its),
        "consultation": consultation,
        "is_open": consultation is not None and consultation.is_open(request.at),
        "until": deadlines.say(consultation.deadline.value, request.LANGUAGE_CODE)
        if consultation
        else "",
        "came": queries.came(its),
        "files": [one for one in files if not one.is_unscanned],
        "former": meetings.former(its) if its.is_minuted else [],
        "outcome": queries.outcome(its),
        "page": page,
        "noted": [showing.shown(row, newest, at=request.at) for row in rows],
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": _("Meetings"), "url": reverse("consultations:meetings")},
            {"label": its.title, "url": ""},
        ],
    }
    html = render_to_string("consultations/public/meeting.html", context, request)
    until = _until(request, its, consultation)
    scanned = request.at + SCANNED_AGAIN if any(one.is_unscanned for one in files) else until
    return Page(html, min(until, scanned))


def _until(request: HttpRequest, its: Meeting, consultation: Consultation | None) -> datetime:
    return queries.next_change([its], [consultation] if consultation else [], request.at)


def _ics(request: HttpRequest, rows: list[Meeting], name: str = "") -> Page:
    headers = {
        "Content-Type": calendars.MEDIA_TYPE,
        "Content-Disposition": f'attachment; filename="{"meetings" if name else "meeting"}.ics"',
        "X-Content-Type-Options": "nosniff",
    }
    made = calendars.write(*(queries.event(row) for row in rows), name=name)
    return Page(made, queries.next_change(rows, [], request.at), headers)


def _named(request: HttpRequest) -> str:
    return _("Meetings of %(group)s") % {"group": request.group.short_name}


def _table(request: HttpRequest) -> Page:
    site = groups.address(request.group)
    rows = meetings.announced(request.group).order_by("number")
    names, told = queries.columns(), queries.rows(rows, request.at, site)
    if line := wording.eu_line(request.group):
        names, told = [*names, _("Financing")], ([*row, line] for row in told)
    said = b"".join(tables.write_csv(names, told))
    headers = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="sutarta-meetings.csv"',
        **LICENSED,
    }
    return Page(said, public.next_change([], request.at), headers)
