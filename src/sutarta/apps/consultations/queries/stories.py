"""The story of a passage: in every version its words, why they changed, what was said then."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sutarta.apps.consultations.models import Answer, Consultation, Submission, Visibility
from sutarta.apps.consultations.queries import showing
from sutarta.apps.consultations.queries.showing import Shown
from sutarta.apps.strategies.models import Version
from sutarta.apps.strategies.queries import Step
from sutarta.core.documents import Change, Kind


@dataclass(frozen=True)
class Chapter:
    """The passage in one version.

    state     key of ui.marks.STATUSES; "" where the passage begins
    changes   redline from the version before, empty when no word changed
    because   numbers of the submissions whose answer changed these words
    said      what was said about the passage in this version
    """

    version: Version
    lineage: str
    state: str
    text: str
    changes: list[Change]
    because: list[int]
    said: list[Shown]


def told(
    steps: Sequence[Step], versions: Sequence[Version], consultations: Sequence[Consultation]
) -> list[Chapter]:
    """Chapters, newest version first; the log's own order is oldest first."""
    ids = {step.version.pk: step.block.id for step in steps if step.block}
    said = _said(ids, versions, consultations)
    reasons = _reasons(versions[0], {step.block.id for step in steps if step.block})
    chapters = [
        Chapter(
            version=step.version,
            lineage=ids.get(step.version.pk, ""),
            state="" if step.outcome == "new" else step.outcome.upper(),
            text=step.text.replace("\t", " · ") if _is_row(step) else step.text,
            changes=step.changes or [],
            because=[
                number
                for number, spoken in reasons
                if step.changes and spoken < step.version.number
            ],
            said=[showing.shown(one, versions[0]) for one in said[step.version.pk]],
        )
        for step in steps
    ]
    return chapters[::-1]


def _is_row(step: Step) -> bool:
    return step.block is not None and step.block.kind is Kind.ROW


def _said(
    ids: dict[UUID, str], versions: Sequence[Version], consultations: Sequence[Consultation]
) -> dict[UUID, list[Submission]]:
    """Version -> what was said about the passage there, oldest first."""
    known = {found.pk: found for found in consultations}
    held = {found.pk: found for found in versions}
    found = (
        Submission.objects.filter(consultation__in=list(known), lineage_id__in=set(ids.values()))
        .exclude(visibility=Visibility.SET_ASIDE)
        .select_related("answer")
        .prefetch_related("translations")
        .order_by("number")
    )
    said: defaultdict[UUID, list[Submission]] = defaultdict(list)
    for submission in found:
        if ids.get(submission.version_id) == submission.lineage_id:
            submission.version = held[submission.version_id]
            submission.consultation = known[submission.consultation_id]
            said[submission.version_id].append(submission)
    return said


def _reasons(version: Version, ids: set[str]) -> list[tuple[int, int]]:
    """(number of a submission, number of the version it spoke about) that changed the passage."""
    answers = Answer.objects.filter(
        published_at__isnull=False, submission__version__strategy=version.strategy_id
    )
    rows = answers.order_by("submission__number").values_list(
        "submission__number", "submission__version__number", "changed"
    )
    return [(number, spoken) for number, spoken, changed in rows if ids.intersection(changed)]
