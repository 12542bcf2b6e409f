"""Files at the desk: looked at, and opened to the public one by one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutarta.apps.consultations.actions import attaching
from sutarta.apps.consultations.queries import attachments as queries
from sutarta.apps.consultations.rules import attaching as rules
from sutarta.apps.people.access import require, staff


@staff
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """`approve` or `hide` holds the digest of the file."""
    require(rules.may_look_through(request.user, request.group, request.at))
    hides = "hide" in request.POST
    digest = request.POST.get("hide" if hides else "approve", "")
    found = get_object_or_404(
        queries.standing(request.group), submission__number=number, digest=digest
    )
    decided = attaching.hide if hides else attaching.approve
    decided(actor=request.user, attachment=found, at=request.at)
    said = _("The public cannot open the file.") if hides else _("The public can open the file.")
    messages.success(request, said)
    return redirect("consultations:desk_submission", number)
