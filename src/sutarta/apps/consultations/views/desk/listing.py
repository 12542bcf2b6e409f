"""The list of submissions: saved filters, search, and what is done to many at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from sutarta.apps.consultations.actions import bulk as actions
from sutarta.apps.consultations.forms.sorting import BulkForm, KeepForm
from sutarta.apps.consultations.models import Deed, Submission
from sutarta.apps.consultations.queries import deeds
from sutarta.apps.consultations.queries import inbox as queries
from sutarta.apps.consultations.queries.filters import saved_filters
from sutarta.apps.consultations.queries.staff import colleagues
from sutarta.apps.consultations.rules import sorting as rules
from sutarta.apps.consultations.views.desk.asked import asked, found
from sutarta.apps.consultations.views.desk.tabs import Tabs
from sutarta.apps.people.access import Refused, require, staff

PAGE = 50
NAMED = 5  # numbers named one by one in a message
REMOVED = "removed_filter"  # in the session, until the next list is shown


@staff
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What came in, by saved filter and search."""
    return as_list(request)


@staff
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing to all that is ticked; refused, the list comes back with ticks and words."""
    require(rules.may_sort(request.user, request.group, request.at))
    form = BulkForm(request.POST, people=colleagues(request.group, request.at))
    if form.is_valid():
        chosen = _chosen(request, form)
        try:
            done = actions.do(
                actor=request.user,
                group=request.group,
                submissions=chosen,
                wish=form.wish,
                at=request.at,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            if done.deed is None and not done.left:
                messages.info(request, _("It was so already, nothing has changed."))
            _tell_left(request, done)
            return back(request)
    return as_list(request, form, status=422)


@staff
@require_POST
def undo(request: HttpRequest, deed: str) -> HttpResponse:
    """Undo what was done to many."""
    its = get_object_or_404(Deed, group=request.group, pk=deed)
    done = actions.undo(actor=request.user, deed=its, at=request.at)
    if done.changed:
        messages.success(request, _("Undone: %(n)s.") % {"n": len(done.changed)})
    _tell_left(request, done)
    return back(request)


def as_list(
    request: HttpRequest,
    form: BulkForm | None = None,
    keep_form: KeepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The list, with a form that came back."""
    known = queries.filters(request.group, request.user, request.at)
    counts = queries.counts(request.group, known)
    first = next((name for name in ("moderate", "answer") if counts[name]), "all")
    wanted = asked(request, first if counts["all"] else queries.FIRST)
    paginator = Paginator(found(request, wanted), PAGE)
    page = paginator.get_page(request.GET.get("page"))
    tags = queries.tags(request.group)
    tabs = Tabs(wanted, counts, tags)
    context = {
        "page": page,
        "rows": queries.rows(page.object_list, request.group, request.at),
        "show": wanted.show,
        "words": wanted.words,
        "sort": wanted.sort,
        "query": wanted.query,
        "tags": list(tags),
        **_bulk(request, form),
        **_own(request, tabs, keep_form),
    }
    fragment = request.htmx and not request.htmx.history_restore_request
    name = "consultations/desk/_inbox.html" if fragment else "consultations/desk/inbox.html"
    return render(request, name, context, status=status)


def _bulk(request: HttpRequest, form: BulkForm | None) -> dict[str, Any]:
    """The form for many, who may use which part of it, and what was done last."""
    who, group, at = request.user, request.group, request.at
    may_sort = rules.may_sort(who, group, at)
    may_decide = rules.may_decide(who, group, at)
    people = colleagues(group, at) if may_sort else ()
    return {
        "may_sort": may_sort,
        "may_decide": may_decide,
        "bulk_form": form or BulkForm(people=people),
        "deed": deeds.last(group, who, at) if may_sort else None,
    }


def _own(request: HttpRequest, tabs: Tabs, form: KeepForm | None) -> dict[str, Any]:
    """All tabs, this person's own views at the end; which of them is open, which was removed."""
    may_sort = rules.may_sort(request.user, request.group, request.at)
    kept = list(saved_filters(request.group, request.user)) if may_sort else []
    here = next((one for one in kept if one.query == tabs.wanted.address), None)
    return {
        "filters": [*tabs.standing(is_own=here is not None), *map(tabs.own, kept)],
        "kept": here,
        "keep_form": form or KeepForm(initial={"name": here.name if here else ""}),
        "removed": request.session.pop(REMOVED, None) if REMOVED in request.session else None,
    }


def _chosen(request: HttpRequest, form: BulkForm) -> list[Submission]:
    """The ticked ones, or all that the list holds, by number."""
    if form.cleaned_data["everything"]:
        rows = found(request, asked(request))
    else:
        rows = queries.submissions(request.group).filter(number__in=list(form.seen))
    return list(rows.select_related("group", "answer").order_by("number"))


def _tell_left(request: HttpRequest, done: actions.Done) -> None:
    """Name what stays as it was, by reason."""
    reasons: dict[str, list[int]] = {}
    for number, why in done.left:
        reasons.setdefault(why, []).append(number)
    for why, numbers in reasons.items():
        named = ", ".join(f"Nr. {number}" for number in numbers[:NAMED])
        more = "…" if len(numbers) > NAMED else ""
        messages.warning(
            request,
            _("Left as it was: %(numbers)s. %(why)s") % {"numbers": f"{named}{more}", "why": why},
        )


def back(request: HttpRequest) -> HttpResponse:
    """To the same list."""
    query = asked(request).query if request.GET.get("show") else ""
    return redirect(f"{reverse('consultations:desk')}?{query}".rstrip("?&"))
