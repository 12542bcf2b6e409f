"""Answers as they stand at the desk: what they say together, who shares them, who approves them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from sutarta.apps.consultations.models import (
    Answer,
    AnswerCorrection,
    Consultation,
    Kind,
    StandardText,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import gates, inbox, passages, public
from sutarta.apps.tenants.models import Group


def edition(answer: Answer | None) -> str:
    """What tells one writing of an answer from the next; "" before the first."""
    return answer.written_at.isoformat() if answer is not None else ""


def together(submission: Submission) -> QuerySet[Submission]:
    """The submission with everything it is bundled with."""
    if submission.bundle_id is None:
        return Submission.objects.filter(pk=submission.pk)
    return Submission.objects.filter(Q(pk=submission.pk) | Q(bundle=submission.bundle_id))


def sharing(submission: Submission) -> list[Submission]:
    """Others of its bundle that get its answer, by number.

    Those that stand apart, are answered already or need no answer are left out.
    """
    if submission.bundle_id is None:
        return []
    alive = together(submission).filter(withdrawn_at=None, erased_at=None)
    open_ones = alive.exclude(pk=submission.pk).filter(answer__published_at=None)
    return list(
        open_ones.exclude(answer__is_apart=True)
        .exclude(kind=Kind.QUESTION)
        .exclude(visibility=Visibility.SET_ASIDE)
        .select_related("group", "answer")
        .order_by("number")
    )


def prepared(consultation: Consultation) -> QuerySet[Answer]:
    """Ready answers that are not published yet, by number, with their submissions."""
    rows = Answer.objects.filter(submission__in=gates.to_answer(consultation), is_ready=True)
    return rows.select_related("submission", "written_by").order_by("submission__number")


@dataclass(frozen=True)
class Approval:
    """One line on the list of approvals.

    title      the beginning of what was said
    passages   numbers of the passages the answer changes
    value      what is sent when it is ticked: which writing of the answer was read
    is_own     whether whoever looks wrote it, so that somebody else has to approve it
    """

    answer: Answer
    title: str
    passages: list[str]
    value: str
    is_own: bool


def approvals(group: Group, user: Any) -> list[Approval]:
    """Ready answers, not published yet: those that wait for approval and those that have it."""
    rows = Answer.objects.filter(group=group, is_ready=True, published_at=None)
    rows = rows.filter(submission__withdrawn_at=None, submission__erased_at=None)
    rows = rows.exclude(submission__visibility=Visibility.SET_ASIDE)
    related = ("group", "written_by", "approved_by", "submission__version")
    heavy = (f"submission__{name}" for name in public.HEAVY_VERSION)
    return [
        Approval(
            answer=one,
            title=inbox.title(one.submission),
            passages=passage_numbers(one),
            value=f"{one.submission.number}|{edition(one)}",
            is_own=one.written_by_id == user.pk,
        )
        for one in rows.select_related(*related).defer(*heavy).order_by("submission__number")
    ]


def passage_numbers(answer: Answer) -> list[str]:
    """Printed numbers of the passages the answer changes, where the version spoken of has them."""
    held = passages.of(answer.submission.version).by_id
    return [held[id].number for id in answer.changed if id in held]


def standard_texts(group: Group, *, away: bool = False) -> QuerySet[StandardText]:
    """Texts on offer, or those put away, by title."""
    rows = StandardText.objects.filter(group=group, put_away_at__isnull=not away)
    return rows.select_related("made_by").order_by("title", "id")


def filled(standard: StandardText, submission: Submission) -> str:
    """The text with „Nr. 12“ for {nr} and the passage's printed number for {passage}."""
    held = passages.of(submission.version).by_id.get(submission.lineage_id)
    nr = f"Nr. {submission.number}"
    text = standard.text.replace("{nr}", nr)
    return text.replace("{passage}", held.number if held else "–")


def corrections(answer: Answer) -> QuerySet[AnswerCorrection]:
    """What the answer said before, oldest first."""
    return answer.corrections.select_related("actor").order_by("at", "id")
