"""Rows read anew and held, so that two acts at once follow one another."""

from __future__ import annotations

from django.db.models import QuerySet

from sutarta.apps.consultations.models import Consultation, Meeting, Submission
from sutarta.apps.consultations.queries.public import HEAVY_VERSION


def hold_consultation(consultation: Consultation) -> None:
    """Bring `consultation` up to date and hold its row until the transaction ends.

    Whoever speaks does not wait: only its key is referred to, and that stays.
    """
    rows = Consultation.objects.select_for_update(no_key=True)
    consultation.refresh_from_db(from_queryset=rows)
    consultation.__dict__.pop("deadline", None)  # the remembered one may be out of force


def hold_submission(submission: Submission) -> Submission:
    """The row as it is now, held until the transaction ends."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related(
        "group", "consultation", "version__strategy"
    )
    return rows.defer(*HEAVY_VERSION).get(pk=submission.pk)


def hold_meeting(meeting: Meeting) -> Meeting:
    """The row as it is now, held until the transaction ends."""
    rows = Meeting.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("group", "consultation__strategy").get(pk=meeting.pk)


def hold_all(submissions: QuerySet[Submission]) -> list[object]:
    """Keys of the rows, all held; what they and their answers say is to be read afterwards."""
    rows = submissions.select_for_update(of=("self",), no_key=True).order_by("number")
    return [row.pk for row in rows.only("pk")]
