"""What the page of a submission shows of its language: translations, and who may write one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import translations
from sutarta.apps.consultations.rules import languages as rules


def about(request: HttpRequest, its: Submission) -> dict[str, Any]:
    """Context of `languages/_panel.html`."""
    rows = sorted(its.translations.all(), key=lambda row: row.language)
    for row in rows:
        row.is_current = translations.is_current(row, its)
    return {
        "translations": rows,
        "may_translate": rules.may_translate(request.user, its, request.at),
    }
