"""The author's own data: what we keep, until when, to take home, to have erased."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sutarta.apps.consultations.actions import erasing
from sutarta.apps.consultations.forms.erasing import OwnErasureForm
from sutarta.apps.consultations.models import ErasureScope, Submission
from sutarta.apps.consultations.queries import erasing as queries
from sutarta.apps.consultations.queries import own
from sutarta.apps.consultations.rules import moderating as rules
from sutarta.apps.consultations.views.public.mine import private
from sutarta.apps.mail import limits
from sutarta.apps.people.access import Refused, require
from sutarta.apps.ui import wording

ASKED_AN_HOUR = 20  # erasures one network may ask for


@require_http_methods(["GET", "POST"])
@private("same-origin")
def data(request: HttpRequest, submission: Submission, secret: str) -> HttpResponse:
    """Everything kept about one submission, and a form that asks to erase it."""
    form = _form(request, submission)
    if request.method == "POST":
        require(rules.may_ask_own_erasure(submission, queries.waiting(submission)))
        if form.is_valid() and _asked(request, submission, form):
            return redirect("consultations:own_data", secret)
    context: dict[str, Any] = {
        "submission": submission,
        "held": own.of(submission),
        "asked": own.asked(submission),
        "form": form,
        "may_ask": rules.may_ask_own_erasure(submission, queries.waiting(submission)),
        "mine_url": reverse("consultations:mine", args=[secret]),
        "json_url": reverse("consultations:own_data_json", args=[secret]),
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {
                "label": wording.nr(submission.number),
                "url": reverse("consultations:mine", args=[secret]),
            },
            {"label": _("Your data"), "url": ""},
        ],
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/public/own_data.html", context, status=status)


@require_safe
@private("no-referrer")
def as_json(request: HttpRequest, submission: Submission, secret: str) -> HttpResponse:
    """The same for programs."""
    body = own.as_data(submission)
    response = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"sutarta-nr-{submission.number}-data.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _form(request: HttpRequest, submission: Submission) -> OwnErasureForm:
    held = [scope for scope in ErasureScope.values if queries.holds(submission, scope)]
    if request.method != "POST":
        return OwnErasureForm(held=held)
    network = limits.network_of(request)
    may_ask_now = limits.may_act("own erasure", network, ASKED_AN_HOUR, request.at)
    return OwnErasureForm(request.POST, held=held, may_ask_now=may_ask_now)


def _asked(request: HttpRequest, submission: Submission, form: OwnErasureForm) -> bool:
    """Ask; whether it went, else the reason stands on the form."""
    try:
        erasure = erasing.ask_own_erasure(submission=submission, at=request.at, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    said = _("Erased.") if erasure.carried_out else _("Asked. You will see here how it ended.")
    messages.success(request, said)
    return True
