"""Tracked changes and comments of the file in the preview: what shall become of each."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sutarta.apps.consultations.actions import remarks as actions
from sutarta.apps.consultations.forms.remarks import RemarksForm
from sutarta.apps.consultations.queries import remarks as queries
from sutarta.apps.consultations.queries.remarks import Offer
from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.strategies import actions as strategies
from sutarta.apps.strategies import queries as strategy_queries
from sutarta.apps.strategies import remarks as found
from sutarta.apps.strategies import rules
from sutarta.apps.strategies.models import Import
from sutarta.apps.ui.wording import nr
from sutarta.core.documents import display_numbers

ON_A_PAGE = 60
FEW = 20  # of one person: shown unfolded


@dataclass(frozen=True)
class Row:
    """One remark on the page: its offer, its field of the form, and the number of its passage."""

    offer: Offer
    field: object
    shown: str
    place: str


@dataclass(frozen=True)
class Person:
    """What one person left in the file, as far as it stands on this page."""

    name: str
    rows: list[Row]

    @property
    def is_open(self) -> bool:
        return len(self.rows) <= FEW


@require_http_methods(["GET", "POST"])
@staff
def remarks(request: HttpRequest, strategy: int) -> HttpResponse:
    """Those nobody decided on yet, by person; a form that decides."""
    import_ = _import(request, strategy)
    verdict = rules.may_prepare(request.user, import_, request.at)
    if request.method == "POST":
        require(verdict)
    waiting = sorted(found.left(import_), key=lambda one: one.author)  # stable: in file order
    its = queries.open_on(import_.strategy, request.at)
    offers = queries.offers(import_, waiting, its, request.user, request.at)
    page = Paginator(offers, ON_A_PAGE).get_page(request.GET.get("page"))
    others = [one for one in offers if one not in page.object_list]
    form = RemarksForm(
        request.POST or None,
        offers=page.object_list,
        more=len(others),
        can_enter=any(one.words for one in offers),
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.settle(
                actor=request.user, import_=import_, chosen=form.chosen(others), at=request.at
            )
        except Refused as refusal:
            form.add_error(None, str(refusal.reason))
        else:
            messages.success(request, _said(done))
            return redirect("consultations:desk_remarks", strategy)
    context = {
        "strategy": import_.strategy,
        "import_": import_,
        "consultation": its,
        "form": form,
        "page": page,
        "people": _people(import_, page, form),
        "waiting": found.people(waiting),
        "settled": _settled(import_),
        "may_settle": verdict,
    }
    status = 422 if form.errors else 200
    return render(request, "consultations/desk/remarks.html", context, status=status)


@require_POST
@staff
def again(request: HttpRequest, strategy: int) -> HttpResponse:
    """Offer once more what was left out."""
    import_ = _import(request, strategy)
    strategies.offer_again(actor=request.user, import_=import_, at=request.at)
    return redirect("consultations:desk_remarks", strategy)


def _import(request: HttpRequest, number: int) -> Import:
    strategy = strategy_queries.strategy_at(request.group, number)
    import_ = strategy_queries.open_import(strategy) if strategy else None
    if import_ is None:
        raise Http404
    require(rules.may_read(request.user, import_.group, request.at))
    return import_


def _people(import_: Import, page: Page[Offer], form: RemarksForm) -> list[Person]:
    numbers = display_numbers(strategy_queries.corrected(import_))
    rows = [
        Row(
            offer,
            form[offer.remark.key],
            numbers.get(f"p{offer.remark.block}", ""),
            "" if offer.remark.block is None else f"p{offer.remark.block}",
        )
        for offer in page.object_list
    ]
    by_name = groupby(rows, key=lambda row: row.offer.remark.author)
    return [Person(name, list(theirs)) for name, theirs in by_name]


def _settled(import_: Import) -> dict[str, object]:
    """How many became what, and the numbers of the submissions."""
    whats = list(import_.settled.values())
    return {
        "notes": sum(what["as"] == found.NOTE for what in whats),
        "out": sum(what["as"] == found.OUT for what in whats),
        "submissions": sorted(what["number"] for what in whats if "number" in what),
    }


def _said(done: actions.Settled) -> str:
    """What was done, in one sentence for each kind."""
    parts = []
    if done.notes:
        told = ngettext("%(n)s note is kept.", "%(n)s notes are kept.", done.notes)
        parts.append(told % {"n": done.notes})
    if done.submissions:
        numbers = ", ".join(nr(one.number) for one in done.submissions[:5])
        more = len(done.submissions) - 5
        count = len(done.submissions)
        told = ngettext("%(n)s submission is entered:", "%(n)s submissions are entered:", count)
        parts.append(f"{told % {'n': count}} {numbers}{' …' if more > 0 else '.'}")
    if done.out:
        told = ngettext("%(n)s remark is left out.", "%(n)s remarks are left out.", done.out)
        parts.append(told % {"n": done.out})
    return " ".join(parts) or _("There was nothing to decide on any more.")
