"""A version or draft as a Word file, for those who go on writing in Word."""

from __future__ import annotations

import io
from pathlib import PurePosixPath

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from sutarta.apps.people.access import require, staff
from sutarta.apps.strategies import rules
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.queries import exporting
from sutarta.apps.strategies.views.found import strategy_or_404


@require_GET
@staff
def word(request: HttpRequest, strategy: int, version: int) -> FileResponse:
    """The author's own file with the words as they are now; ids go along as bookmarks."""
    require(rules.may_read(request.user, request.group, request.at))
    versions = Version.objects.filter(strategy=strategy_or_404(request, strategy))
    versions = versions.select_related("original", "strategy__group")
    chosen = get_object_or_404(versions, number=version)
    name = f"{PurePosixPath(chosen.original.name).stem}-{chosen.number}.docx"
    data = io.BytesIO(exporting.word_file(chosen))
    return FileResponse(data, as_attachment=True, filename=name)
