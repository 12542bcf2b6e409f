"""A person's own views of the list: kept under a name, renamed, removed, put back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sutarta.apps.consultations.actions import filters as actions
from sutarta.apps.consultations.forms.sorting import KeepForm
from sutarta.apps.consultations.rules import sorting as rules
from sutarta.apps.consultations.views.desk.asked import asked
from sutarta.apps.consultations.views.desk.listing import REMOVED, as_list, back
from sutarta.apps.people.access import Refused, require, staff


@staff
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the view in the address under the name typed."""
    require(rules.may_sort(request.user, request.group, request.at))
    form = KeepForm(request.POST)
    if form.is_valid() and _keep(request, form):
        return back(request)
    return as_list(request, keep_form=form, status=422)


def _keep(request: HttpRequest, form: KeepForm) -> bool:
    try:
        kept = actions.keep_filter(
            actor=request.user,
            group=request.group,
            name=form.cleaned_data["name"],
            query=asked(request).address,
            at=request.at,
        )
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return False
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": kept.name})
    return True


@staff
@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    """Keep the view in the address no more; the list then offers to put it back."""
    query = asked(request).address
    name = actions.remove_filter(
        actor=request.user, group=request.group, query=query, at=request.at
    )
    if name:
        request.session[REMOVED] = {"name": name, "query": query}
    return back(request)
