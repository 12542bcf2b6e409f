"""What the page of a submission shows of its text: sealed or not, decisions, objections."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from sutarta.apps.consultations import covering
from sutarta.apps.consultations.forms.moderating import ModerationForm, OpeningForm
from sutarta.apps.consultations.forms.objecting import SettleForm
from sutarta.apps.consultations.models import Objection, ObjectionKind, Submission
from sutarta.apps.consultations.queries import erasing, happenings, objections, sealed
from sutarta.apps.consultations.queries import one as details
from sutarta.apps.consultations.rules import desk as rules
from sutarta.apps.consultations.rules import moderating as sealing
from sutarta.apps.people.access import Verdict


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
        "objections": objections_of(request, its),
        "erasure": erasing.waiting(its),
    }


def objections_of(
    request: HttpRequest,
    its: Submission,
    bound: SettleForm | None = None,
    asked: Objection | None = None,
) -> list[dict[str, Any]]:
    """Those that wait, each with the verdict and a form; `bound` came back with an error."""
    return [
        {
            "objection": one,
            "label": happenings.objection_label(one),
            "may_settle": may_settle(request, one),
            "form": bound if bound and one == asked else SettleForm(key=one.pk),
        }
        for one in objections.waiting(its)
    ]


def may_settle(request: HttpRequest, one: Objection) -> Verdict:
    """Whether this person may close it now; of a report it does not matter who decided."""
    if one.kind == ObjectionKind.REPORT:
        return sealing.may_settle(request.user, one, None, 0, request.at)
    decided_by = objections.decided_by(one)
    others = objections.others(request.group, decided_by, request.at)
    return sealing.may_settle(request.user, one, decided_by, others, request.at)


def opened(its: Submission) -> dict[str, Any]:
    """The same page once the original was opened: shown in this one answer and nowhere else."""
    return {
        "words": sealed.original(its),
        "is_opened": True,
        "moderation_form": ModerationForm(submission=its, opened=True),
    }
