"""Approving answers by a second person and by the board, looking through and publishing them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations.actions import answering, approving, letters
from sutarta.apps.consultations.forms.answering import BoardForm
from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import answers as queries
from sutarta.apps.consultations.queries import desk, gates
from sutarta.apps.consultations.rules import answering as rules
from sutarta.apps.consultations.rules.desk import may_publish_answers
from sutarta.apps.people.access import Refused, require, staff

DIVIDER = "|"  # between the number of a submission and the edition of its answer


@staff
def approvals(request: HttpRequest) -> HttpResponse:
    """Answers that wait for a second person, and those approved; either may be ticked."""
    problem = ""
    if request.method == "POST":
        require(rules.may_look_at_approvals(request.user, request.group, request.at))
        try:
            said = _approve(request)
        except Refused as refusal:
            problem = str(refusal.reason)
        else:
            messages.success(request, said)
            return redirect("consultations:desk_approvals")
    rows = queries.approvals(request.group, request.user)
    context = {
        "waiting": [row for row in rows if row.answer.approved_at is None],
        "for_me": any(row.answer.approved_at is None and not row.is_own for row in rows),
        "approved": [row for row in rows if row.answer.approved_at is not None],
        "may": rules.may_look_at_approvals(request.user, request.group, request.at),
        "ticked": set(request.POST.getlist("answer")),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "consultations/desk/approvals.html", context, status=status)


def _approve(request: HttpRequest) -> str:
    """Approve what is ticked, or take its approval back; returns what to tell."""
    pairs = (row.partition(DIVIDER) for row in request.POST.getlist("answer"))
    seen = {int(number): edition for number, _bar, edition in pairs if number.isdecimal()}
    if not seen:
        raise Refused(_("Tick at least one answer."))
    facts = {"actor": request.user, "group": request.group, "at": request.at}
    if request.POST.get("do") == "take_back":
        found = approving.take_back_approvals(numbers=list(seen), **facts)
        said = ngettext("%(n)s approval is taken back.", "%(n)s approvals are taken back.",
                        len(found))  # fmt: skip
    else:
        found = approving.approve_answers(seen=seen, **facts)
        said = ngettext(
            "%(n)s answer is approved. Below you can take it back.",
            "%(n)s answers are approved. Below you can take them back.",
            len(found),
        )
    return said % {"n": len(found)}


@staff
def board(request: HttpRequest, number: int) -> HttpResponse:
    """What the board is to approve, what it approved before, and a form to write it down."""
    its = _consultation(request, number)
    gate = gates.before_publishing(its)
    may = rules.may_record_board(request.user, its, gate.proposals, gate.ready, request.at)
    form = BoardForm(_data(request))
    if request.method == "POST":
        require(may)
        if form.is_valid() and _record(request, its, form):
            return redirect("consultations:desk_consultation", number)
    context = {
        "consultation": its,
        "gate": gate,
        "may": may,
        "form": form,
        "answers": queries.prepared(its),
        "approvals": its.approvals.select_related("recorded_by").order_by("-recorded_at"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "consultations/desk/board.html", context, status=status)


def _record(request: HttpRequest, its: Consultation, form: BoardForm) -> bool:
    try:
        approving.record_board(
            actor=request.user, consultation=its, at=request.at, **form.cleaned_data
        )
    except Refused as refusal:
        form.add_error("decided_on", str(refusal.reason))
        return False
    messages.success(request, _("The board’s approval is written down."))
    return True


@staff
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """All answers as everybody will read them; then publish them, which cannot be undone."""
    its = _consultation(request, number)
    gate = gates.before_publishing(its)
    may = may_publish_answers(request.user, its, gates.missing(gate.checks), request.at)
    problem = ""
    if request.method == "POST":
        require(may)
        try:
            return _publish(request, its)
        except Refused as refusal:
            problem = str(refusal.reason)
    prepared = list(queries.prepared(its))
    context = {
        "consultation": its,
        "gate": gate,
        "may": may,
        "answers": prepared,
        "seen": gates.content_digest(prepared),
        "letter": letters.sample(its, prepared),
        "problem": problem,
    }
    status = 422 if problem else 200
    return render(request, "consultations/desk/publish.html", context, status=status)


def _publish(request: HttpRequest, its: Consultation) -> HttpResponse:
    seen = request.POST.get("seen", "")
    count = answering.publish_answers(
        actor=request.user, consultation=its, seen=seen, at=request.at
    )
    said = ngettext("%(n)s answer is published.", "%(n)s answers are published.", count)
    messages.success(request, said % {"n": count})
    return redirect("consultations:desk_consultation", its.number)


def _data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _consultation(request: HttpRequest, number: int) -> Consultation:
    return get_object_or_404(desk.consultations_of(request.group), number=number)
