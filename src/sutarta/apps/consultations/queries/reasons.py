"""Why passages changed: what staff wrote down, and what published answers say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from sutarta.apps.consultations.models import Answer, ChangeCause, ChangeReason, Submission
from sutarta.apps.consultations.queries import returning, showing
from sutarta.apps.people.models import User
from sutarta.apps.strategies.models import Passage, Version


@dataclass(frozen=True)
class Reason:
    """One reason for one change.

    cause     models.ChangeCause
    number    of the submission, None for other causes
    author    who spoke, as the register calls them; "" for other causes
    outcome   of its published answer, "" while there is none
    row       the row staff made, None when a published answer alone says it
    key       the mark that says so, where the Word file of a draft brought it back at the
              passage `place`
    """

    cause: str
    number: int | None = None
    author: str = ""
    outcome: str = ""
    note: str = ""
    link: str = ""
    row: ChangeReason | None = None
    key: str = ""
    place: str = ""

    @property
    def label(self) -> str:
        return str(ChangeCause(self.cause).label)


class Reasons:
    """Every reason for what changed after one version up to another, by passage."""

    def __init__(self, by_passage: Mapping[str, list[Reason]]) -> None:
        self._by_passage = by_passage

    def of(self, ids: Iterable[str]) -> list[Reason]:
        """Reasons of a passage under all ids it bears, each submission once, oldest first."""
        found: dict[object, Reason] = {}
        for id in sorted(ids):
            for reason in self._by_passage.get(id, ()):
                key = reason.number or (reason.cause, reason.note, reason.link)
                if key not in found or reason.row:
                    found[key] = reason
        return list(found.values())


def between(old: Version, new: Version) -> Reasons:
    """Reasons for what changed after `old` up to `new`, both of one strategy. Three questions,
    one more for a draft with marks that came back.
    """
    by_passage: defaultdict[str, list[Reason]] = defaultdict(list)
    for row in rows(old, new):
        by_passage[row.lineage_id].append(_written(row))
    for answer, id in _answered(old, new):
        by_passage[id].append(_spoken(answer.submission, answer))
    for one in returning.in_version(new) if not new.is_published else ():
        if one.counts:
            spoken = _spoken(one.submission, one.answer)
            by_passage[one.place].append(replace(spoken, key=one.key, place=one.place))
    return Reasons(by_passage)


def rows(old: Version, new: Version) -> Iterable[ChangeReason]:
    """What staff wrote down for the versions after `old` up to `new`, oldest first."""
    written = ChangeReason.objects.filter(
        version__strategy=new.strategy_id,
        version__number__gt=old.number,
        version__number__lte=new.number,
    )
    return written.select_related("submission__answer").order_by("made_at", "id")


@dataclass(frozen=True)
class LastStep:
    """The reasons of a version that were last given at once."""

    made_at: datetime
    made_by: User
    rows: QuerySet[ChangeReason]

    @property
    def name(self) -> str:
        return f"{self.made_at.isoformat()} {self.made_by.pk}"


def last_step(version: Version) -> LastStep | None:
    last = version.change_reasons.select_related("made_by").order_by("-made_at", "-id").first()
    if last is None:
        return None
    rows = version.change_reasons.filter(made_at=last.made_at, made_by=last.made_by)
    return LastStep(last.made_at, last.made_by, rows)


def of_last_step(version: Version, step: str) -> list[UUID]:
    """Keys of these reasons as long as `step` still names the last step, else none."""
    last = last_step(version)
    if last is None or last.name != step:
        return []
    return list(last.rows.values_list("pk", flat=True))


def _written(row: ChangeReason) -> Reason:
    if row.submission is None:
        return Reason(row.cause, note=row.note, link=row.link, row=row)
    spoken = _spoken(row.submission, showing.published_answer(row.submission))
    return Reason(row.cause, spoken.number, spoken.author, spoken.outcome, row.note, row.link, row)


def _spoken(submission: Submission, answer: Answer | None) -> Reason:
    return Reason(
        ChangeCause.SUBMISSION,
        submission.number,
        showing.author(submission),
        answer.outcome if answer else "",
    )


def _answered(old: Version, new: Version) -> Iterable[tuple[Answer, str]]:
    return changing(Answer.objects.filter(published_at__isnull=False), old, new)


def changing(answers: QuerySet[Answer], old: Version, new: Version) -> Iterable[tuple[Answer, str]]:
    """Those of `answers` that name a passage, with each one they changed after `old` up to `new`.

    An answer changes a passage once: in the first version after the one spoken of that does
    not leave it as it was. What no version changed since is new, or differs by signs only.
    """
    answers = answers.filter(
        submission__version__strategy=new.strategy_id,
        submission__version__number__lt=new.number,
    ).exclude(changed=[])
    found = list(
        answers.select_related("submission__version__strategy")
        .only("outcome", "changed", "published_at", "submission", *_LIGHT)
        .order_by("submission__number")
    )
    changed = _changed_in(new) if found else {}
    for answer in found:
        spoken = answer.submission.version.number
        for id in answer.changed:
            first = min((number for number in changed.get(id, ()) if number > spoken), default=0)
            if old.number < first <= new.number or (not first and spoken >= old.number):
                yield answer, id


_LIGHT = [
    f"submission__{name}"
    for name in (
        "number",
        "visibility",
        "withdrawn_at",
        "organisation",
        "author_name",
        "show_name",
        "version__number",
        "version__strategy__number",
    )
]


def _changed_in(new: Version) -> Mapping[str, set[int]]:
    """Lineage id -> numbers of the versions up to `new` that did not leave it as it was."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    passages = Passage.objects.filter(
        version__strategy=new.strategy_id, version__number__lte=new.number
    )
    for number, old_id, new_ids in passages.values_list("version__number", "old_id", "new_ids"):
        for id in (old_id, *new_ids):
            found[id].add(number)
    return found
