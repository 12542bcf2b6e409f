"""The page on which the closing report is prepared and published."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions import reporting as actions
from sutarta.apps.consultations.forms.reporting import ReportForm
from sutarta.apps.consultations.models import Consultation, Report
from sutarta.apps.consultations.queries import desk, gates
from sutarta.apps.consultations.queries import reporting as queries
from sutarta.apps.consultations.queries.report_tables import told
from sutarta.apps.consultations.rules import reporting as rules
from sutarta.apps.people.access import Refused, require, staff


@staff
def report(request: HttpRequest, number: int) -> HttpResponse:
    """The report as it would be now, what is missing, and the words the office adds."""
    its = get_object_or_404(desk.consultations_of(request.group), number=number)
    kept = queries.report_of(its)
    may_write = rules.may_write_report(request.user, its, kept, request.at)
    if request.method == "POST":
        require(may_write)
    form = ReportForm(request.POST if request.method == "POST" else None, report=kept)
    if form.is_valid() and _done(request, its, form):
        return redirect("consultations:desk_report", number)
    return _page(request, its, queries.report_of(its), form)


def _done(request: HttpRequest, its: Consultation, form: ReportForm) -> bool:
    """Keep what was typed; publish when that button was pressed."""
    facts = {"actor": request.user, "consultation": its, "at": request.at}
    try:
        actions.write_report(**facts, **form.cleaned_data)
        if request.POST.get("do") == "publish":
            actions.publish_report(**facts)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    is_published = request.POST.get("do") == "publish"
    messages.success(
        request, _("The report is published.") if is_published else _("The report is kept.")
    )
    return True


def _page(
    request: HttpRequest, its: Consultation, kept: Report | None, form: ReportForm
) -> HttpResponse:
    checks = queries.checks(its, kept)
    missing = gates.missing(checks)
    context = {
        "consultation": its,
        "report": kept,
        "form": form,
        "checks": checks,
        "may_write": rules.may_write_report(request.user, its, kept, request.at),
        "may_publish": rules.may_publish_report(request.user, its, kept, missing, request.at),
        **told(kept or its),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/desk/report.html", context, status=status)
