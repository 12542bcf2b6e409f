"""A draft beside the version before it: which passages a person has to decide on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from sutarta.apps.consultations.models import Consultation, Submission
from sutarta.apps.consultations.queries import carrying
from sutarta.apps.consultations.queries.drafts import words_of
from sutarta.apps.consultations.queries.passages import Passage as Words
from sutarta.apps.strategies.models import Passage, Version
from sutarta.apps.strategies.queries.versions import HEAVY, passages_of
from sutarta.apps.tenants.models import Group
from sutarta.core.documents import Change, Outcome, redline, section_of, similarity

VERY, PARTLY = 75, 45  # percent of agreeing words, for the word beside the bar


@dataclass(frozen=True)
class Doubt:
    """A passage that the machine was not sure of.

    old       the passage in the version before
    riders    submissions that stand there and travel with it
    likeness  of the best candidate, whole percent; None when there is none
    becomes   what a person decided: passages of the draft; empty for gone
    """

    passage: Passage
    old: Words
    riders: Sequence[Submission]
    likeness: int | None
    becomes: Sequence[Words]

    @property
    def is_decided(self) -> bool:
        return self.passage.decided_at is not None


@dataclass(frozen=True)
class Overview:
    """One draft: how far the deciding is, and what publishing it will do.

    before   the version before; None for the first one, which has nothing to carry over
    counts   outcome -> passages of the version before, "kept" among them
    gone     passages no longer in the draft under which somebody spoke
    """

    version: Version
    before: Version | None
    counts: dict[str, int]
    total: int
    doubts: Sequence[Doubt]
    gone: Sequence[tuple[Words, Sequence[Submission]]]
    submissions: int
    running: Consultation | None

    @property
    def waiting(self) -> list[Doubt]:
        return [doubt for doubt in self.doubts if not doubt.is_decided]

    @property
    def decided(self) -> list[Doubt]:
        return [doubt for doubt in self.doubts if doubt.is_decided]

    @property
    def holding_up(self) -> int:
        """Passages that must be decided before the version can be published."""
        return sum(1 for doubt in self.waiting if doubt.riders)

    @property
    def settled(self) -> int:
        return self.total - len(self.waiting)

    @property
    def last_decided(self) -> Doubt | None:
        """What a person decided last, to be taken back with one press."""
        return max(self.decided, key=lambda doubt: doubt.passage.decided_at, default=None)

    def after(self, doubt: Doubt) -> Doubt | None:
        """The next one that waits after `doubt`; from the end on it begins anew."""
        place = self.doubts.index(doubt)
        round_ = [*self.doubts[place + 1 :], *self.doubts[:place]]
        return next((one for one in round_ if not one.is_decided), None)


@dataclass(frozen=True)
class Candidate:
    """Where a doubtful passage may go on. `changes` is the redline from the old words.

    likeness   share of the words that agree, whole percent
    is_near    whether it stands under the same heading as before
    """

    words: Words
    likeness: int
    changes: Sequence[Change]
    is_near: bool = False
    is_best: bool = False
    is_chosen: bool = False

    @property
    def how_alike(self) -> str:
        """ "very", "partly" or "little"."""
        return (
            "very" if self.likeness >= VERY else "partly" if self.likeness >= PARTLY else "little"
        )


def drafts(group: Group) -> QuerySet[Version]:
    """Drafts with their strategy, the newest first."""
    found = Version.objects.filter(group=group, published_at=None)
    return found.select_related("strategy", "original", "made_by").order_by("-made_at")


def overview(version: Version, at: datetime) -> Overview:
    """The draft beside the version before it. Passages with most submissions come first."""
    before = carrying.before(version).select_related("strategy").last()
    if before is None:
        return Overview(version, None, {}, 0, [], [], 0, None)
    old, new = words_of(before), words_of(version)
    rows, riders = list(passages_of(version)), carrying.riders(version)
    doubts = [_doubt(row, old, new, riders) for row in rows if _was_doubtful(row)]
    doubts.sort(key=lambda doubt: (-len(doubt.riders), doubt.old.place))
    counts = dict.fromkeys(map(str, Outcome), 0)
    for row in rows:
        counts[row.outcome] += 1
    counts[Outcome.KEPT] = len(old) - len(rows)
    return Overview(
        version=version,
        before=before,
        counts=counts,
        total=len(old),
        doubts=doubts,
        gone=_gone(rows, old, riders),
        submissions=carrying.earlier_submissions(version).count(),
        running=carrying.running(version, at),
    )


def _was_doubtful(row: Passage) -> bool:
    return row.outcome == Outcome.DOUBTFUL or row.decided_at is not None


def _doubt(
    row: Passage,
    old: dict[str, Words],
    new: dict[str, Words],
    riders: dict[str, list[Submission]],
) -> Doubt:
    best = round(row.candidates[0][1] * 100) if row.candidates else None
    becomes = [new[id] for id in row.new_ids if id in new]
    return Doubt(row, old[row.old_id], riders.get(row.old_id, []), best, becomes)


def _gone(
    rows: Sequence[Passage], old: dict[str, Words], riders: dict[str, list[Submission]]
) -> list[tuple[Words, Sequence[Submission]]]:
    return [
        (old[row.old_id], riders[row.old_id])
        for row in rows
        if row.outcome == Outcome.GONE and row.old_id in riders
    ]


def candidates(doubt: Doubt, its: Overview, also: Sequence[str] = ()) -> list[Candidate]:
    """Where the passage may go on: what the machine found, best first, then `also`.

    A passage of the draft that was tied to another one meanwhile has that one's id.
    """
    new = words_of(its.version)
    tied = {row.own_id: row.old_id for row in its.version.passages.exclude(own_id="")}
    found = {tied.get(id, id): round(likeness * 100) for id, likeness in doubt.passage.candidates}
    chosen = [words.id for words in doubt.becomes]
    for id in [*chosen, *also]:
        if id in new and id not in found:
            found[id] = round(similarity(doubt.old.text, new[id].text) * 100)
    head, heads = _heads(doubt, its)
    return [
        Candidate(
            new[id],
            likeness,
            redline(doubt.old.text, new[id].text),
            is_near=heads[id] == head,
            is_best=place == 0 and bool(doubt.passage.candidates),
            is_chosen=id in chosen,
        )
        for place, (id, likeness) in enumerate(found.items())
        if id in new
    ]


def _heads(doubt: Doubt, its: Overview) -> tuple[str, dict[str, str]]:
    """The heading the passage stood under, and those of every passage of the draft."""
    before = section_of(its.before.document) if its.before else {}
    return before.get(doubt.old.id, ""), section_of(its.version.document)


def surroundings(version: Version, passage: Words) -> tuple[Words | None, Words | None]:
    """The passages just before and after one, to recognise the place by."""
    around = list(words_of(version).values())
    before = around[passage.place - 1] if passage.place else None
    after = around[passage.place + 1] if passage.place + 1 < len(around) else None
    return before, after


def newest_orphans(group: Group) -> list[tuple[Version, list[object]]]:
    """The newest version of every strategy with what nobody can find in it any more."""
    newest = Version.objects.filter(group=group, published_at__isnull=False, number__gt=1)
    last: dict[object, Version] = {}
    for version in newest.select_related("strategy").defer(*HEAVY).order_by("number"):
        last[version.strategy_id] = version
    found = ((version, list(carrying.orphans(version))) for version in last.values())
    return [(version, rows) for version, rows in found if rows]
