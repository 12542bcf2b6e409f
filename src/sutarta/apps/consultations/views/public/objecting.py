"""Reporting a public text: no name, no address, and nothing is hidden before a person looked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from sutarta.apps.consultations.actions import objecting
from sutarta.apps.consultations.forms.objecting import ReportForm, ReviewForm
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import objections, public, showing
from sutarta.apps.consultations.rules import moderating as rules
from sutarta.apps.consultations.views.public.mine import private
from sutarta.apps.mail.limits import network_of
from sutarta.apps.people.access import Refused, require
from sutarta.apps.ui import wording


@never_cache
def report(request: HttpRequest, number: int) -> HttpResponse:
    """Report one text; `?thanks` once it is done."""
    its = get_object_or_404(public.submissions(request.group), number=number)
    require(rules.may_report(its))
    is_post = request.method == "POST"
    form = ReportForm(request.POST if is_post else None)
    if is_post and form.is_valid() and _reported(request, its, form):
        address = reverse("consultations:report_text", args=[number])
        return redirect(f"{address}?thanks")
    context = {
        "submission": its,
        "shown": showing.shown(its, None),
        "form": form,
        "is_done": "thanks" in request.GET and not is_post,
        "crumbs": _crumbs(its),
    }
    status = 422 if is_post else 200
    return render(request, "consultations/public/report_text.html", context, status=status)


def _reported(request: HttpRequest, its: Submission, form: ReportForm) -> bool:
    try:
        objecting.report(
            submission=its,
            reason=form.cleaned_data["reason"],
            said=form.cleaned_data["said"],
            network=network_of(request),
            at=request.at,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    return True


@private("same-origin")
def review(request: HttpRequest, submission: Submission, secret: str) -> HttpResponse:
    """The author asks that somebody looks again."""
    decision = objections.last_decision(submission)
    require(rules.may_ask_review(submission, decision, objections.last_review(submission)))
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data["said"]
        objecting.ask_review(submission=submission, said=said, at=request.at)
        return redirect("consultations:mine", secret)
    context: dict[str, Any] = {
        "submission": submission,
        "moderation": decision,
        "form": form,
        "mine": reverse("consultations:mine", args=[secret]),
        "crumbs": _crumbs(submission),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/public/review.html", context, status=status)


def _crumbs(its: Submission) -> list[dict[str, str]]:
    return [
        {"label": _("Home"), "url": reverse("web:home")},
        {"label": _("Proposals"), "url": reverse("consultations:register")},
        {
            "label": wording.nr(its.number),
            "url": reverse("consultations:submission", args=[its.number]),
        },
    ]
