"""Correcting an answer that is published already."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions import correcting
from sutarta.apps.consultations.forms.answering import CorrectionForm
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import answers as queries
from sutarta.apps.consultations.queries import one as details
from sutarta.apps.consultations.rules import answering as rules
from sutarta.apps.people.access import Refused, require, staff


@staff
def correct(request: HttpRequest, number: int) -> HttpResponse:
    """Put new words in place of a published answer, with the reason why."""
    its = get_object_or_404(details.submissions(request.group), number=number)
    may = rules.may_correct_answer(request.user, its, request.at)
    if request.method == "POST":
        require(may)
    answer = getattr(its, "answer", None)
    if answer is None or answer.published_at is None:
        return redirect("consultations:desk_submission", number)
    form = CorrectionForm(
        request.POST if request.method == "POST" else None,
        submission=its,
        choosable=details.choosable(its),
    )
    if form.is_valid() and _correct(request, its, form):
        return redirect("consultations:desk_submission", number)
    context = {
        "submission": its,
        "form": form,
        "may": may,
        "corrections": queries.corrections(answer),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/desk/correct_answer.html", context, status=status)


def _correct(request: HttpRequest, its: Submission, form: CorrectionForm) -> bool:
    try:
        correcting.correct_answer(actor=request.user, submission=its, at=request.at, **form.said)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    messages.success(request, _("The answer is corrected, and its author is told."))
    return True
