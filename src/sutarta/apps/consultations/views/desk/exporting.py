"""The list of submissions, as the filter shows it, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from sutarta.apps.consultations.queries import exports
from sutarta.apps.consultations.views.desk.asked import asked, found
from sutarta.apps.people.access import staff
from sutarta.formats.tables import write_csv, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@staff
@require_GET
def as_csv(request: HttpRequest) -> HttpResponse:
    """What the list holds, with authors and their contacts: for the desk alone."""
    parts = write_csv(_columns(), list(_rows(request)))
    return _file(request, StreamingHttpResponse(parts, content_type="text/csv"), "csv")


@staff
@require_GET
def as_xlsx(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    data = write_xlsx(_columns(), _rows(request), _("Proposals received"))
    return _file(request, HttpResponse(data, content_type=XLSX), "xlsx")


def _columns() -> list[str]:
    return [str(column) for column in exports.COLUMNS]


def _rows(request: HttpRequest) -> Iterator[list[Any]]:
    return exports.rows(found(request, asked(request)), request.group.zone)


def _file(request: HttpRequest, answer: HttpResponse, kind: str) -> HttpResponse:
    day = request.at.date().isoformat()
    answer["Content-Disposition"] = f'attachment; filename="pasiulymai-{day}.{kind}"'
    return answer
