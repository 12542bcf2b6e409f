"""Erasing by two people: one asks here, another one carries it out or refuses."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutarta.apps.consultations.actions import erasing
from sutarta.apps.consultations.forms.erasing import ErasureForm
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import erasing as queries
from sutarta.apps.consultations.queries import one, sealed
from sutarta.apps.consultations.rules import moderating as rules
from sutarta.apps.people.access import Refused, require, staff


@staff
def erase(request: HttpRequest, number: int) -> HttpResponse:
    """Ask for an erasure, see the one that waits, and those carried out."""
    its = get_object_or_404(one.submissions(request.group), number=number)
    if request.method != "POST":
        return _page(request, its, ErasureForm())
    require(rules.may_ask_erasure(request.user, its, queries.waiting(its), request.at))
    form = ErasureForm(request.POST)
    if form.is_valid():
        try:
            erasing.ask_erasure(
                actor=request.user, submission=its, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("Asked. A coordinator other than you decides."))
            return redirect("consultations:desk_erase", number)
    return _page(request, its, form, 422)


@staff
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """The second person: `do` is "erase" or "refuse"; `refusal` says why not."""
    its = get_object_or_404(one.submissions(request.group), number=number)
    erasure = queries.waiting(its)
    if erasure is None:
        require(rules.may_decide_nothing(request.user, its, request.at))
        messages.info(request, _("Nothing waits to be erased here."))
        return redirect("consultations:desk_erase", number)
    carry_out = request.POST.get("do") == "erase"
    require(rules.may_decide_erasure(request.user, erasure, request.at))
    try:
        erasing.decide_erasure(
            actor=request.user, erasure=erasure, carry_out=carry_out, at=request.at,
            refusal=request.POST.get("refusal", ""),
        )  # fmt: skip
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
        return redirect("consultations:desk_erase", number)
    said = _("Erased.") if carry_out else _("The erasure is refused; nothing was erased.")
    messages.success(request, said)
    return redirect("consultations:desk_erase", number)


def _page(
    request: HttpRequest, its: Submission, form: ErasureForm, status: int = 200
) -> HttpResponse:
    who, at = request.user, request.at
    waiting = queries.waiting(its)
    context: dict[str, Any] = {
        "submission": its,
        "title": sealed.title(its),
        "form": form,
        "may_ask": rules.may_ask_erasure(who, its, waiting, at),
        "erasure": waiting,
        "may_decide": waiting and rules.may_decide_erasure(who, waiting, at),
        "deciders": waiting and queries.may_decide(request.group, waiting.asked_by, at),
        "erasures": queries.done(its),
    }
    return render(request, "consultations/desk/erase.html", context, status=status)
