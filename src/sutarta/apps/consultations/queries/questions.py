"""Questions and their answers, published at once and outside the gate."""

from __future__ import annotations

from dataclasses import dataclass

from sutarta.apps.consultations.models import Consultation, Kind, Submission
from sutarta.apps.consultations.queries import translations
from sutarta.apps.consultations.queries.register import Wanted

MOST = 20  # on the page of the consultation; the register has them all


@dataclass(frozen=True)
class Answered:
    """Answered questions of a consultation, the newest answer first.

    rows     each with `.translation`, what stands beside it for readers of this page
    total    how many there are; `query`: what the register is asked to list them all
    """

    rows: list[Submission]
    total: int
    query: str


def answered(consultation: Consultation) -> Answered:
    """Those whose answer is published, in one query and one count."""
    rows = Submission.objects.filter(
        consultation=consultation, kind=Kind.QUESTION, answer__published_at__isnull=False
    )
    newest = (
        rows.select_related("answer")
        .prefetch_related("translations")
        .order_by("-answer__published_at", "-number")[:MOST]
    )
    query = Wanted(kind=Kind.QUESTION.lower()).address()
    shown = list(newest)
    for one in shown:
        one.translation = translations.beside(one)
    return Answered(shown, rows.count(), query)
