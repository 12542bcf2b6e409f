"""What is typed during a meeting and after it: notes, who came, the minutes."""

from __future__ import annotations

import secrets

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sutarta.apps.consultations.actions import attaching, minuting, noting
from sutarta.apps.consultations.actions import participants as people
from sutarta.apps.consultations.forms.meetings import MinutesForm, NoteForm, PersonForm
from sutarta.apps.consultations.models import Meeting, Submission
from sutarta.apps.consultations.queries import entering, sealed
from sutarta.apps.consultations.queries import meetings as queries
from sutarta.apps.consultations.refusals import BadFile
from sutarta.apps.consultations.rules import meetings as rules
from sutarta.apps.consultations.rules import paper
from sutarta.apps.consultations.views.desk import typing
from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.ui import wording

PAGES = "consultations/desk/meetings/"


@staff
@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, number: int) -> HttpResponse:
    """One note after the other; the number is shown at once, to be read out."""
    its = _meeting(request, number)
    require(rules.may_note(request.user, its, request.at))
    if request.method == "GET":
        return _notes(request, its, _note_form(its, initial=_fresh(its)))
    if request.POST.get("do") == "find":
        return _notes(request, its, _note_form(its, initial=typing.typed(request)))
    form = _note_form(its, data=request.POST)
    if form.is_valid() and (submission := _note(request, form, its)):
        said = {"number": wording.nr(submission.number)}
        messages.success(request, _("Registered as %(number)s.") % said)
        return redirect("consultations:desk_meeting_notes", number)
    return _notes(request, its, form, 422)


def _note_form(its: Meeting, **facts: object) -> NoteForm:
    about = its.consultation
    return NoteForm(consultations=[about], **typing.choices(about), **facts)


def _fresh(its: Meeting) -> dict[str, object]:
    return {
        "consultation": its.consultation.number,
        "request_key": secrets.token_urlsafe(32),
    }


def _note(request: HttpRequest, form: NoteForm, its: Meeting) -> Submission | None:
    said = form.cleaned_data

    def note() -> Submission:
        return noting.note(
            actor=request.user,
            meeting=its,
            words=form.words,
            at=request.at,
            request_key=said["request_key"] or secrets.token_urlsafe(32),
            said_at=said["received_at"],
            language=said["language"],
        )

    return typing.entered(form, note)


def _notes(request: HttpRequest, its: Meeting, form: NoteForm, status: int = 200) -> HttpResponse:
    rows = entering.submissions(request.group).filter(at_meeting__meeting=its)
    noted = list(rows.select_related("at_meeting").order_by("-at_meeting__place"))
    context = {
        "meeting": its,
        "form": form,
        "noted": [(one, sealed.title(one), paper.may_be_retyped(one)) for one in noted],
        "is_on": its.is_on(request.at),
    }
    return render(request, PAGES + "notes.html", context, status=status)


@staff
@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, number: int) -> HttpResponse:
    """Who came: typed in line by line, taken off by a button."""
    its = _meeting(request, number)
    require(rules.may_see_list(request.user, request.group, request.at))
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (gone := request.POST.get("remove")):
        return _take_off(request, its, gone)
    if request.method == "POST":
        require(rules.may_list(request.user, its, request.at))
        if form.is_valid():
            people.add(actor=request.user, meeting=its, person=form.person, at=request.at)
            messages.success(request, _("On the list."))
            return redirect("consultations:desk_meeting_list", number)
    context = {
        "meeting": its,
        "form": form,
        "people": queries.participants(its),
        "ends_on": rules.list_ends_on(its),
        "may_list": rules.may_list(request.user, its, request.at),
        "may_take_off": rules.may_take_off(request.user, request.group, request.at),
    }
    return render(request, PAGES + "people.html", context, status=422 if form.errors else 200)


def _take_off(request: HttpRequest, its: Meeting, key: str) -> HttpResponse:
    require(rules.may_take_off(request.user, request.group, request.at))
    found = next((one for one in queries.participants(its) if str(one.pk) == key), None)
    if found is None:
        raise Http404
    people.remove(actor=request.user, participant=found, at=request.at)
    messages.success(request, _("Taken off the list, with the letters that waited."))
    return redirect("consultations:desk_meeting_list", its.number)


@staff
@require_http_methods(["GET", "POST"])
def minutes(request: HttpRequest, number: int) -> HttpResponse:
    """Who came and what was said: kept, published, put right."""
    its = _meeting(request, number)
    require(_may_minute(request, its))
    facts = {"meeting": its, "listed": queries.by_sector(its)}
    if request.method == "GET":
        return _minutes(request, its, MinutesForm(**facts))
    if file := request.POST.get("remove"):
        return _remove_file(request, its, file)
    form = MinutesForm(request.POST, request.FILES, **facts)
    if form.is_valid() and _saved(request, its, form):
        if request.POST.get("do") == "publish":
            messages.success(request, _("The minutes are published."))
            return redirect("consultations:desk_meeting", number)
        messages.success(request, _("Saved."))
        return redirect("consultations:desk_meeting_minutes", number)
    return _minutes(request, its, form, 422)


def _may_minute(request: HttpRequest, its: Meeting) -> object:
    may = rules.may_correct_minutes if its.is_minuted else rules.may_write_minutes
    return may(request.user, its, request.at)


def _saved(request: HttpRequest, its: Meeting, form: MinutesForm) -> bool:
    """Whether all of it was kept; otherwise the form now says what is wrong."""
    who, at, said = request.user, request.at, form.cleaned_data
    facts = {"minutes": said["minutes"], "attendance": form.attendance}
    try:
        for file in said["files"]:
            handed = attaching.read(file.name, file.read())
            minuting.add_file(actor=who, meeting=its, handed=handed, at=at)
        if its.is_minuted:
            why, named = said["why"], said["named"]
            minuting.correct(actor=who, meeting=its, why=why, named_somebody=named, at=at, **facts)
        else:
            minuting.prepare(actor=who, meeting=its, at=at, **facts)
            if request.POST.get("do") == "publish":
                minuting.publish(actor=who, meeting=its, at=at)
    except BadFile as bad:
        form.add_error("files", bad.sentence)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
    else:
        return True
    return False


def _remove_file(request: HttpRequest, its: Meeting, key: str) -> HttpResponse:
    found = next((one for one in queries.files(its) if str(one.pk) == key), None)
    if found is None:
        raise Http404
    minuting.remove_file(actor=request.user, file=found, at=request.at)
    messages.success(request, _("The file is removed."))
    return redirect("consultations:desk_meeting_minutes", its.number)


def _minutes(
    request: HttpRequest, its: Meeting, form: MinutesForm, status: int = 200
) -> HttpResponse:
    lacking: list[str] = []
    context = {
        "meeting": its,
        "form": form,
        "files": queries.files(its),
        "may_publish": rules.may_minute(request.user, its, lacking, request.at),
        "wanting": sum("NEWS" in one.wants for one in queries.participants(its)),
    }
    return render(request, PAGES + "minutes.html", context, status=status)


def _meeting(request: HttpRequest, number: int) -> Meeting:
    rows = queries.of_group(request.group).select_related("consultation__version__strategy")
    return get_object_or_404(rows, number=number)
