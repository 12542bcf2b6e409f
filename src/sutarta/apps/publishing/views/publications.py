"""The proof of publication: recorded at the desk, read by everybody."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import desk, public
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.people.access import Refused, require, roles_of, staff
from sutarta.apps.publishing.actions import publications as actions
from sutarta.apps.publishing.forms.publications import PublicationForm, WithdrawalForm
from sutarta.apps.publishing.models import Outlet, Publication
from sutarta.apps.publishing.queries import exports
from sutarta.apps.publishing.queries import publications as queries
from sutarta.apps.publishing.rules import publications as rules
from sutarta.apps.ui.boxed import boxed
from sutarta.core import deadlines
from sutarta.formats import tables


@staff
@require_http_methods(["GET", "POST"])
def publications(request: HttpRequest, number: int) -> HttpResponse:
    """Where the notice was seen, whether it stands long enough, and one more to record."""
    its = _consultation(request, number)
    found = queries.of(its)
    may_record = rules.may_record(request.user, its, request.at)
    if request.method == "POST":
        require(may_record)
    form, before = _form(request, its, found) if may_record else (None, None)
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, its, form, before)
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _("Recorded. Everybody sees it now."))
            return redirect("publishing:publications", number)
    context = {
        "consultation": its,
        "rows": queries.rows(its, found) if its.announced_at else [],
        "standing": queries.standing(its, found) if its.announced_at else None,
        "until": _said(its, request),
        "form": form,
        "before": before,
        "may_record": may_record,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "publishing/publications/desk.html", context, status=status)


def _form(
    request: HttpRequest, its: Consultation, found: list[Publication]
) -> tuple[PublicationForm, Publication | None]:
    """The form with what can be known beforehand, and the record it goes on from, if any."""
    before = next((one for one in found if str(one.pk) == request.GET.get("again")), None)
    is_post = request.method == "POST"
    form = PublicationForm(
        request.POST if is_post else None,
        request.FILES if is_post else None,
        initial=_initial(request, its, before, found),
        deadlines=queries.announced_deadlines(its),
        at=request.at,
        has_copy=_has_copy(before),
    )
    return form, before


def _initial(
    request: HttpRequest,
    its: Consultation,
    before: Publication | None,
    found: list[Publication],
) -> dict[str, Any]:
    """A record to be corrected or repeated as it was; else what is missing first, seen today."""
    today = timezone.localdate(request.at)
    if before is not None:
        names = ("outlet", "where", "is_obligatory")
        wrong = before.withdrawn_at is not None
        names += ("seen_on", "link", "order_number", "cost", "deadline") if wrong else ()
        return {"seen_on": today, **{name: _typed(before, name) for name in names}}
    missing = queries.standing(its, found).missing
    asked = request.GET.get("outlet", "")
    outlet = asked if asked in Outlet.values else (missing or [Outlet.SITE])[0]
    where = queries.known_places(request.group).get(outlet, "")
    return {
        "outlet": outlet,
        "where": where,
        "seen_on": today,
        "is_obligatory": outlet in request.group.obligatory,
        **_own_site(its, outlet, where),
    }


def _typed(publication: Publication, name: str) -> Any:
    if name != "cost":
        return getattr(publication, name)
    cents = publication.cost_cents
    return "" if cents is None else f"{cents // 100},{cents % 100:02d}"


def _own_site(its: Consultation, outlet: str, where: str) -> dict[str, str]:
    """Of our own site everything is known."""
    if outlet != Outlet.SITE:
        return {}
    link = public.page_address(its)
    return {"link": link, "where": where or link.split("/")[2]}


def _has_copy(before: Publication | None) -> bool:
    return before is not None and before.withdrawn_at is not None and bool(before.copy_path)


def _record(
    request: HttpRequest, its: Consultation, form: PublicationForm, before: Publication | None
) -> Publication:
    return actions.record(
        actor=request.user,
        consultation=its,
        seen=form.seen,
        deadline=form.named,
        copy=form.handed,
        copy_of=before if form.cleaned_data.get("keep_copy") else None,
        at=request.at,
    )


@staff
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: int, publication: uuid.UUID) -> HttpResponse:
    """Take back a record that was wrong, and go on to the right one if there is one."""
    its = _consultation(request, number)
    found = get_object_or_404(queries.recorded(request.group), consultation=its, pk=publication)
    require(rules.may_withdraw(request.user, found, request.at))
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.withdraw(actor=request.user, publication=found, reason=reason, at=request.at)
        messages.success(request, _("Withdrawn. The record stays, with your reason."))
        page = reverse("publishing:publications", args=[number])
        is_wrong = request.POST.get("then") == "correct"
        return redirect(f"{page}?again={found.pk}#record" if is_wrong else page)
    context = {"consultation": its, "row": queries.rows(its, [found])[0], "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "publishing/publications/withdraw.html", context, status=status)


@staff
@require_GET
def as_csv(request: HttpRequest, number: int) -> HttpResponse:
    """The proof as a table, withdrawn records too: to hand in with the strategy."""
    its = _consultation(request, number)
    rows = list(exports.rows(its, queries.of(its))) if its.announced_at else []
    parts = tables.write_csv(exports.columns(request.group), rows)
    answer = StreamingHttpResponse(parts, content_type="text/csv; charset=utf-8")
    name = f"skelbimai-{its.number}-{request.at.date().isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def proof(request: HttpRequest, consultation: int) -> HttpResponse:
    """Where and when everybody could read of the consultation, and what that cost."""
    return kept(request, lambda: _proof(request, consultation))


def _proof(request: HttpRequest, number: int) -> Page:
    its = get_object_or_404(public.announced(request.group), number=number)
    found = queries.of(its)
    standing = [row for row in queries.rows(its, found) if row.publication.withdrawn_at is None]
    costs = [row.publication.cost_cents for row in standing]
    context = {
        "consultation": its,
        "rows": standing,
        "withdrawn": [one for one in found if one.withdrawn_at is not None],
        "standing": queries.standing(its, found),
        "until": _said(its, request),
        "spent": sum(cost for cost in costs if cost is not None) if any(costs) else None,
        "is_over": request.at >= its.deadline.closes_at,
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": its.title, "url": reverse("consultations:consultation", args=[number])},
            {"label": _("Where the notice was published"), "url": ""},
        ],
    }
    html = render_to_string("publishing/publications/proof.html", context, request)
    return Page(html, public.next_change([its], request.at))


@require_safe
def copy(request: HttpRequest, consultation: int, publication: uuid.UUID) -> HttpResponse:
    """The stored copy; of a withdrawn record for staff alone."""
    recorded = queries.recorded(request.group).exclude(copy_path="")
    found = get_object_or_404(recorded, consultation__number=consultation, pk=publication)
    is_public = queries.public_ones(request.group).filter(pk=found.pk).exists()
    if not is_public and not roles_of(request.user, request.group, request.at):
        raise Http404
    return boxed(
        request,
        path=found.copy_path,
        name=found.copy_name,
        media_type=found.copy_type,
        digest=found.copy_digest,
    )


def _consultation(request: HttpRequest, number: int) -> Consultation:
    return get_object_or_404(desk.consultations_of(request.group), number=number)


def _said(its: Consultation, request: HttpRequest) -> str:
    return deadlines.say(its.deadline.value, request.LANGUAGE_CODE)
