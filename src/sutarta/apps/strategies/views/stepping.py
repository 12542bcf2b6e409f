"""The page of the steps after the consultations."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sutarta.apps.people.access import require, staff
from sutarta.apps.strategies import queries, rules
from sutarta.apps.strategies.actions import stepping
from sutarta.apps.strategies.forms.stepping import step_forms
from sutarta.apps.strategies.views.found import strategy_or_404


@require_http_methods(["GET", "POST"])
@staff
def steps(request: HttpRequest, strategy: int) -> HttpResponse:
    """Who still decides, when, and what was decided; everybody sees it on the front page."""
    found = strategy_or_404(request, strategy)
    verdict = rules.may_set_steps(request.user, found, request.at)
    today = timezone.localdate(request.at)
    data = request.POST if request.method == "POST" else None
    forms = step_forms(queries.steps_of(found), today, data)
    status = 200
    if data is not None:
        require(verdict)
        right = [form.is_valid() for form in forms]  # each says what is wrong
        if all(right):
            changed = stepping.set_steps(
                actor=request.user,
                strategy=found,
                steps={form.kind: form.facts for form in forms},
                today=today,
                at=request.at,
            )
            messages.success(request, _("Saved.") if changed else _("Nothing has changed."))
            return redirect("strategies:steps", found.number)
        status = 422
    context = {
        "strategy": found,
        "forms": forms,
        "wrong": [form for form in forms if form.errors],
        "verdict": verdict,
    }
    return render(request, "strategies/steps.html", context, status=status)
