"""Reading a version: its words, what was said about one passage, where a passage comes from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sutarta.apps.consultations.drawing import Drawing
from sutarta.apps.consultations.models import Consultation, Stage, Submission
from sutarta.apps.consultations.queries import (
    passages,
    public,
    reading,
    showing,
    stories,
)
from sutarta.apps.consultations.queries.passages import Passages
from sutarta.apps.consultations.queries.reading import PART, Said
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.strategies import queries as strategies
from sutarta.apps.strategies.models import Version
from sutarta.core import deadlines

# Where the passages go. Templates would copy their megabyte once for every block around it.
PASSAGES = mark_safe("<!-- passages -->")


def strategy(request: HttpRequest, strategy: int) -> HttpResponse:
    """To the newest version."""
    found = reading.published_versions(request.group, strategy)
    if not found:
        raise Http404
    return redirect("consultations:version", strategy, found[0].number)


def version(request: HttpRequest, strategy: int, version: int) -> HttpResponse:
    return kept(request, lambda: _reading(request, strategy, version, ""))


def passage(request: HttpRequest, strategy: int, version: int, lineage: str) -> HttpResponse:
    """The same page with one passage opened."""
    return kept(request, lambda: _reading(request, strategy, version, lineage))


def printed(request: HttpRequest, strategy: int, version: int, number: str) -> HttpResponse:
    """From a printed number, which holds within its version only, to the permanent address."""
    _versions, chosen, _before = _chosen(request, strategy, version)
    found = passages.of(chosen).by_number.get(number)
    if found is None:
        raise Http404
    address = reverse("consultations:passage", args=[strategy, version, found.id])
    return redirect(f"{address}#{found.id}")


def picture(request: HttpRequest, strategy: int, version: int, digest: str) -> HttpResponse:
    """A picture that the published version shows. Its address names its bytes: keep it for good."""
    chosen = strategies.version_at(request.group, strategy, version)
    kept_picture = strategies.picture(request.group, digest)
    if chosen is None or kept_picture is None or f"/picture/{digest}/" not in chosen.rendered:
        raise Http404
    file = default_storage.open(kept_picture.path)
    response = FileResponse(file, content_type=kept_picture.media_type)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def history(request: HttpRequest, strategy: int, version: int, lineage: str) -> HttpResponse:
    """All that was said about a passage in every version, and why it changed."""
    return kept(request, lambda: _history(request, strategy, version, lineage))


def _chosen(
    request: HttpRequest, strategy: int, number: int
) -> tuple[list[Version], Version, Version | None]:
    """All published versions, newest first; the one asked for; the one before it."""
    versions = reading.published_versions(request.group, strategy)
    at = next((at for at, found in enumerate(versions) if found.number == number), None)
    if at is None:
        raise Http404
    return versions, versions[at], versions[at + 1] if at + 1 < len(versions) else None


def _reading(request: HttpRequest, strategy: int, number: int, opened: str) -> Page:
    versions, chosen, before = _chosen(request, strategy, number)
    held = passages.of(chosen)
    if opened and opened not in held.by_id:
        raise Http404
    consultations = reading.consultations_on(chosen.strategy)
    marks = reading.marks(chosen, before)
    is_asked = opened or before is not None  # into a first version nothing was carried over
    said = Said()
    if is_asked:
        start = _start(request) if opened else 0
        said = reading.said_about(chosen, opened, versions, consultations, start)
    current = _current(chosen, consultations, request.at)
    thread = _thread(request, versions, chosen, opened, said, current) if opened else ""
    drawing = Drawing(chosen, marks, opened, thread)
    context = {
        "strategy": chosen.strategy,
        "version": chosen,
        "versions": versions,
        "body": PASSAGES,
        "toc": _contents(held, marks.counts),
        "total": sum(marks.counts.values()) - marks.filed,
        "changed": len(marks.changed),
        "opened": held.by_id.get(opened),
        "orphans": [_shown(one, versions[0], request.at) for one in said.gone],
        **_times(request, current),
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {"label": _("Strategy"), "url": ""},
        ],
    }
    page = render_to_string("consultations/public/version.html", context, request)
    html = page.replace(PASSAGES, drawing.body(), 1)
    return Page(html, public.next_change(consultations, request.at))


def _start(request: HttpRequest) -> int:
    """How many come before the part that holds the one asked for: ?from=51, counted from 1."""
    asked = request.GET.get("from", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 8
    return max(0, int(asked) - 1) // PART * PART if is_number else 0


def _current(
    version: Version, consultations: list[Consultation], at: datetime
) -> Consultation | None:
    """The consultation through which one speaks about this version: the last one opened."""
    mine = [found for found in consultations if found.version_id == version.pk]
    begun = [found for found in mine if found.stage(at) is not Stage.ANNOUNCED]
    return (begun or mine or [None])[-1]


def _times(request: HttpRequest, current: Consultation | None) -> dict[str, Any]:
    if current is None:
        return {"consultation": None}
    return {
        "consultation": current,
        "stage": str(current.stage(request.at)),
        "closes_at": current.deadline.closes_at,
        "until": deadlines.say(current.deadline.value, request.LANGUAGE_CODE),
    }


def _contents(held: Passages, counts: Any) -> list[dict[str, Any]]:
    contents = []
    for part in held.parts:
        count = sum(counts.get(id, 0) for id in part.ids)
        said = ngettext("comment", "comments", count)
        contents.append({"id": part.id, "name": part.name, "count": count, "said": said})
        contents[-1]["sections"] = part.sections
    return contents


def _shown(submission: Submission, newest: Version, at: datetime) -> dict[str, Any]:
    shown = showing.shown(submission, newest, at=at)
    return {"shown": shown, "old_text": submission.old_text, "filed": submission.filed}


def _thread(
    request: HttpRequest,
    versions: list[Version],
    chosen: Version,
    opened: str,
    said: Said,
    current: Consultation | None,
) -> str:
    passage = passages.of(chosen).by_id[opened]
    context = {
        "group": request.group,
        "passage": passage,
        "version": chosen,
        "said": [_shown(one, versions[0], request.at) for one in said.here],
        "thread": said,
        "level": min(passage.depth + 2, 5),  # one below the heading above; h1 is the page's own
        "level_below": min(passage.depth + 3, 6),
        "history_url": reverse(
            "consultations:history", args=[chosen.strategy.number, chosen.number, opened]
        ),
        "consultation": current,
        "may_speak": current is not None and request.at >= current.opens_at,
    }
    return render_to_string("consultations/public/_thread.html", context, request)


def _history(request: HttpRequest, strategy: int, number: int, lineage: str) -> Page:
    versions, chosen, _before = _chosen(request, strategy, number)
    steps = strategies.history(chosen.strategy, lineage)
    if not steps:
        raise Http404
    consultations = reading.consultations_on(chosen.strategy)
    held = passages.of(chosen).by_id.get(lineage)
    context = {
        "strategy": chosen.strategy,
        "version": chosen,
        "passage": held,
        "steps": stories.told(steps, versions, consultations),
        "crumbs": [
            {"label": _("Home"), "url": reverse("web:home")},
            {
                "label": _("Strategy"),
                "url": reverse("consultations:version", args=[strategy, number]),
            },
            {"label": _("History of a passage"), "url": ""},
        ],
    }
    html = render_to_string("consultations/public/history.html", context, request)
    return Page(html, public.next_change(consultations, request.at))
