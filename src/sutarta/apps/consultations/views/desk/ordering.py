"""Order on the page of one submission: notes, tags, whose work, other places, similar ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutarta.apps.consultations.actions import bundling, sorting
from sutarta.apps.consultations.forms.sorting import NoteForm, TagForm
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import filings
from sutarta.apps.consultations.queries import inbox as queries
from sutarta.apps.consultations.rules import sorting as rules
from sutarta.apps.consultations.views.desk import inbox, tidying
from sutarta.apps.people.access import Refused, require, staff


def _sorted_by(request: HttpRequest, number: int) -> Submission:
    """The submission, for whoever may sort; anybody else is told why not before a form is read."""
    its = inbox.found(request, number)
    require(rules.may_sort(request.user, its.group, request.at))
    return its


@staff
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Leave a note for colleagues."""
    its = _sorted_by(request, number)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return inbox.page(request, its, 422, note_form=form)
    text = form.cleaned_data["text"]
    sorting.note(actor=request.user, submission=its, text=text, at=request.at)
    return inbox.done(request, its, _("The note is kept."))


@staff
@require_POST
def tag(request: HttpRequest, number: int) -> HttpResponse:
    """Put a tag on, or take one off."""
    its = _sorted_by(request, number)
    if off := request.POST.get("off", ""):
        sorting.untag(actor=request.user, submission=its, name=off, at=request.at)
        return inbox.done(request, its, _("The tag is taken off."))
    form = TagForm(request.POST)
    if form.is_valid():
        name = form.cleaned_data["tag"]
        try:
            sorting.tag(actor=request.user, submission=its, name=name, at=request.at)
        except Refused as refusal:
            form.add_error("tag", str(refusal.reason))
        else:
            return inbox.done(request, its, _("The tag is put on."))
    return inbox.page(request, its, 422, tag_form=form)


@staff
@require_POST
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Say whose work it is."""
    its = _sorted_by(request, number)
    if request.POST.get("do") == "mine":
        sorting.assign(actor=request.user, submission=its, to=request.user, at=request.at)
        return inbox.done(request, its, _("It is yours now."))
    form = tidying.assign_form(request, its, request.POST)
    if not form.is_valid():
        return inbox.page(request, its, 422, assign_form=form)
    sorting.assign(actor=request.user, submission=its, to=form.cleaned_data["to"], at=request.at)
    return inbox.done(request, its, _("It is written down whose work it is."))


@staff
@require_POST
def places(request: HttpRequest, number: int) -> HttpResponse:
    """Place it beside another passage too, or take it away from there."""
    its = _sorted_by(request, number)
    if off := request.POST.get("off", ""):
        rows = filings.rows_of(its).select_related("submission", "group", "version")
        filing = get_object_or_404(rows, version=filings.newest(its), lineage_id=off)
        sorting.unfile(actor=request.user, filing=filing, at=request.at)
        return inbox.done(request, its, _("It no longer stands at that passage."))
    try:
        lineage = request.POST.get("passage", "")
        sorting.file(actor=request.user, submission=its, lineage_id=lineage, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return inbox.page(request, its, 422)
    return inbox.done(request, its, _("It stands at that passage, too."))


@staff
@require_POST
def similar(request: HttpRequest, number: int) -> HttpResponse:
    """Put it together with another one for one answer, or take it out again."""
    its = inbox.found(request, number)
    require(rules.may_decide(request.user, its.group, request.at))
    if request.POST.get("do") == "leave":
        bundling.leave(actor=request.user, submission=its, at=request.at)
        return inbox.done(request, its, _("It gets an answer of its own again."))
    typed = request.POST.get("with", "")
    wanted = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    other = queries.submissions(request.group).filter(number=wanted).first()
    try:
        if other is None:
            raise Refused(_("There is no submission of this number."))
        bundling.bundle(actor=request.user, submissions=[its, other], at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return inbox.page(request, its, 422, similar_typed=typed)
    return inbox.done(request, its, _("They get one answer together."))
