"""The notice of a consultation: its texts, files and checks at the desk; its deadline in public."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from sutarta.apps.consultations.queries import public
from sutarta.apps.ledger.pages import Page, kept
from sutarta.apps.publishing.queries import notices as queries
from sutarta.formats import calendars


@require_safe
def calendar(request: HttpRequest, consultation: int) -> HttpResponse:
    """The deadline of an announced consultation, for one's own calendar."""
    its = get_object_or_404(public.announced(request.group), number=consultation)
    headers = {
        "Content-Type": calendars.MEDIA_TYPE,
        "Content-Disposition": 'attachment; filename="deadline.ics"',
        "X-Content-Type-Options": "nosniff",
    }
    until = public.next_change([its], request.at)
    return kept(request, lambda: Page(calendars.write(queries.event(its)), until, headers))
