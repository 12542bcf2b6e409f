"""The page of an idea call: a map with counts, a list beside it, and every idea with its fate."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from sutarta.apps.consultations.models import OF_IDEA_CALLS, Consultation, ForWhom
from sutarta.apps.consultations.queries import ideas, showing
from sutarta.apps.consultations.queries.ideas import Found, Wanted

NAMED = 8  # parts whose names fit on the map; more are told apart by their numbers


def drawn(request: HttpRequest, consultation: Consultation, about: dict[str, Any]) -> str:
    """The page; `about` is what every consultation says of itself."""
    wanted = Wanted.asked(request.GET)
    places = ideas.places(consultation, wanted)
    map_ = ideas.drawn(places)
    found = ideas.found(consultation, wanted, request.GET.get("page", "1"))
    query = wanted.address()
    context = {
        **about,
        "wanted": wanted,
        "places": places,
        "map": map_,
        "on_map": [(shape, places[shape.key]) for shape in map_.shapes] if map_ else [],
        "is_named": len(places) <= NAMED,
        "found": found,
        "page": found.page,
        "query": f"{query}&" if query else "",
        "items": _items(request, found),
        "kinds": [(kind.lower(), kind.label) for kind in OF_IDEA_CALLS],
        "whom": [(whom.lower(), whom.label) for whom in ForWhom],
        "all_query": wanted.address(ward=""),
    }
    return render_to_string("consultations/public/ideas.html", context, request)


def _items(request: HttpRequest, found: Found) -> list[dict[str, Any]]:
    return [
        {
            "shown": showing.shown(row, None, at=request.at),
            "photos": found.photos.get(row.pk, ()),
            "became": found.became.get(row.pk, ()),
        }
        for row in found.page.object_list
    ]
