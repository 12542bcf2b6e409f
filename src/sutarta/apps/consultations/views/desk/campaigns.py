"""Campaigns and repeated texts: offered, looked through, put together for one answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from sutarta.apps.consultations.actions import bulk as actions
from sutarta.apps.consultations.forms.sorting import BulkForm
from sutarta.apps.consultations.models import Submission, Visibility
from sutarta.apps.consultations.queries import campaigns as queries
from sutarta.apps.consultations.queries import deeds, inbox
from sutarta.apps.consultations.rules import sorting as rules
from sutarta.apps.people.access import Refused, require, staff

KINDS = ("bundle", "publish")
AT_ONCE = 100  # published by one press: each is read, sealed and logged by itself


@staff
@require_GET
def campaigns(request: HttpRequest) -> HttpResponse:
    """Every offer, the largest first."""
    context = {
        "offers": queries.offers(request.group),
        "deed": deeds.last(request.group, request.user, request.at),
    }
    return render(request, "consultations/desk/campaigns.html", context)


@staff
@require_http_methods(["GET", "HEAD", "POST"])
def campaign(request: HttpRequest, number: int) -> HttpResponse:
    """One offer with what each letter adds; what is ticked is put together, or published."""
    if request.method != "POST":
        return _page(request, number)
    require(rules.may_decide(request.user, request.group, request.at))
    form = BulkForm(request.POST, people=())
    if form.is_valid():
        try:
            done = _do(request, form)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            if done.left:
                messages.warning(request, done.left[0][1])
            return redirect("consultations:desk_campaign", number)
    return _page(request, number, form, 422)


def _do(request: HttpRequest, form: BulkForm) -> actions.Done:
    wish = form.wish
    if wish.kind not in KINDS:
        raise Refused(_("Choose what to do."))
    return actions.do(
        actor=request.user,
        group=request.group,
        submissions=_ticked(request, form),
        wish=wish,
        at=request.at,
    )


def _ticked(request: HttpRequest, form: BulkForm) -> list[Submission]:
    """The ticked ones by number; for publishing those alone that nobody has decided yet."""
    rows = inbox.submissions(request.group).filter(number__in=list(form.seen))
    rows = rows.select_related("group", "answer").order_by("number")
    if form.wish.kind == "publish":
        return list(rows.filter(visibility=Visibility.CHECKING)[:AT_ONCE])
    return list(rows)


def _page(
    request: HttpRequest, number: int, form: BulkForm | None = None, status: int = 200
) -> HttpResponse:
    its = get_object_or_404(inbox.submissions(request.group), number=number)
    offer = queries.around(its)
    if offer is None:
        raise Http404
    offer = queries.opened(offer)
    ticks = {one.tick for one in offer.open}
    context = {
        "offer": offer,
        "publishable": min(offer.checking, AT_ONCE),
        "ticked": ticks.intersection(form.ticked) if form else ticks,
        "form": form or BulkForm(people=()),
        "may_decide": rules.may_decide(request.user, request.group, request.at),
        "deed": deeds.last(request.group, request.user, request.at),
    }
    return render(request, "consultations/desk/campaign.html", context, status=status)
