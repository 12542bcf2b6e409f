"""Telling the answers to people who have no e-mail: letters, calls, comments, ticks."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sutarta.apps.consultations.actions import telling as actions
from sutarta.apps.consultations.forms.telling import ToldForm
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import desk, entering
from sutarta.apps.consultations.queries import telling as queries
from sutarta.apps.consultations.rules import entering as rules
from sutarta.apps.people.access import require, staff
from sutarta.apps.tenants import queries as groups


@staff
@require_http_methods(["GET", "POST"])
def telling(request: HttpRequest, number: int) -> HttpResponse:
    """The lists to tick off; a press ticks one person or takes the tick back."""
    consultation = _consultation(request, number)
    form = ToldForm()
    if request.method == "POST":
        require(rules.may_tell(request.user, consultation, request.at))
        form = ToldForm(request.POST)
        if form.is_valid():
            return _tick(request, consultation, form)
    context = {
        "consultation": consultation,
        "form": form,
        "round": queries.round_of(consultation),
        "replies": [
            (one, entering.first_reply(one)) for one in queries.replies_to_paste(consultation)
        ],
        "may_tell": rules.may_tell(request.user, consultation, request.at),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/desk/telling.html", context, status=status)


def _tick(request: HttpRequest, consultation: Consultation, form: ToldForm) -> HttpResponse:
    way, number = form.cleaned_data["way"], form.cleaned_data["number"]
    person = queries.person(consultation, way, number)
    if person is None:
        raise Http404
    undo = request.POST.get("do") == "undo"
    (actions.untell if undo else actions.tell)(
        actor=request.user,
        consultation=consultation,
        submissions=person.submissions,
        way=way,
        at=request.at,
    )
    messages.success(request, _("Taken back.") if undo else _("Ticked off."))
    address = reverse("consultations:desk_telling", args=[consultation.number])
    return redirect(f"{address}#{person.id}")


@staff
@require_GET
def letters(request: HttpRequest, number: int) -> HttpResponse:
    """Letters to print, one a page; `?nr=65`: that person's alone."""
    consultation = _consultation(request, number)
    asked = request.GET.get("nr", "")
    only = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    context = {
        "consultation": consultation,
        "people": queries.written_to(consultation, only),
        "home": entering.spoken(groups.address(request.group)),
    }
    return render(request, "consultations/desk/letter_print.html", context)


def _consultation(request: HttpRequest, number: int) -> Consultation:
    return get_object_or_404(desk.consultations_of(request.group), number=number)
