"""Meetings with residents at the desk: planned, announced, changed, cancelled."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sutarta.apps.consultations.actions import meetings as actions
from sutarta.apps.consultations.forms.meetings import CancelForm, MeetingForm
from sutarta.apps.consultations.models import Consultation, Meeting
from sutarta.apps.consultations.queries import desk
from sutarta.apps.consultations.queries import meetings as queries
from sutarta.apps.consultations.rules import meetings as rules
from sutarta.apps.consultations.views.desk import typing
from sutarta.apps.people.access import Refused, require, staff

PAGES = "consultations/desk/meetings/"


@staff
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All of them by what is to be done: coming, without minutes, done."""
    found = list(queries.of_group(request.group).order_by("starts_at", "number"))
    context = {
        "coming": [one for one in found if _is_ahead(one, request)],
        "unminuted": [
            (one, rules.is_overdue(one, request.at))
            for one in found
            if not (_is_ahead(one, request) or one.is_minuted or one.is_cancelled)
        ],
        "done": [one for one in reversed(found) if one.is_minuted or one.is_cancelled],
        "may_plan": rules.may_plan(request.user, request.group, request.at),
    }
    return render(request, PAGES + "list.html", context)


def _is_ahead(meeting: Meeting, request: HttpRequest) -> bool:
    return request.at < meeting.ends_at and not (meeting.is_cancelled or meeting.is_minuted)


@staff
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plan one; `?c=` names the consultation."""
    require(rules.may_plan(request.user, request.group, request.at))
    found: list[Consultation] = list(desk.consultations_of(request.group))
    if not found:
        return redirect("consultations:desk_consultations")
    its = typing.chosen(found, request.POST.get("consultation", request.GET.get("c", "")))
    if request.method == "POST":
        form = MeetingForm(request.POST, consultations=found)
        if form.is_valid() and (made := _planned(request, form, its)):
            return redirect("consultations:desk_meeting", made.number)
    else:
        form = MeetingForm(initial=_proposed(request, its), consultations=found)
    return _form(request, form)


def _proposed(request: HttpRequest, its: Consultation) -> dict[str, Any]:
    """In a week at 17.30, when people are home from work."""
    day = max(request.at + timedelta(days=7), its.opens_at + timedelta(days=1))
    starts = timezone.localtime(day).replace(hour=17, minute=30, second=0, microsecond=0)
    ends = starts + timedelta(hours=2)
    return {"consultation": its.number, "starts_at": starts, "ends_at": ends}


def _planned(request: HttpRequest, form: MeetingForm, its: Consultation) -> Meeting | None:
    try:
        facts = form.facts
        return actions.plan(actor=request.user, consultation=its, facts=facts, at=request.at)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
    return None


@staff
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change what people are told of it."""
    its = _meeting(request, number)
    require(rules.may_change(request.user, its, request.at))
    data = request.POST if request.method == "POST" else None
    form = MeetingForm(data, initial=MeetingForm.initial_of(its))
    if form.is_bound and form.is_valid():
        try:
            actions.change(actor=request.user, meeting=its, facts=form.facts, at=request.at)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return redirect("consultations:desk_meeting", number)
    return _form(request, form, its)


def _form(request: HttpRequest, form: MeetingForm, its: Meeting | None = None) -> HttpResponse:
    context = {"form": form, "meeting": its}
    return render(request, PAGES + "form.html", context, status=422 if form.is_bound else 200)


@staff
@require_http_methods(["GET", "POST"])
def meeting(request: HttpRequest, number: int) -> HttpResponse:
    """One meeting: the next step, and everything about it."""
    its = _meeting(request, number)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(rules.may_cancel(request.user, its, its.many, request.at))
        if form.is_valid():
            why = form.cleaned_data["why"]
            actions.cancel(actor=request.user, meeting=its, why=why, at=request.at)
            messages.success(request, _("The meeting is cancelled."))
            return redirect("consultations:desk_meeting", number)
    context = _page(request, its) | {"form": form}
    return render(request, PAGES + "meeting.html", context, status=422 if form.errors else 200)


def _page(request: HttpRequest, its: Meeting) -> dict[str, Any]:
    who, at = request.user, request.at
    lacking = queries.lacking(its)
    return {
        "meeting": its,
        "at": at,
        "listed": its.participants.count(),
        "files": queries.files(its),
        "lacking": lacking,
        "is_overdue": rules.is_overdue(its, at),
        "is_on": its.is_on(at),
        "is_over": at >= its.ends_at,
        "closes_at": _closes_at(its),
        "may_change": rules.may_change(who, its, at),
        "may_announce": rules.may_announce(who, its, lacking, at),
        "may_note": rules.may_note(who, its, at),
        "may_write": rules.may_write_minutes(who, its, at),
        "may_correct": rules.may_correct_minutes(who, its, at),
        "may_see_list": rules.may_see_list(who, its.group, at),
        "may_cancel": rules.may_cancel(who, its, its.many, at),
        "may_delete": rules.may_delete(who, its, at),
    }


def _closes_at(its: Meeting) -> Any:
    """The deadline, where what is said at the meeting would come after it."""
    closes_at = its.consultation.deadline.closes_at
    return closes_at if closes_at <= its.starts_at else None


@staff
@require_POST
def announce(request: HttpRequest, number: int) -> HttpResponse:
    actions.announce(actor=request.user, meeting=_meeting(request, number), at=request.at)
    messages.success(request, _("The meeting is announced: everybody can read of it."))
    return redirect("consultations:desk_meeting", number)


@staff
@require_POST
def delete(request: HttpRequest, number: int) -> HttpResponse:
    actions.delete(actor=request.user, meeting=_meeting(request, number), at=request.at)
    messages.success(request, _("The plan is deleted."))
    return redirect("consultations:desk_meetings")


def _meeting(request: HttpRequest, number: int) -> Meeting:
    return get_object_or_404(queries.of_group(request.group), number=number)
