"""Who witnesses the log: the page for everybody, the settings, and where signatures come in."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sutarta.apps.ledger.actions import NotTaken, cosign
from sutarta.apps.ledger.models import Witness
from sutarta.apps.ledger.queries import logs
from sutarta.apps.ledger.queries import witnesses as queries
from sutarta.apps.mail.limits import may_act, network_of
from sutarta.apps.people.access import Refused, require, staff
from sutarta.apps.publishing.actions import witnesses as actions
from sutarta.apps.publishing.forms.witnesses import WitnessForm
from sutarta.apps.publishing.rules import witnesses as rules
from sutarta.apps.tenants import queries as groups

LONGEST = 8_000  # bytes of a checkpoint with one signature more
AN_HOUR = 600  # from one network
STATUS = {"BAD": 400, "UNKNOWN": 403, "STALE": 422, "NOT_OURS": 409}


@csrf_exempt  # a program sends it, and its signature says whose it is
@require_POST
def take(request: HttpRequest) -> HttpResponse:
    """A witness's signature under our checkpoint, answered in one line.

    409 carries our log's size, as c2sp.org/tlog-witness has it.
    """
    if not may_act("cosign", network_of(request), AN_HOUR, request.at):
        return _say(429, "too many from this network: try again in an hour")
    note = request.read(LONGEST + 1)
    if len(note) > LONGEST:
        return _say(413, "too long for a checkpoint and a signature")
    try:
        cosign(group=request.group, note=note, at=request.at)
    except NotTaken as refusal:
        if refusal.code == "NOT_OURS":
            return _say(409, str(refusal.size), "text/x.tlog.size")
        return _say(STATUS[refusal.code], str(refusal))
    return _say(200, "taken")


def _say(status: int, words: str, kind: str = "text/plain; charset=utf-8") -> HttpResponse:
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(f"{words}\n", content_type=kind, status=status, headers=headers)


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Who keeps our log's checkpoints, and how to become one of them.

    Not kept in memory: a signature is no act, and a witness falls silent without one.
    """
    log = logs.in_force(request.group)
    context = {
        "witnesses": queries.state(request.group, request.at),
        "former": queries.former(request.group),
        "log": log,
        "key": logs.keys(log)[-1].public if log else "",
        "site": groups.address(request.group),
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": _("Public log"), "url": reverse("publishing:log")},
            {"label": _("Witnesses"), "url": ""},
        ],
    }
    response = render(request, "publishing/witnesses/public.html", context)
    response["Cache-Control"] = "no-cache"
    return response


@staff
@require_http_methods(["GET", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """The witnesses there are, and a form for one more."""
    group, is_sent = request.group, request.method == "POST"
    standing = queries.state(group, request.at)
    taken = WitnessForm.taken_by([one.witness for one in standing])
    form = WitnessForm(request.POST if is_sent else None, taken=taken)
    if is_sent:
        require(rules.may_name(request.user, group, request.at))
        if form.is_valid():
            actions.name(actor=request.user, group=group, at=request.at, **form.cleaned_data)
            messages.success(
                request, _("Named. The site shows the witness as soon as it has signed.")
            )
            return redirect("publishing:desk_witnesses")
    context = {
        "witnesses": standing,
        "former": queries.former(group),
        "form": form,
        "may_name": rules.may_name(request.user, group, request.at),
        "site": groups.address(group),
    }
    return render(
        request, "publishing/witnesses/desk.html", context, status=422 if form.is_bound else 200
    )


@staff
@require_POST
def end(request: HttpRequest, witness: UUID) -> HttpResponse:
    """Take no more signatures of one witness."""
    found = get_object_or_404(Witness, pk=witness, group=request.group)
    require(rules.may_name(request.user, request.group, request.at))
    try:
        actions.end(actor=request.user, witness=found, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal.reason))
    else:
        said = _("Ended: %(name)s. Name the same key again if this was a mistake.")
        messages.success(request, said % {"name": found.name})
    return redirect("publishing:desk_witnesses")
