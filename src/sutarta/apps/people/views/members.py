"""Who works here: letting people in and out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sutarta.apps.people import actions, queries, rules
from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.people.forms import MemberForm
from sutarta.apps.people.models import Membership


@staff
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest) -> HttpResponse:
    """Everybody with a role here, and a form for one more."""
    form = MemberForm(request.POST or None)
    if request.method == "POST":
        require(rules.may_change_settings(request.user, request.group, request.at))
        if form.is_valid():
            user = actions.invite(
                actor=request.user, group=request.group, at=request.at, **form.cleaned_data
            )
            messages.success(request, _("%(who)s will get a letter on how to sign in.")
                             % {"who": user})  # fmt: skip
            return redirect("people:members")
    return _page(request, form, 422 if form.is_bound else 200)


@staff
@require_POST
def end(request: HttpRequest, membership: UUID) -> HttpResponse:
    """End one role of one person."""
    found = get_object_or_404(Membership, pk=membership, group=request.group)
    require(rules.may_change_settings(request.user, request.group, request.at))
    try:
        actions.end_membership(actor=request.user, membership=found, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
    else:
        said = _("Ended: %(who)s, %(role)s. Give the role again below if this was a mistake.")
        messages.success(request, said % {"who": found.user, "role": found.get_role_display()})
    return redirect("people:members")


def _page(request: HttpRequest, form: MemberForm, status: int) -> HttpResponse:
    group, at = request.group, request.at
    held = list(queries.memberships(group, at))
    context = {
        "memberships": held,
        "former": queries.former_memberships(group, at)[:50],
        "form": form,
        "may_change": rules.may_change_settings(request.user, group, at),
        "alone": sum(one.role == "COORDINATOR" for one in held) == 1,
    }
    return render(request, "people/members.html", context, status=status)
