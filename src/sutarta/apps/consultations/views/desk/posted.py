"""What the page of a submission shows of the letters it came in and of those about it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sutarta.apps.consultations.forms.arriving import TypeInForm
from sutarta.apps.consultations.models import Channel, Submission
from sutarta.apps.consultations.queries import arrivals
from sutarta.apps.consultations.rules import arriving as rules


def about(request: HttpRequest, its: Submission) -> dict[str, Any]:
    """Context of `_letter_of.html`."""
    came = arrivals.became(its) if its.channel == Channel.EMAIL else None
    closes_at = its.consultation.deadline.closes_at
    return {
        "came": came,
        "came_after": came is not None
        and not its.is_late
        and its.received_at < closes_at <= came.letter.fetched_at,
        "letters_beside": list(arrivals.beside(its)) if its.email else [],
        "may_type_in": rules.may_type_in(request.user, its, came, request.at),
        "type_in_form": TypeInForm(),
    }
