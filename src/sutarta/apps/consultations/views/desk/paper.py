"""Paper at the desk: forms to print, a stack typed in, receipts for sheets, slips put right."""

from __future__ import annotations

import logging
import secrets
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from sutarta.apps.consultations import lending, papers
from sutarta.apps.consultations.actions import attaching
from sutarta.apps.consultations.actions import paper as actions
from sutarta.apps.consultations.forms.paper import PrintForm, RetypeForm, SheetForm, contact_of
from sutarta.apps.consultations.models import Channel, Consultation, OnPaper, PaperRun, Submission
from sutarta.apps.consultations.papers import blanks
from sutarta.apps.consultations.queries import desk, sealed
from sutarta.apps.consultations.queries import entering as taken
from sutarta.apps.consultations.queries import paper as queries
from sutarta.apps.consultations.rules import paper as rules
from sutarta.apps.consultations.views.desk import typing
from sutarta.apps.people.access import require, staff
from sutarta.apps.ui import wording
from sutarta.formats import paperforms

PAGE = "consultations/desk/paper/type.html"
log = logging.getLogger(__name__)


@staff
@require_http_methods(["GET", "POST"])
def forms(request: HttpRequest, number: int) -> HttpResponse:
    """Forms of one consultation: print some with codes, print those of before again."""
    its = _consultation(request, number)
    offered = blanks.offered(its)
    form = PrintForm(request.POST or None, languages=offered)
    if request.method == "POST":
        require(rules.may_print(request.user, its, request.at))
        if form.is_valid():
            run = actions.print_forms(
                actor=request.user, consultation=its, at=request.at, **form.cleaned_data
            )
            return redirect("consultations:desk_paper_run", its.number, run.pk)
    context = {
        "consultation": its,
        "form": form,
        "languages": offered,
        "runs": [
            (run, queries.code(run.first), queries.code(run.last), run.came_back)
            for run in queries.runs(its)
        ],
        "may_print": rules.may_print(request.user, its, request.at),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/desk/paper/forms.html", context, status=status)


@staff
@require_GET
def run(request: HttpRequest, number: int, run: UUID) -> HttpResponse:
    """The forms of one run as PDF; the same again whenever it is asked for."""
    its = _consultation(request, number)
    found = get_object_or_404(PaperRun, group=request.group, consultation=its, pk=run)
    form = papers.blank(its, found.language, found.made_at, found)
    if form is None:
        raise Http404
    try:
        data = paperforms.write(form)
    except paperforms.NotWritten as reason:
        log.warning("no forms: %s", reason)
        return lending.not_ready(request)
    name = pgettext("file name", "form-%(number)s") % {"number": its.number}
    return lending.as_pdf(data, f"{name}-{queries.code(found.first)}")


@staff
@require_http_methods(["GET", "POST"])
@typing.typing_page
def type_in(request: HttpRequest, consultations: list[Consultation]) -> HttpResponse:
    """One sheet after the other: what is saved leads to the next empty form."""
    if request.method == "GET":
        return _page(request, _fresh(request, consultations))
    its = _chosen(request, consultations, request.POST)
    if request.POST.get("do") == "find":
        return _page(request, _form(its, consultations, initial=typing.typed(request)))
    form = _form(its, consultations, data=request.POST, files=request.FILES)
    if form.is_valid() and (submission := _enter(request, form, its)):
        return _next(request, submission)
    return _page(request, form, 422)


def _chosen(request: HttpRequest, consultations: list[Consultation], said: Any) -> Consultation:
    """That of the sheet's code, else the one asked for, else the likeliest."""
    printed = queries.number_of(str(said.get("code", ""))[:20])
    by_code = queries.consultation_of(request.group, printed) if printed is not None else None
    named = (one for one in consultations if one == by_code)
    return next(named, None) or typing.chosen(consultations, said.get("consultation", ""))


def _form(its: Consultation, consultations: list[Consultation], **facts: Any) -> SheetForm:
    return SheetForm(consultations=consultations, **typing.choices(its), **facts)


def _fresh(request: HttpRequest, consultations: list[Consultation]) -> SheetForm:
    """The next form: as the last one was in what a stack has in common, else empty."""
    said = request.GET
    channel, came = said.get("channel", ""), typing.moment(said.get("came", ""))
    initial: dict[str, object] = {
        "channel": channel if channel in queries.BY_HAND else Channel.PAPER,
        "received_at": came or timezone.localtime(request.at).replace(tzinfo=None),
        "request_key": secrets.token_urlsafe(32),
        "code": said.get("code", "")[:20],
        "place": said.get("place", "")[:200],
    }
    held = _held(request, said.get("sheet", ""))
    its = _chosen(request, consultations, said)
    if held:
        first = held[0].submission
        its = next((one for one in consultations if one == first.consultation), its)
        initial |= _of_sheet(held[0])
    return _form(its, consultations, initial={**initial, "consultation": its.number})


def _held(request: HttpRequest, asked: str) -> list[OnPaper]:
    """What was typed in from the sheet asked for; [] for a new one."""
    try:
        return queries.on_sheet(request.group, UUID(asked))
    except ValueError:
        return []


def _of_sheet(row: OnPaper) -> dict[str, object]:
    """What the next proposal from the sheet has in common with the first one."""
    first = row.submission
    return {
        "sheet": row.sheet,
        "code": queries.code(row.printed) if row.printed is not None else "",
        "again": True,
        "channel": first.channel,
        "received_at": timezone.localtime(first.received_at).replace(tzinfo=None),
        "author_name": first.author_name,
        "show_name": first.show_name,
        "organisation": first.organisation,
        "contact": contact_of(first),
    }


def _enter(request: HttpRequest, form: SheetForm, its: Consultation) -> Submission | None:
    """What was typed in, or None when the form now says what is wrong."""
    said = form.cleaned_data
    if _is_known(request, form):
        return None

    def enter() -> Submission:
        return actions.type_in(
            actor=request.user,
            consultation=its,
            sheet=said["sheet"],
            printed=said["code"],
            words=form.words,
            channel=said["channel"],
            received_at=said["received_at"],
            at=request.at,
            request_key=said["request_key"] or secrets.token_urlsafe(32),
            origin=form.origin,
            language=said["language"],
            files=[attaching.read(file.name, file.read()) for file in said["files"]],
        )

    return typing.entered(form, enter)


def _is_known(request: HttpRequest, form: SheetForm) -> bool:
    """Whether the sheet is in the register already and nobody said that this is one more."""
    said = form.cleaned_data
    if said["code"] is None or said["again"]:
        return False
    before = queries.printed_before(request.group, said["code"])
    if not before or before[0].submission.request_key == said["request_key"]:
        return False
    numbers = [row.submission.number for row in before]
    form.offer_again(numbers)
    listed = {"numbers": ", ".join(map(wording.nr, numbers))}
    form.add_error("code", _("This sheet is in the register already: %(numbers)s.") % listed)
    return True


def _next(request: HttpRequest, submission: Submission) -> HttpResponse:
    """The empty form again, with what the stack has in common."""
    number = {"number": wording.nr(submission.number)}
    messages.success(request, _("Registered as %(number)s.") % number)
    came = timezone.localtime(submission.received_at)
    query = {
        "channel": submission.channel,
        "consultation": submission.consultation.number,
        "came": f"{came:%Y-%m-%dT%H:%M}",
        "registered": submission.number,
    }
    if place := request.POST.get("place", "")[:200]:
        query["place"] = place
    if request.POST.get("do") == "same":
        query["sheet"] = str(submission.on_paper.sheet)
    return redirect(f"{reverse('consultations:desk_type')}?{urlencode(query)}")


def _page(request: HttpRequest, form: SheetForm, status: int = 200) -> HttpResponse:
    typed = queries.typed_today(request.group, request.user, request.at)
    same = queries.same_sheet(typed)
    sheet = form["sheet"].value()
    context = {
        "form": form,
        "held": _held(request, str(sheet)) if sheet else [],
        "typed": [
            (one, sealed.title(one), same.get(one.pk, []), rules.may_be_retyped(one))
            for one in typed
        ],
        "registered": request.GET.get("registered", ""),
    }
    return render(request, PAGE, context, status=status)


@staff
@require_GET
def sheet(request: HttpRequest, sheet: UUID) -> HttpResponse:
    """One receipt for all that was typed in from a sheet, to print for the person."""
    held = queries.on_sheet(request.group, sheet)
    if not held:
        raise Http404
    said = [row.submission for row in held]
    first = said[0]
    context = {
        "held": [(one, sealed.title(one), taken.spoken(taken.address(one))) for one in said],
        "submission": first,
        "code": queries.code(held[0].printed) if held[0].printed is not None else "",
        "sheet": sheet,
    }
    return render(request, "consultations/desk/paper/sheet.html", context)


@staff
@require_http_methods(["GET", "POST"])
def retype(request: HttpRequest, number: int) -> HttpResponse:
    """Put right what was typed in otherwise than it stands on the paper."""
    rows = taken.submissions(request.group).exclude(entered_by=None).select_related("on_paper")
    its = get_object_or_404(rows, number=number)
    may_retype = rules.may_retype(request.user, its, request.at)
    form = RetypeForm(request.POST or None, submission=its)
    if request.method == "POST":
        require(may_retype)
        if form.is_valid():
            actions.retype(
                actor=request.user,
                submission=its,
                text=form.words,
                about=form.about,
                at=request.at,
            )
            messages.success(request, _("Put right: %(number)s.") % {"number": wording.nr(number)})
            return redirect("consultations:desk_submission", its.number)
    context = {"submission": its, "form": form, "may_retype": may_retype}
    status = 422 if form.is_bound else 200
    return render(request, "consultations/desk/paper/retype.html", context, status=status)


def _consultation(request: HttpRequest, number: int) -> Consultation:
    return get_object_or_404(desk.consultations_of(request.group), number=number)
