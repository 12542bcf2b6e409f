"""Pages on which a consultation is prepared, announced, extended and answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sutarta.apps.consultations.actions import running
from sutarta.apps.consultations.forms.ideas import IdeaCallForm, IdeaTextForm
from sutarta.apps.consultations.forms.running import (
    ConsultationForm,
    DeadlineForm,
    ExtensionForm,
    TextForm,
)
from sutarta.apps.consultations.models import Consultation, Stage
from sutarta.apps.consultations.queries import desk as queries
from sutarta.apps.consultations.queries import gates
from sutarta.apps.consultations.rules import desk as rules
from sutarta.apps.consultations.rules import ideas
from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.strategies.queries import version_at
from sutarta.core import deadlines


@staff
@require_GET
def consultations(request: HttpRequest) -> HttpResponse:
    """Every consultation of the group, and the versions one may be opened on."""
    rows = [(one, one.stage(request.at)) for one in queries.consultations_of(request.group)]
    versions = queries.newest_versions(request.group)
    return render(
        request,
        "consultations/desk/consultations.html",
        {
            "rows": rows,
            "versions": versions,
            "at": request.at,
            "may_begin": ideas.may_begin(request.user, request.group, request.at),
        },
    )


@staff
def prepare(request: HttpRequest, strategy: int, version: int) -> HttpResponse:
    """Begin a consultation on a published version."""
    its_version = version_at(request.group, strategy, version)
    if its_version is None:
        raise Http404
    require(rules.may_prepare(request.user, its_version, request.at))
    proposed = ConsultationForm.proposed(its_version, request.user, request.at)
    form = ConsultationForm(_data(request), zone=request.group.zone, initial=proposed)
    if request.method == "POST" and form.is_valid():
        made = running.begin(
            actor=request.user,
            version=its_version,
            facts=form.facts(),
            deadline=form.deadline,
            at=request.at,
        )
        return redirect("consultations:desk_consultation", made.number)
    return _form(request, form, {"version": its_version})


@staff
def edit(request: HttpRequest, number: int) -> HttpResponse:
    """Change what a consultation says; once announced, its opening and deadline stay."""
    its = _consultation(request, number)
    require(rules.may_edit(request.user, its, request.at))
    if its.announced_at is None:
        return _edit_prepared(request, its)
    kind = IdeaTextForm if its.is_idea_call else TextForm
    form = kind(_data(request), initial=TextForm.initial_of(its))
    if request.method == "POST" and form.is_valid():
        try:
            facts = form.facts(opens_at=its.opens_at)
            running.edit(actor=request.user, consultation=its, facts=facts, at=request.at)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return redirect("consultations:desk_consultation", number)
    return _form(request, form, _spoken_of(its))


def _edit_prepared(request: HttpRequest, its: Consultation) -> HttpResponse:
    initial = TextForm.initial_of(its) | DeadlineForm.initial_from(its.deadline.value)
    kind = IdeaCallForm if its.is_idea_call else ConsultationForm
    form = kind(_data(request), zone=request.group.zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        who, at = request.user, request.at
        running.edit(actor=who, consultation=its, facts=form.facts(), at=at)
        running.set_deadline(actor=who, consultation=its, deadline=form.deadline, at=at)
        return redirect("consultations:desk_consultation", its.number)
    return _form(request, form, _spoken_of(its))


def _spoken_of(its: Consultation) -> dict[str, object]:
    return {"version": its.version, "consultation": its, "is_idea_call": its.is_idea_call}


def _form(request: HttpRequest, form: TextForm, context: dict[str, object]) -> HttpResponse:
    status = 422 if form.is_bound else 200
    page = "consultations/desk/consultation_form.html"
    return render(request, page, {"form": form, **context}, status=status)


@staff
@require_GET
def sentence(request: HttpRequest) -> HttpResponse:
    """The deadline being typed, said back as a sentence; htmx puts it under the fields."""
    form = DeadlineForm(request.GET, zone=request.group.zone)
    said = _said(form.deadline) if form.is_valid() else ""
    return render(request, "consultations/desk/_sentence.html", {"sentence": said})


def _said(deadline: deadlines.Deadline) -> str:
    return deadlines.say(deadline, deadlines.nearest_language(get_language()))


@staff
@require_GET
def consultation(request: HttpRequest, number: int) -> HttpResponse:
    """One consultation: what is missing, the next step, how far the answers are."""
    its = _consultation(request, number)
    return render(request, "consultations/desk/consultation.html", _page(request, its))


def _page(request: HttpRequest, its: Consultation) -> dict[str, object]:
    checks = gates.before_announcing(its, request.at)
    gate = gates.before_publishing(its)
    return {
        "consultation": its,
        "stage": its.stage(request.at),
        "stages": Stage,
        "sentence": _said(its.deadline.value),
        "deadlines": sorted(its.deadlines.all(), key=lambda row: row.set_at),
        "checks": checks,
        "gate": gate,
        "may_edit": rules.may_edit(request.user, its, request.at),
        "may_extend": rules.may_set_deadline(request.user, its, request.at),
        "may_announce": rules.may_announce(request.user, its, gates.missing(checks), request.at),
        "may_publish": rules.may_publish_answers(
            request.user, its, gates.missing(gate.checks), request.at
        ),
        "at": request.at,
    }


@staff
def extend(request: HttpRequest, number: int) -> HttpResponse:
    """Move an announced deadline to a later time, with a reason."""
    its = _consultation(request, number)
    require(rules.may_set_deadline(request.user, its, request.at))
    initial = {**DeadlineForm.initial_from(its.deadline.value), "answers_by": its.answers_by}
    form = ExtensionForm(_data(request), zone=request.group.zone, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            running.set_deadline(
                actor=request.user,
                consultation=its,
                deadline=form.deadline,
                reason=form.cleaned_data["reason"],
                answers_by=form.cleaned_data["answers_by"],
                at=request.at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("The deadline is moved."))
            return redirect("consultations:desk_consultation", number)
    context = {"form": form, "consultation": its, "sentence": _said(its.deadline.value)}
    status = 422 if form.is_bound else 200
    return render(request, "consultations/desk/extend.html", context, status=status)


@staff
@require_POST
def announce(request: HttpRequest, number: int) -> HttpResponse:
    """Make the consultation public."""
    its = _consultation(request, number)
    running.announce(actor=request.user, consultation=its, at=request.at)
    messages.success(request, _("The consultation is announced."))
    return redirect("consultations:desk_consultation", number)


def _data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _consultation(request: HttpRequest, number: int) -> Consultation:
    return get_object_or_404(queries.consultations_of(request.group), number=number)
