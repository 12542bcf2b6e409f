"""Letters to print as one PDF file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sutarta.apps.consultations import lending, papers
from sutarta.apps.consultations.queries import desk, entering, telling
from sutarta.apps.people.access import staff
from sutarta.apps.tenants import queries as groups
from sutarta.formats import pdf


@staff
@require_GET
def letters(request: HttpRequest, number: int) -> HttpResponse:
    """The same letters as on the page to print; nothing of them is kept."""
    consultation = get_object_or_404(desk.consultations_of(request.group), number=number)
    asked = request.GET.get("nr", "")
    only = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    people = telling.written_to(consultation, only)
    home = entering.spoken(groups.address(request.group))
    try:
        data = pdf.write(papers.letters(consultation, people, home, request.at))
    except pdf.NotWritten:
        return lending.not_ready(request)
    return lending.as_pdf(data, f"{_('letters')}-{number}")
