"""What the page of a submission shows of its text: sealed or not, decisions, objections."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sutarta.apps.consultations import covering
from sutarta.apps.consultations.forms.moderating import ModerationForm, OpeningForm
from sutarta.apps.consultations.models import Submission
from sutarta.apps.consultations.queries import erasing, objections, sealed
from sutarta.apps.consultations.queries import one as details
from sutarta.apps.consultations.rules import desk as rules
from sutarta.apps.consultations.rules import moderating as sealing


def about(request: HttpRequest, its: Submission) -> dict[str, Any]:
    """Context of `_sealed.html`, `_moderation.html`, `_objections.html` and `_erasure.html`."""
    who, at = request.user, request.at
    return {
        "words": sealed.words_for_desk(its),
        "is_sealed": sealed.is_sealed(its),
        "may_open": sealing.may_open(who, its, at),
        "opening_form": OpeningForm(),
        "moderation": details.last_moderation(its),
        "moderation_form": ModerationForm(submission=its),
        "may_moderate": rules.may_moderate(who, its, at),
        "cover_kinds": covering.KINDS.items(),
        "cover_mark": covering.mark(),
        "objections": objections.waiting(its),
        "erasure": erasing.waiting(its),
    }


def opened(its: Submission) -> dict[str, Any]:
    """The same page once the original was opened: shown in this one answer and nowhere else."""
    return {
        "words": sealed.original(its),
        "is_opened": True,
        "moderation_form": ModerationForm(submission=its, opened=True),
    }
