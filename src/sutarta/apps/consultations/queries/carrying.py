"""Submissions and the passages of a next version: what travels with what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from sutarta.apps.consultations.models import Consultation, Placement, Stage, Submission
from sutarta.apps.strategies.models import Passage, Version, Withholding
from sutarta.apps.strategies.queries.versions import HEAVY, doubtful
from sutarta.core.documents import Outcome

GENERAL = "general"  # hung on no passage, so nothing can have become of it


@dataclass(frozen=True)
class Place:
    """Where a submission stands in one version; lineage_id "" when it stands nowhere."""

    outcome: str
    lineage_id: str = ""


def running(version: Version, at: datetime) -> Consultation | None:
    """A consultation on the strategy that is announced and not closed yet."""
    announced = Consultation.objects.filter(
        version__strategy=version.strategy_id, announced_at__isnull=False, answered_at=None
    ).prefetch_related("deadlines")
    for consultation in announced.order_by("-number"):
        if consultation.stage(at) in {Stage.ANNOUNCED, Stage.OPEN}:
            return consultation
    return None


def before(version: Version) -> QuerySet[Version]:
    """Published versions of the strategy that came earlier, oldest first, light."""
    earlier = Version.objects.filter(
        strategy=version.strategy_id, number__lt=version.number, published_at__isnull=False
    )
    return earlier.order_by("number").defer(*HEAVY)


def newer_versions(submission: Submission) -> QuerySet[Version]:
    """Published versions after the one spoken of, oldest first, light; an idea speaks of none."""
    spoken_of = submission.version
    if spoken_of is None:
        return Version.objects.none()
    newer = Version.objects.filter(
        strategy=spoken_of.strategy_id, number__gt=spoken_of.number, published_at__isnull=False
    )
    return newer.select_related("strategy", "group").order_by("number").defer(*HEAVY)


def earlier_submissions(version: Version) -> QuerySet[Submission]:
    """Everything said under earlier versions of the strategy, whatever became of it."""
    return Submission.objects.filter(
        version__strategy=version.strategy_id, version__number__lt=version.number
    ).order_by("number")


def places_before(version: Version) -> dict[object, Place]:
    """Submission key -> its place in the version before; chained through all of them."""
    earlier = list(before(version))
    if not earlier:
        return {}
    last = earlier[-1]
    placed = Placement.objects.filter(version=last)
    places = {
        key: Place(outcome, lineage)
        for key, outcome, lineage in placed.values_list("submission", "outcome", "lineage_id")
    }
    spoken = Submission.objects.filter(version=last).values_list("pk", "lineage_id")
    places.update((key, Place(Outcome.KEPT, lineage)) for key, lineage in spoken)
    return places


def place_after(earlier: Place, fates: Mapping[str, Passage], known: Container[str]) -> Place:
    """Where what stood at `earlier` in the version before stands in the next one.

    fates   passages of the next version by old id; what has no row stayed word for word
    known   lineage ids of the next version
    """
    if not earlier.lineage_id:
        return Place(Outcome.GONE if earlier.outcome == Outcome.GONE else GENERAL)
    fate = fates.get(earlier.lineage_id)
    if fate is not None:  # one nobody decided on leads nowhere: it is shown under its old words
        return Place(fate.outcome, fate.new_ids[0]) if fate.new_ids else Place(Outcome.GONE)
    stayed = earlier.lineage_id in known
    return Place(Outcome.KEPT, earlier.lineage_id) if stayed else Place(Outcome.GONE)


def riders(version: Version) -> dict[str, list[Submission]]:
    """Lineage id in the version before -> submissions that stand there, by number."""
    places = places_before(version)
    found: dict[str, list[Submission]] = defaultdict(list)
    for submission in earlier_submissions(version):
        place = places.get(submission.pk)
        if place is not None and place.lineage_id:
            found[place.lineage_id].append(submission)
    return dict(found)


def standing_at(draft: Version, lineage_id: str) -> int:
    """How many submissions would stand at this passage of the draft, or in rows of this table."""
    here = {block.id for block in draft.document.blocks if block.table == lineage_id}
    here.add(lineage_id)
    fates = {row.old_id: row.new_ids[:1] for row in draft.passages.all()}
    return sum(
        len(submissions)
        for old, submissions in riders(draft).items()
        if here.intersection(fates.get(old, [old]))
    )


def undecided(version: Version) -> list[Passage]:
    """Doubtful passages under which somebody has spoken."""
    spoken_of = riders(version)
    return [passage for passage in doubtful(version) if passage.old_id in spoken_of]


def orphans(version: Version) -> QuerySet[Placement]:
    """Submissions whose passage is no longer in `version`, with the words they stood under, and
    `.is_withheld`: nobody reads these words any more.
    """
    return (
        Placement.objects.filter(version=version, lineage_id="")
        .exclude(outcome=GENERAL)
        .annotate(is_withheld=is_withheld("submission__version", "submission__lineage_id"))
        .select_related("submission__version")
        .defer(*(f"submission__version__{name}" for name in HEAVY))
        .order_by("submission__number")
    )


def is_withheld(version: str, lineage_id: str) -> Exists:
    """Whether the words of that passage are withheld in that version; both are names of fields."""
    return Exists(
        Withholding.objects.filter(
            version=OuterRef(version), lineage_id=OuterRef(lineage_id), ended_at=None
        )
    )
