"""Is everything kept safe? One page of ticks for the staff."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from sutarta.apps.people.access import staff
from sutarta.apps.publishing.queries import safety as queries


@staff
@require_GET
def safety(request: HttpRequest) -> HttpResponse:
    ticks = queries.ticks(request.group, request.at)
    return render(request, "publishing/safety.html", {"ticks": ticks})
