"""The group's rules on notices, and the frame for other sites."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sutarta.apps.people import actions, rules
from sutarta.apps.people.access import require, staff
from sutarta.apps.publishing.forms.publications import NoticeSettingsForm
from sutarta.apps.publishing.models import Outlet
from sutarta.apps.publishing.queries import embedding


@staff
@require_http_methods(["GET", "POST"])
def notices(request: HttpRequest) -> HttpResponse:
    """How long and where a notice must stand, who may frame us, and the line for them."""
    group, may_change = (
        request.group,
        rules.may_change_settings(request.user, request.group, request.at),
    )
    posted = request.POST if request.method == "POST" else None
    form = NoticeSettingsForm(posted, initial=NoticeSettingsForm.initial_of(group))
    if request.method == "POST":
        require(may_change)
        if form.is_valid():
            changed = form.cleaned_data
            actions.change_settings(actor=request.user, group=group, changed=changed, at=request.at)
            messages.success(request, _("Kept. It counts from now on."))
            return redirect("publishing:settings")
    context = {
        "form": form,
        "may_change": may_change,
        "obligatory": [Outlet(code).label for code in group.obligatory],
        "lines": _lines(request),
    }
    status = 422 if form.is_bound else 200
    return render(request, "publishing/settings.html", context, status=status)


def _lines(request: HttpRequest) -> list[dict[str, Any]]:
    """The line for other sites in every language, that of the group first."""
    group = request.group
    codes = sorted(dict(settings.LANGUAGES), key=lambda code: code != group.language)
    return [
        {
            "code": code,
            "language": get_language_info(code)["name_local"],
            "html": embedding.line(group, code),
        }
        for code in codes
    ]
