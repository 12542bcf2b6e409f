"""The page of one submission."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sutarta.apps.consultations.actions import moderating
from sutarta.apps.consultations.forms.desk import (
    LateForm,
)
from sutarta.apps.consultations.models import ForWhom, Submission
from sutarta.apps.consultations.queries import attachments, paper, sealed
from sutarta.apps.consultations.queries import inbox as queries
from sutarta.apps.consultations.queries import one as details
from sutarta.apps.consultations.rules import attaching
from sutarta.apps.consultations.rules import desk as rules
from sutarta.apps.consultations.rules import paper as retyping
from sutarta.apps.consultations.views.desk import looking, posted, replying, tidying, tongue
from sutarta.apps.consultations.views.desk.asked import asked
from sutarta.apps.consultations.views.desk.asked import found as listed
from sutarta.apps.people.access import Refused, require, staff


@staff
@require_GET
def submission(request: HttpRequest, number: int) -> HttpResponse:
    """One submission: its words, what the public sees, its answer, and every act on it."""
    return page(request, found(request, number))


def page(request: HttpRequest, its: Submission, status: int = 200, **bound: Form) -> HttpResponse:
    """The page; forms in `bound` came back with an error and keep what was typed."""
    wanted = asked(request)
    newer, older = queries.neighbours(listed(request, wanted), its.number)
    context = {
        "submission": its,
        "title": sealed.title(its),
        "state": queries.state(its),
        "passage": details.passage(its),
        "whom": [str(ForWhom(code).label) for code in its.for_whom],
        "acts": details.acts(its),
        "attachments": attachments.of(its),
        "may_look_through": attaching.may_look_through(request.user, request.group, request.at),
        "same_sheet": paper.same_sheet([its]).get(its.pk, []),
        "may_retype": retyping.may_retype(request.user, its, request.at),
        "placements": details.placements(its),
        "changed": details.changed(its),
        "newer": newer,
        "older": older,
        "query": wanted.query,
        "list_fields": wanted.fields,
        **_forms(request, its),
        **looking.about(request, its),
        **replying.about(request, its),
        **tidying.about(request, its),
        **tongue.about(request, its),
        **posted.about(request, its),
        **bound,
    }
    return render(request, "consultations/desk/submission.html", context, status=status)


def _forms(request: HttpRequest, its: Submission) -> dict[str, object]:
    """Fresh forms, each with the verdict on whether this person may use it now."""
    who, at = request.user, request.at
    return {
        "late_form": LateForm(initial={"reason": its.late_reason}),
        "may_explain_late": rules.may_explain_late(who, its, at),
    }


@staff
@require_POST
def explain_late(request: HttpRequest, number: int) -> HttpResponse:
    """Write down why a late submission is taken."""
    its = found(request, number)
    require(rules.may_explain_late(request.user, its, request.at))
    form = LateForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            moderating.accept_late(actor=request.user, submission=its, reason=reason, at=request.at)
        except Refused as refusal:
            form.add_error("reason", str(refusal.reason))
        else:
            return done(request, its, _("The reason is kept."))
    return page(request, its, 422, late_form=form)


def done(request: HttpRequest, its: Submission, said: str) -> HttpResponse:
    """Back to the page, in the same list as before."""
    messages.success(request, said)
    address = reverse("consultations:desk_submission", args=[its.number])
    return redirect(f"{address}?{asked(request).query}".rstrip("&"))


def found(request: HttpRequest, number: int) -> Submission:
    return get_object_or_404(details.submissions(request.group), number=number)
