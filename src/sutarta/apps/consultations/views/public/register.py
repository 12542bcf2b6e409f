"""The register: everything that came in, by whatever channel, and what was answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from sutarta.apps.consultations.actions.forgetting import CONTACTS_KEPT
from sutarta.apps.consultations.models import (
    OF_IDEA_CALLS,
    AnswerCorrection,
    Channel,
    Kind,
    Submission,
)
from sutarta.apps.consultations.queries import (
    answers,
    attachments,
    bundles,
    erasing,
    ideas,
    inbox,
    meeting_pages,
    objections,
    paper,
    public,
    showing,
    whereabouts,
)
from sutarta.apps.consultations.queries import register as queries
from sutarta.apps.consultations.queries.register import Found, Wanted
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.strategies import queries as strategies
from sutarta.apps.strategies.models import Version
from sutarta.apps.ui import wording
from sutarta.apps.ui.marks import STATUSES


def register(request: HttpRequest) -> HttpResponse:
    wanted = Wanted.asked(request.GET)
    return kept(request, lambda: _register(request, wanted), keep=not wanted.q)


def submission(request: HttpRequest, number: int) -> HttpResponse:
    return kept(request, lambda: _submission(request, number))


def _register(request: HttpRequest, wanted: Wanted) -> Page:
    versions = queries.versions_of(request.group)
    newest, limit = versions[0] if versions else None, _limit(request)
    page, forgotten = request.GET.get("page", "1"), request.at - CONTACTS_KEPT
    found = queries.register(request.group, wanted, newest, page, forgotten)
    rows = found.page.object_list
    context = {
        "wanted": wanted,
        "found": found,
        "page": found.page,
        "query": f"{wanted.address()}&" if wanted.address() else "",
        "items": [
            (_item(row, versions, limit, request.at), found.beside.get(row.pk)) for row in rows
        ],
        "is_grouped": found.chosen != found.page.paginator.count,
        "files": _files(wanted),
        "chips": _chips(wanted, found),
        "parts": queries.parts_of(newest),
        "versions": versions,
        "chosen_version": next((one for one in versions if _code(one) == wanted.version), None),
        "one_strategy": len({version.strategy_id for version in versions}) < 2,
        "kinds": [(kind.lower(), kind.label) for kind in Kind],
        "channels": [(channel.lower(), channel.label) for channel in Channel],
        "orders": {
            "newest": wanted.address(order=""),
            "place": wanted.address(order=queries.PLACE),
        },
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": _("Proposals"), "url": ""},
        ],
    }
    html = render_to_string("consultations/public/register.html", context, request)
    return Page(html, public.next_change([row.consultation for row in rows], request.at))


def _files(wanted: Wanted) -> list[dict[str, str]]:
    """The same list to take away: under the same filters, at addresses that stay."""
    query = f"?{wanted.address(order='')}" if wanted.is_filtered else ""
    return [
        {"label": label, "url": reverse(f"consultations:{name}") + query, "icon": icon}
        for label, name, icon in (
            ("CSV", "register_csv", "download"),
            ("XLSX", "register_xlsx", "download"),
            (_("Feed"), "feed", "rss"),
        )
    ]


def _code(version: Version) -> str:
    """The version as an address names it."""
    return f"{version.strategy.number}-{version.number}"


def _limit(request: HttpRequest) -> datetime:
    """What came before this should have been checked; it moves at midnight, as kept pages do."""
    return inbox.overdue_before(request.at, request.group.zone)


def _item(row: Submission, versions: list[Version], limit: datetime, at: datetime) -> showing.Shown:
    """The row with links into the newest version of its own strategy."""
    strategy = row.consultation.strategy_id
    newest = next((version for version in versions if version.strategy_id == strategy), None)
    return showing.shown(row, newest, check_limit=limit, at=at)


def _chips(wanted: Wanted, found: Found) -> list[dict[str, Any]]:
    """Quick filters with counts; those with nothing behind them are left out."""
    chips = []
    for state, count in found.counts.items():
        if count or state in {"", wanted.state}:
            mark = STATUSES.get(state.upper())
            chips.append(
                {
                    "label": mark.word if mark else _("All"),
                    "icon": mark.icon if mark else "",
                    "count": count,
                    "query": wanted.address(state=state),
                    "current": state == wanted.state,
                }
            )
    return chips


def _submission(request: HttpRequest, number: int) -> Page:
    rows = public.submissions(request.group).prefetch_related("consultation__deadlines")
    row = get_object_or_404(rows, number=number)
    newest = strategies.newest(row.strategy)
    shown = showing.shown(row, newest, check_limit=_limit(request), at=request.at)
    forgotten = request.at - CONTACTS_KEPT
    here = whereabouts.now(row, newest)
    if here and shown.answer and here.lineage in shown.answer.changed:
        here = replace(here, changes=[])  # the page shows them already, as the words that changed
    context = {
        "shown": shown,
        "submission": row,
        "whereabouts": here,
        "words_changed": _words_changed(shown, newest),
        "corrections": _corrections(shown),
        "reported": objections.told(row),
        "erasures": erasing.done(row),
        "attachments": attachments.open_ones(row),
        "is_idea": row.kind in OF_IDEA_CALLS,
        "became": ideas.became([row.pk], newest).get(row.pk) if row.is_read else None,
        "same_sheet": paper.same_sheet([row], is_public=True).get(row.pk, []),
        "beside": bundles.beside(request.group, [row], forgotten).get(row.pk),
        "noted_at": meeting_pages.noted_at(row),
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": _("Proposals"), "url": reverse("consultations:register")},
            {"label": wording.nr(row.number), "url": ""},
        ],
    }
    html = render_to_string("consultations/public/submission.html", context, request)
    return Page(html, public.next_change([row.consultation], request.at))


def _corrections(shown: showing.Shown) -> list[AnswerCorrection]:
    """What the answer said before; asked for only when it was corrected."""
    answer = shown.answer
    return list(answers.corrections(answer)) if answer and answer.corrected_at else []


def _words_changed(shown: showing.Shown, newest: Version | None) -> list[dict[str, Any]]:
    """Each passage the answer changed: redline from the version spoken about to the newest."""
    if shown.answer is None or newest is None:
        return []
    spoken = shown.submission.version
    return [
        {"link": link, "changes": showing.between(spoken, newest, id)}
        for link, id in zip(shown.changed, shown.answer.changed, strict=True)
    ]
