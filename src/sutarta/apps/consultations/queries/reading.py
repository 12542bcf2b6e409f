"""The reading page in five questions: state of the log, versions, deadlines, marks, a thread."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast

from sutarta.apps.consultations.models import (
    Answer,
    Consultation,
    Deadline,
    Filing,
    Placement,
    Submission,
    Visibility,
)
from sutarta.apps.consultations.queries import carrying, passages, supports
from sutarta.apps.consultations.queries.public import public_addresses
from sutarta.apps.strategies.models import Strategy, Version
from sutarta.apps.strategies.queries.versions import HEAVY
from sutarta.apps.tenants.models import Group

__all__ = [
    "PART",
    "Marks",
    "Said",
    "consultations_on",
    "marks",
    "public_addresses",
    "published_versions",
    "said_about",
]

GONE = "gone"
FILED = "filed"
PART = 50  # how much of a thread stands on one page
_CHANGED = Answer._meta.get_field("changed")  # reads its JSON where a union made it plain text


@dataclass(frozen=True)
class Marks:
    """What stands in the margin of one version.

    counts    passage -> submissions about it, those carried over from earlier versions and
              those the office placed there too included
    filed     how many of them were placed there by the office, so stand elsewhere as well
    because   changed passage -> numbers of the submissions whose answer changed it
    changed   passages whose words differ from the version before, or that are new
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    because: Mapping[str, list[int]] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    filed: int = 0


class Range(NamedTuple):
    """From the first to the last, counted from 1: „51–100“, or „101“."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


@dataclass(frozen=True)
class Said:
    """A part of what was said about one passage, and all about passages no longer in the text.

    here    about the passage, at most PART, oldest first
    gone    about passages that are gone, oldest first
    total   how many were said about the passage
    start   how many of them stand before the first one here
    """

    here: Sequence[Submission] = ()
    gone: Sequence[Submission] = ()
    total: int = 0
    start: int = 0

    @property
    def part(self) -> Range:
        return Range(self.start + 1, self.start + len(self.here))

    @property
    def elsewhere(self) -> int:
        """How many stand on other pages."""
        return self.total - len(self.here)

    @property
    def before(self) -> Range | None:
        """The part before this one."""
        return Range(self.start - PART + 1, self.start) if self.start else None

    @property
    def after(self) -> Range | None:
        """The part after this one."""
        last = self.part.last
        return Range(last + 1, min(last + PART, self.total)) if last < self.total else None


def published_versions(group: Group, strategy: int) -> list[Version]:
    """Published versions of the group's strategy of that number, newest first, light."""
    found = Version.objects.filter(
        group=group, strategy__number=strategy, published_at__isnull=False
    )
    return list(found.select_related("strategy").defer(*HEAVY).order_by("-number"))


def consultations_on(strategy: Strategy) -> list[Consultation]:
    """Announced consultations on any version of the strategy and its idea calls, oldest first,
    in one question."""
    rows = Deadline.objects.filter(
        consultation__strategy=strategy, consultation__announced_at__isnull=False
    )
    rows = rows.select_related("consultation").order_by("consultation__number", "set_at", "id")
    found: dict[object, Consultation] = {}
    for row in rows:
        consultation = found.setdefault(row.consultation_id, row.consultation)
        consultation.deadline = row  # the last one set is in force
    return list(found.values())


def marks(version: Version, before: Version | None) -> Marks:
    """Counts and reasons for every passage of `version`, in one question.

    before   the published version before it, None for the first
    """
    group = version.group_id  # named first, as the index of passages begins with it
    spoken = Submission.objects.filter(group=group, version=version, withdrawn_at=None)
    spoken = spoken.exclude(lineage_id="").exclude(visibility=Visibility.SET_ASIDE)
    filed = Filing.objects.filter(group=group, version=version, submission__withdrawn_at=None)
    filed = filed.exclude(submission__visibility=Visibility.SET_ASIDE)
    if before is None:  # nothing can have been carried over into it, nor changed in it
        rows = _counted(spoken).union(_counted(filed, FILED), all=True)
        return _sorted_out(rows, frozenset())
    carried = Placement.objects.filter(version=version, submission__withdrawn_at=None)
    carried = carried.exclude(lineage_id="").exclude(submission__visibility=Visibility.SET_ASIDE)
    answers = Answer.objects.filter(
        published_at__isnull=False,
        submission__version__strategy=version.strategy_id,
        submission__version__number__lt=version.number,
    )
    reasons = answers.order_by().values_list(
        Value("", TextField()),
        Cast("submission__number", IntegerField()),
        Cast("changed", TextField()),
    )
    rows = _counted(spoken).union(_counted(filed, FILED), _counted(carried), reasons, all=True)
    return _sorted_out(rows, _changed(version, before))


def said_about(
    version: Version,
    lineage: str,
    versions: Iterable[Version],
    consultations: Iterable[Consultation],
    start: int = 0,
) -> Said:
    """A part of what was said about one passage of `version`, in one question.

    lineage   the opened passage, "" for none
    start     how many to pass over; where nothing would be left, the first part is read
    Each has `.fate` and `.old_text`, those of its placement, None when it was spoken about
    `version` itself, "" where the words were withheld; `.filed`, whether the office placed it
    there too; and `.agreed`.
    """
    held = {found.pk: found for found in versions}
    known = {found.pk: found for found in consultations}
    submissions = list(_said(version, lineage, list(known), start))
    for submission in submissions:
        submission.version = held.get(submission.version_id)
        submission.consultation = known[submission.consultation_id]
    here = [one for one in submissions if one.is_here]
    if start and not here:
        return said_about(version, lineage, held.values(), known.values())
    gone = [one for one in submissions if one.fate == GONE]
    return Said(here, gone, here[0].total if here else 0, start)


def _said(
    version: Version, lineage: str, consultations: list[object], start: int
) -> QuerySet[Submission]:
    rows = Submission.objects.filter(consultation__in=consultations)
    rows = rows.exclude(visibility=Visibility.SET_ASIDE)
    group = version.group_id  # named first, as the index of passages begins with it
    carried = Placement.objects.filter(group=group, version=version)
    filed = Filing.objects.filter(group=group, version=version, lineage_id=lineage)
    about = rows.none()
    if lineage:
        about = rows.filter(
            Q(pk__in=filed.values("submission"))
            | Q(pk__in=carried.filter(lineage_id=lineage).values("submission"))
            | Q(group=group, version=version, lineage_id=lineage)
        )
    is_here = Q(pk__in=about.order_by("number").values("pk")[start : start + PART])
    count = about.order_by().values("group").annotate(count=Count("*")).values("count")
    return (
        rows.filter(is_here | Q(pk__in=carried.filter(outcome=GONE).values("submission")))
        .annotate(placed=FilteredRelation("placements", condition=Q(placements__version=version)))
        .annotate(fate=F("placed__outcome"), old_text=_old_text())
        .annotate(agreed=supports.agreed(), is_here=is_here, total=Subquery(count))
        .annotate(filed=Exists(filed.filter(submission=OuterRef("pk"))))
        .select_related("answer")
        .prefetch_related("translations")
        .order_by("number")
    )


def _old_text() -> Case:
    """The words it was spoken under, "" when they were withheld since."""
    is_withheld = carrying.is_withheld("version", "lineage_id")
    return Case(When(is_withheld, Value("", TextField())), default=F("placed__old_text"))


def _counted(
    rows: QuerySet[Submission] | QuerySet[Placement] | QuerySet[Filing], mark: str = ""
) -> QuerySet[Submission]:
    """Rows of (passage, how many, mark)."""
    counted = rows.order_by().values("lineage_id").annotate(count=Count("*"))
    return counted.values_list("lineage_id", "count", Value(mark, TextField()))


def _sorted_out(rows: Iterable[tuple[str, int, str]], changed: frozenset[str]) -> Marks:
    counts: Counter[str] = Counter()
    because: defaultdict[str, list[int]] = defaultdict(list)
    filed = 0
    for lineage, number, listed in rows:
        if lineage:
            counts[lineage] += number
            filed += number if listed == FILED else 0
        elif listed:
            for id in changed.intersection(_CHANGED.from_db_value(listed, None, connection)):
                because[id].append(number)
    return Marks(counts, {id: sorted(numbers) for id, numbers in because.items()}, changed, filed)


def _changed(version: Version, before: Version | None) -> frozenset[str]:
    if before is None:
        return frozenset()
    old = passages.of(before).by_id
    return frozenset(
        id
        for id, passage in passages.of(version).by_id.items()
        if id not in old or old[id].text != passage.text
    )
