"""Taking oneself off the lists of who came to meetings, by the link in a letter."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from sutarta.apps.consultations.actions import participants
from sutarta.apps.consultations.queries import meetings

PAGE = "consultations/public/meetings/leave.html"


@csrf_exempt  # mail programs press it by themselves (RFC 8058) and hold no token
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, ticket: str) -> HttpResponse:
    """One press takes the person off; opening the page does nothing."""
    found = meetings.to_leave(request.group, ticket)
    if found is not None and request.method == "POST":
        participants.leave(participant=found, at=request.at)
        found = None
        status = 200
    else:
        status = 200 if found is not None else 410
    response = render(request, PAGE, {"is_listed": found is not None}, status=status)
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
