"""How the group is set up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sutarta.apps.people import actions, rules
from sutarta.apps.people.access import require, staff
from sutarta.apps.people.forms import GroupForm
from sutarta.apps.tenants.models import Group


@staff
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest) -> HttpResponse:
    """What the group says of itself on every page, and how it decides on answers."""
    # A row of its own: a form that comes back with errors must not change the page's frame.
    its = Group.objects.get(pk=request.group.pk)
    form = GroupForm(request.POST or None, instance=its)
    if request.method == "POST":
        require(rules.may_change_settings(request.user, request.group, request.at))
        if form.is_valid():
            actions.change_settings(
                actor=request.user,
                group=request.group,
                changed=form.cleaned_data,
                at=request.at,
            )
            messages.success(request, _("Kept. The pages show it from now on."))
            return redirect("people:settings")
    context = {
        "form": form,
        "may_change": rules.may_change_settings(request.user, request.group, request.at),
    }
    return render(request, "people/settings.html", context, status=422 if form.is_bound else 200)
