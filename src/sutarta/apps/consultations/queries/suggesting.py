"""Which proposals may have caused which changes, for staff to link with one press."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sutarta.apps.consultations.models import Answer, ChangeCause, Outcome
from sutarta.apps.consultations.queries import carrying, reasons
from sutarta.apps.consultations.queries.comparison import Change, Compared
from sutarta.apps.strategies.models import Version, VersionReason

AGREED = (Outcome.ACCEPTED, Outcome.PARTLY)
_BY_VERSION = {
    VersionReason.GUIDELINES: ChangeCause.GUIDELINES,
    VersionReason.AMENDMENT: ChangeCause.AMENDMENT,
    VersionReason.EDITING: ChangeCause.EDITING,
}


@dataclass(frozen=True)
class Suggestion:
    """A proposal that may have caused a change.

    lineage      id under which the reason is kept: that of the passage in the newer version
    is_named     whether its answer names the passage; else it only was spoken there
    """

    lineage: str
    submission: UUID
    number: int
    outcome: str
    is_named: bool


def suggested(compared: Compared) -> dict[str, list[Suggestion]]:
    """Passage -> proposals accepted, wholly or partly, that are not linked to it yet.

    First those whose answer names the passage, published or not; then those spoken there
    whose answer names none. At most four questions.
    """
    named = _named(compared)
    there = _spoken_there(compared)
    found = {change.pair.id: _of(change, named, there) for change in compared.changes}
    return {id: suggestions for id, suggestions in found.items() if suggestions}


def usual_cause(version: Version) -> str:
    """What most changes of the version are due to, as its own reason says; "" for none."""
    return str(_BY_VERSION.get(VersionReason(version.reason), ""))


def _of(
    change: Change,
    named: Mapping[str, Sequence[Answer]],
    there: Mapping[str, Sequence[Answer]],
) -> list[Suggestion]:
    linked = {reason.number for reason in change.reasons if reason.row or reason.key}
    found: dict[int, Suggestion] = {}
    for is_named, answers in ((True, named), (False, there)):
        for id in sorted(change.pair.ids):
            for answer in answers.get(id, ()):
                number = answer.submission.number
                if number not in linked and number not in found:
                    found[number] = Suggestion(
                        change.pair.id, answer.submission_id, number, answer.outcome, is_named
                    )
    return list(found.values())


def _named(compared: Compared) -> Mapping[str, list[Answer]]:
    answers = Answer.objects.filter(outcome__in=AGREED, submission__withdrawn_at=None)
    found: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer, id in reasons.changing(answers, compared.old, compared.new):
        found[id].append(answer)
    return found


def _spoken_there(compared: Compared) -> Mapping[str, list[Answer]]:
    """Passage of the older version -> accepted answers to what was said there that name none."""
    strategy = compared.new.strategy_id
    answers = Answer.objects.filter(
        outcome__in=AGREED,
        submission__withdrawn_at=None,
        submission__version__strategy=strategy,
        submission__version__number__lte=compared.old.number,
    )
    general = [
        answer
        for answer in answers.select_related("submission").order_by("submission__number")
        if not answer.changed
    ]
    places = carrying.places_before(compared.new) if general else {}
    found: defaultdict[str, list[Answer]] = defaultdict(list)
    for answer in general:
        place = places.get(answer.submission_id)
        if place is not None and place.lineage_id:
            found[place.lineage_id].append(answer)
    return found
