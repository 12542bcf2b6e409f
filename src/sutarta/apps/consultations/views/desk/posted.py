"""What the page of a submission shows of the letters it came in and of those about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sutarta.apps.consultations.forms.arriving import TypeInForm
from sutarta.apps.consultations.models import Arrival, Channel, Submission
from sutarta.apps.consultations.queries import arrivals
from sutarta.apps.consultations.rules import arriving as rules


def about(request: HttpRequest, its: Submission) -> dict[str, Any]:
    """Context of `_letter_of.html`."""
    came = arrivals.became(its) if its.channel == Channel.EMAIL else None
    return {
        "came": came,
        "came_after": came is not None and _was_fetched_late(its, came),
        "letters_beside": list(arrivals.beside(its)) if its.email else [],
        "may_type_in": came and rules.may_type_in(request.user, its, came, request.at),
        "type_in_form": TypeInForm(),
    }


def _was_fetched_late(its: Submission, came: Arrival) -> bool:
    """Whether it came in time and was fetched once the deadline had passed."""
    return not its.is_late and came.letter.fetched_at >= its.consultation.deadline.closes_at
