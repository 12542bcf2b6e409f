"""Pages on which passages are tied to a next version, and that version is published."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from sutarta.apps.consultations.actions import carrying
from sutarta.apps.consultations.forms.desk import search
from sutarta.apps.consultations.queries import anchors as queries
from sutarta.apps.consultations.queries import comparison
from sutarta.apps.consultations.queries.anchors import Doubt, Overview
from sutarta.apps.consultations.queries.drafts import words_of
from sutarta.apps.consultations.queries.untaken import untaken
from sutarta.apps.consultations.rules import desk as rules
from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.strategies.actions import decide_passage, reopen_passage
from sutarta.apps.strategies.rules import may_decide
from sutarta.core.documents import Outcome

GONE, SPLIT = "gone", "split"


@staff
@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """The one draft that waits, or all of them; without any, what has no place any more."""
    found = list(queries.drafts(request.group))
    if len(found) == 1:
        return redirect("consultations:anchors_of", found[0].strategy.number)
    context = {"drafts": found, "orphans": queries.newest_orphans(request.group)}
    return render(request, "consultations/desk/drafts.html", context)


@staff
@require_GET
def draft(request: HttpRequest, strategy: int) -> HttpResponse:
    """How far one draft is: what is left to decide, and what publishing it will do."""
    its = _overview(request, strategy)
    verdict = rules.may_publish_next(
        request.user, its.version, its.running, its.holding_up, request.at
    )
    summary = [(outcome, its.counts.get(outcome, 0)) for outcome in map(str, Outcome)]
    compared = comparison.compared(its.before, its.version) if its.before else None
    context = {
        "its": its,
        "may_publish": verdict,
        "summary": summary,
        "unexplained": compared.unexplained if compared else 0,
        "untaken": untaken(compared) if compared else [],
    }
    return render(request, "consultations/desk/anchors.html", context)


@staff
def passage(request: HttpRequest, strategy: int, passage: str) -> HttpResponse:
    """One doubtful passage beside the places where it may go on."""
    its = _overview(request, strategy)
    if its.before is None:
        raise Http404
    doubt = next((one for one in its.doubts if one.passage.old_id == passage), None)
    if doubt is None:
        raise Http404
    if request.method != "POST":
        return _passage_page(request, its, doubt)
    require(may_decide(request.user, doubt.passage, request.at))
    if request.POST.get("do") == "undo":
        return _reopen(request, its, doubt)
    return _decide(request, its, doubt)


def _passage_page(
    request: HttpRequest, its: Overview, doubt: Doubt, error: str = ""
) -> HttpResponse:
    asked = request.GET.get("find", "")[:100]
    found = search(words_of(its.version), asked)
    earlier, later = queries.surroundings(its.before, doubt.old)
    parts = request.POST.getlist("parts")
    context = {
        "its": its,
        "doubt": doubt,
        "candidates": queries.candidates(doubt, its, [*found, *parts]),
        "earlier": earlier,
        "later": later,
        "find": asked,
        "found": found,
        "error": error,
        "chosen": request.POST.get("becomes") or _chosen(doubt),
        "parts": parts or [words.id for words in doubt.becomes],
        "next": its.after(doubt),
        "may_decide": may_decide(request.user, doubt.passage, request.at),
    }
    page = "consultations/desk/passage.html"
    return render(request, page, context, status=422 if error else 200)


def _chosen(doubt: Doubt) -> str:
    """What is decided so far, as the form names it."""
    if not doubt.is_decided:
        return ""
    ids = [words.id for words in doubt.becomes]
    return SPLIT if len(ids) > 1 else ids[0] if ids else GONE


def _decide(request: HttpRequest, its: Overview, doubt: Doubt) -> HttpResponse:
    chosen, parts = request.POST.get("becomes", ""), request.POST.getlist("parts")
    if not chosen:
        return _passage_page(request, its, doubt, _("Choose where the passage goes on."))
    if chosen == SPLIT and len(set(parts)) < 2:
        return _passage_page(
            request, its, doubt, _("Tick at least two passages it was split into.")
        )
    becomes = {GONE: [], SPLIT: parts}.get(chosen, [chosen])
    try:
        decide_passage(actor=request.user, passage=doubt.passage, becomes=becomes, at=request.at)
    except Refused as refusal:
        return _passage_page(request, its, doubt, str(refusal.reason))
    messages.success(request, _("Decided. You can choose again until the version is published."))
    following = its.after(doubt)
    strategy = its.version.strategy.number
    if following:
        return redirect("consultations:desk_passage", strategy, following.passage.old_id)
    return redirect("consultations:anchors_of", strategy)


def _reopen(request: HttpRequest, its: Overview, doubt: Doubt) -> HttpResponse:
    reopen_passage(actor=request.user, passage=doubt.passage, at=request.at)
    messages.success(request, _("The decision is taken back."))
    return redirect("consultations:desk_passage", its.version.strategy.number, doubt.passage.old_id)


@staff
@require_POST
def publish(request: HttpRequest, strategy: int) -> HttpResponse:
    """Publish the draft and carry every submission over; after the first version, go on to ask."""
    its = _overview(request, strategy)
    carrying.publish_next(actor=request.user, version=its.version, at=request.at)
    if its.before is None:
        messages.success(request, _("The version is published. Now ask people what they think."))
        return redirect("consultations:desk_prepare", strategy, its.version.number)
    said = ngettext(
        "The version is published; %(n)s submission is carried over to it.",
        "The version is published; %(n)s submissions are carried over to it.",
        its.submissions,
    )
    messages.success(request, said % {"n": its.submissions})
    return redirect("consultations:version", strategy, its.version.number)


def _overview(request: HttpRequest, strategy: int) -> Overview:
    found = queries.drafts(request.group).filter(strategy__number=strategy).first()
    if found is None:
        raise Http404
    return queries.overview(found, request.at)
