"""The log for people: what happened, one act with its proof, and the same as Atom."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sutarta.apps.consultations.queries import public
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.ledger.queries import logs, witnesses
from sutarta.apps.publishing.queries import acts, log_proofs
from sutarta.apps.publishing.queries.act_sentences import Kind
from sutarta.apps.publishing.queries.acts import Act, Wanted
from sutarta.apps.tenants import queries as groups
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording
from sutarta.apps.ui.atom import Feed

IN_FEED = 50
KEPT_FOR = timedelta(seconds=30)  # putting acts in order and cosigning are no acts themselves


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What happened, newest first."""
    wanted = Wanted.asked(request.GET)
    return kept(request, lambda: _log(request, wanted), keep=not wanted.is_filtered)


def _log(request: HttpRequest, wanted: Wanted) -> Page:
    page = acts.page(request.group, wanted, request.GET.get("page", "1"))
    consultations = list(public.announced(request.group).order_by("-opens_at", "-number"))
    context = {
        "wanted": wanted,
        "page": page,
        "query": f"{wanted.address()}&" if wanted.address() else "",
        "kinds": Kind.choices,
        "consultations": [(str(one.number), one.title) for one in consultations],
        "feed": _with_query("publishing:log_feed", wanted),
        **_head(request.group, request.at),
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": _("Public log"), "url": ""},
        ],
    }
    html = render_to_string("publishing/log/log.html", context, request)
    return Page(html, request.at + KEPT_FOR)


def _head(group: Group, at: datetime) -> dict[str, Any]:
    """How the log stands: its name, key, newest checkpoint and who witnessed it."""
    its = logs.in_force(group)
    if its is None:
        return {"log": None}
    keys, newest = logs.keys(its), logs.newest_checkpoint(its)
    return {
        "log": its,
        "key": keys[-1].public,
        "fingerprint": logs.fingerprint(keys[-1].public),
        "checkpoint": newest,
        "witnesses": witnesses.state(group, at),
        "address": f"{groups.address(group)}/log/",
    }


@require_safe
def act(request: HttpRequest, epoch: int, leaf: int) -> HttpResponse:
    """One act: its sentence, what was recorded, and where it stands in the log."""
    its = _act(request, epoch, leaf)
    context = {
        "act": its,
        "body": log_proofs.readable(its.said),
        "rows": log_proofs.rows(its.entry, its.said),
        "leaf": log_proofs.leaf_hash(its.entry),
        "origin": its.entry.log.origin,
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": _("Public log"), "url": reverse("publishing:log")},
            {"label": _("Place %(leaf)s in the log") % {"leaf": leaf}, "url": ""},
        ],
    }
    response = render(request, "publishing/log/act.html", context)
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def proof(request: HttpRequest, epoch: int, leaf: int) -> HttpResponse:
    """The act with its way up to the newest checkpoint, for programs."""
    its = _act(request, epoch, leaf)
    said = log_proofs.proof(its.entry)
    if said is None:
        raise Http404
    answer = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
    name = f"proof-{epoch}-{leaf}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Cache-Control"] = "no-cache"
    return answer


def _act(request: HttpRequest, epoch: int, leaf: int) -> Act:
    found = acts.at_place(request.group, epoch, leaf)
    if found is None:
        raise Http404
    return found


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """The same as Atom, under the same filters."""
    wanted = Wanted.asked(request.GET)
    return kept(request, lambda: _feed(request, wanted), keep=not wanted.is_filtered)


def _feed(request: HttpRequest, wanted: Wanted) -> Page:
    site = groups.address(request.group)
    made = Feed(
        title=f"{_('Public log')} – {request.group.short_name}",
        link=site + _with_query("publishing:log", wanted),
        feed_url=site + _with_query("publishing:log_feed", wanted),
        description=None,
        subtitle=". ".join(filter(None, [_("What happened last"), wording.eu_line(request.group)])),
        language=request.LANGUAGE_CODE,
        author_name=request.group.name,
    )
    for one in acts.newest(request.group, wanted, IN_FEED):
        made.add_item(
            title=one.sentence,
            link=site + (one.path or one.place or reverse("publishing:log")),
            description=escape(one.kind),  # Atom1Feed calls every summary HTML
            unique_id=f"urn:uuid:{one.entry.pk}",
            pubdate=one.entry.at,
            updateddate=one.entry.at,
        )
    headers = {"Content-Type": "application/atom+xml; charset=utf-8"}
    return Page(made.writeString("utf-8"), request.at + KEPT_FOR, headers)


def _with_query(name: str, wanted: Wanted) -> str:
    query = wanted.address()
    return f"{reverse(name)}?{query}" if query else reverse(name)
