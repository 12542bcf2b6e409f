"""Reports and reviews that wait, erasures that wait for a second person, and how they ended."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sutarta.apps.consultations.actions import objecting
from sutarta.apps.consultations.forms.objecting import SettleForm
from sutarta.apps.consultations.models import Objection, ObjectionKind
from sutarta.apps.consultations.queries import erasing, happenings, sealed
from sutarta.apps.consultations.queries import objections as queries
from sutarta.apps.consultations.views.desk import inbox, looking
from sutarta.apps.people.access import Refused, require, staff

PAGE = 50


@staff
@require_GET
def objections(request: HttpRequest) -> HttpResponse:
    """The list: those that wait, or with `?show=settled` the others."""
    settled = request.GET.get("show") == "settled"
    rows = Paginator(queries.of(request.group, settled=settled), PAGE)
    page = rows.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(one) for one in page.object_list],
        "settled": settled,
        "query": "show=settled&" if settled else "",
        "erasures": [] if settled else erasing.waiting_in(request.group),
    }
    return render(request, "consultations/desk/objections.html", context)


def _row(one: Objection) -> dict[str, object]:
    return {
        "objection": one,
        "label": happenings.objection_label(one),
        "title": sealed.title(one.submission),
        "is_review": one.kind == ObjectionKind.REVIEW,
    }


@staff
@require_POST
def settle(request: HttpRequest, objection: UUID) -> HttpResponse:
    """Close one with words, on the page of its submission."""
    rows = Objection.objects.filter(group=request.group).select_related("submission")
    one = get_object_or_404(rows, pk=objection)
    verdict = looking.may_settle(request, one)
    require(verdict)
    its = inbox.found(request, one.submission.number)
    form = SettleForm(request.POST, key=one.pk)
    if form.is_valid():
        try:
            objecting.settle(
                actor=request.user,
                objection=one,
                upheld=form.cleaned_data["upheld"] == SettleForm.YES,
                explanation=form.cleaned_data["explanation"],
                at=request.at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            return inbox.done(request, its, _("It is settled."))
    return inbox.page(request, its, 422, objections=looking.objections_of(request, its, form, one))
