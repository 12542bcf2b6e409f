"""Beginning an idea call at the desk; what became of its ideas."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from sutarta.apps.consultations.actions import ideas as actions
from sutarta.apps.consultations.forms.ideas import BeginForm
from sutarta.apps.consultations.queries import desk, ideas
from sutarta.apps.consultations.rules import ideas as rules
from sutarta.apps.people.access import require, staff
from sutarta.apps.strategies import queries as strategies


@staff
def begin(request: HttpRequest) -> HttpResponse:
    """A call for needs and ideas, for a strategy with or without a text."""
    require(rules.may_begin(request.user, request.group, request.at))
    known = list(strategies.strategies_of(request.group))
    initial = BeginForm.proposed(request.group, known, request.user, request.at)
    data = request.POST if request.method == "POST" else None
    form = BeginForm(data, strategies=known, zone=request.group.zone, initial=initial)
    if form.is_valid():
        made = actions.begin(
            actor=request.user,
            group=request.group,
            strategy=form.chosen,
            title=form.cleaned_data["strategy_title"],
            facts=form.facts(),
            deadline=form.deadline,
            at=request.at,
        )
        return redirect("consultations:desk_consultation", made.number)
    status = 422 if form.is_bound else 200
    page = "consultations/desk/consultation_form.html"
    return render(request, page, {"form": form, "is_idea_call": True}, status=status)


@staff
@require_GET
def ways(request: HttpRequest, number: int) -> HttpResponse:
    """From needs to words: every idea of the call with the passages placed beside it."""
    its = get_object_or_404(desk.consultations_of(request.group), number=number, version=None)
    context = {"consultation": its, "ways": ideas.ways(its)}
    return render(request, "consultations/desk/idea_ways.html", context)
