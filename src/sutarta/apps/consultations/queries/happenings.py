"""What happened around a text apart from its answer: openings, objections, erasures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from sutarta.apps.consultations.models import Objection, ObjectionKind, Submission


@dataclass(frozen=True)
class Act:
    """One thing that happened to a submission; `note` is a reason or a former text."""

    at: datetime
    label: str
    who: str = ""
    note: str = ""


def of(submission: Submission) -> list[Act]:
    """In no order; from rows fetched with the submission."""
    return [*_openings(submission), *_objections(submission), *_erasures(submission)]


def _openings(submission: Submission) -> list[Act]:
    label = _("Original opened")
    return [Act(row.at, label, str(row.actor), row.reason) for row in submission.openings.all()]


def _objections(submission: Submission) -> list[Act]:
    found = []
    for row in submission.objections.all():
        found.append(Act(row.at, objection_label(row), note=row.said))
        if row.settled_at is not None:
            label = _("Objection upheld") if row.upheld else _("Objection not upheld")
            found.append(Act(row.settled_at, label, note=row.settled_with))
    return found


def objection_label(row: Objection) -> str:
    """What it is, and of a report what it is about."""
    if row.kind == ObjectionKind.REVIEW:
        return _("The author asked for a review")
    return _("Reported: %(reason)s") % {"reason": row.get_reason_display()}


def _erasures(submission: Submission) -> list[Act]:
    found = []
    for row in submission.erasures.all():
        what = {"what": row.get_scope_display()}
        label = _("Erasure asked for: %(what)s") % what
        asked_by = str(row.asked_by or _("The author, by their own page"))
        found.append(Act(row.asked_at, label, asked_by, row.ground))
        if row.decided_at is not None:
            done = _("Erased: %(what)s") if row.carried_out else _("Erasure refused: %(what)s")
            decided_by = str(row.decided_by or _("at once"))
            found.append(Act(row.decided_at, done % what, decided_by, row.refusal))
    return found
