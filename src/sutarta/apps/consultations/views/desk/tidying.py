"""What the page of a submission shows of its order: notes, tags, whose work, places, likes."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sutarta.apps.consultations.forms.sorting import AssignForm, NoteForm, TagForm
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import campaigns, filings, similar
from sutarta.apps.consultations.queries import inbox as queries
from sutarta.apps.consultations.queries.answers import together
from sutarta.apps.consultations.queries.staff import colleagues
from sutarta.apps.consultations.rules import sorting as rules


def about(request: HttpRequest, its: Submission) -> dict[str, Any]:
    """Context of `_sorting.html`, `_filings.html` and `_similar.html`."""
    who, at = request.user, request.at
    may_sort = rules.may_sort(who, request.group, at)
    return {
        "may_sort": may_sort,
        "notes": its.notes.select_related("actor").order_by("at", "id"),
        "tagged": [
            row.tag.name for row in its.taggings.select_related("tag").order_by("tag__name")
        ],
        "tags": list(queries.tags(request.group)) if may_sort else [],
        "note_form": NoteForm(),
        "tag_form": TagForm(),
        "assign_form": assign_form(request, its),
        **_places(request, its),
        **_similar(request, its),
    }


def assign_form(request: HttpRequest, its: Submission, data: Any = None) -> AssignForm:
    people = colleagues(request.group, request.at)
    return AssignForm(data, people=people, initial={"to": str(its.assigned_to_id or "")})


def _places(request: HttpRequest, its: Submission) -> dict[str, Any]:
    version = filings.newest(its)
    if version is None:
        return {"may_file": False, "filed": [], "is_before_words": True}
    find = request.GET.get("place", "").replace("\0", "")[:100]
    filed = filings.of(its, version)
    taken = {filings.own_place(its, version), *(one.passage.id for one in filed)}
    return {
        "may_file": rules.may_file(request.user, its, request.at),
        "filed": filed,
        "filed_in": version,
        "find": find,
        "offered": [one for one in filings.offered(version, find) if one.id not in taken],
    }


def _similar(request: HttpRequest, its: Submission) -> dict[str, Any]:
    may_bundle = rules.may_bundle(request.user, its, request.at)
    may_leave = its.bundle_id and rules.may_leave_bundle(request.user, its, request.at)
    alike = similar.found(its) if may_bundle else similar.Found([], 0)
    members = together(its).exclude(pk=its.pk).order_by("number") if its.bundle_id else []
    return {
        "may_bundle": may_bundle,
        "may_leave": may_leave,
        "members": [(one, queries.title(one)) for one in members],
        "campaign": campaigns.around(its) if may_bundle else None,
        "similar": [one for one in alike.shown if not one.is_together],
        "nearly": alike.nearly,
    }
