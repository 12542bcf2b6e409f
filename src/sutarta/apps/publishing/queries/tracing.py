"""News of single passages: what was said of them, what was answered, what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import DateTimeField, F, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from sutarta.apps.consultations.models import SHOWN, Submission, Visibility
from sutarta.apps.consultations.queries import passages
from sutarta.apps.consultations.queries.public import HEAVY_VERSION
from sutarta.apps.publishing.queries.news import Item
from sutarta.apps.strategies.models import Passage, Strategy, Version
from sutarta.apps.strategies.queries import HEAVY
from sutarta.apps.tenants.models import Group

Wanted = tuple[Strategy, str]  # a strategy, and a passage as it was named when it was followed


@dataclass(frozen=True)
class _Way:
    """Where one passage went: every id it ever had from then on, and each step of it."""

    ids: frozenset[str]
    steps: Sequence[Passage]


def happened(
    group: Group, wanted: Iterable[Wanted], at: datetime, since: datetime | None = None
) -> dict[tuple[UUID, str], list[Item]]:
    """(Strategy key, lineage) -> its news until `at`, newest first; three questions for any number.

    A passage is followed through rewordings, splits and merges until it is gone.
    """
    asked = {(strategy.pk, lineage): strategy for strategy, lineage in wanted}
    if not asked:
        return {}
    strategies = {strategy.pk: strategy for strategy in asked.values()}
    versions = _versions(group, strategies)
    ways = _ways(group, asked, at)
    spoken = list(_spoken(group, strategies, ways, at, since))
    return {
        key: _news(strategy, ways[key], spoken, versions, at, since)
        for key, strategy in asked.items()
    }


def _versions(group: Group, strategies: Mapping[UUID, Strategy]) -> dict[UUID, list[Version]]:
    """Strategy -> its published versions, oldest first, light."""
    rows = Version.objects.filter(
        group=group, strategy__in=list(strategies), published_at__isnull=False
    )
    found: dict[UUID, list[Version]] = {pk: [] for pk in strategies}
    for row in rows.defer(*HEAVY).order_by("number"):
        row.strategy = strategies[row.strategy_id]
        found[row.strategy_id].append(row)
    return found


def _ways(
    group: Group, asked: Mapping[tuple[UUID, str], Strategy], at: datetime
) -> dict[tuple[UUID, str], _Way]:
    strategies = {pk for pk, _lineage in asked}
    rows = Passage.objects.filter(
        group=group, version__strategy__in=strategies, version__published_at__lte=at
    )
    rows = rows.select_related("version").defer(*HEAVY_VERSION, "candidates")
    held: dict[UUID, list[Passage]] = {pk: [] for pk in strategies}
    for row in rows.order_by("version__number", "id"):
        held[row.version.strategy_id].append(row)
    return {(pk, lineage): _way(held[pk], lineage) for pk, lineage in asked}


def _way(rows: Iterable[Passage], lineage: str) -> _Way:
    """Rows in the order of versions."""
    ever, now, steps = {lineage}, {lineage}, []
    by_version: dict[int, list[Passage]] = {}
    for row in rows:
        by_version.setdefault(row.version.number, []).append(row)
    for found in by_version.values():
        mine = [row for row in found if row.old_id in now]
        for row in mine:
            now = now - {row.old_id} | set(row.new_ids)
        steps += mine
        ever |= now
    return _Way(frozenset(ever), steps)


def _spoken(
    group: Group,
    strategies: Mapping[UUID, Strategy],
    ways: Mapping[tuple[UUID, str], _Way],
    at: datetime,
    since: datetime | None,
) -> QuerySet[Submission]:
    """Submissions on the passages that became public or were answered in that time."""
    ids = {id for way in ways.values() for id in way.ids}
    first_shown = Min("moderations__at", filter=Q(moderations__visibility__in=SHOWN))
    rows = Submission.objects.filter(
        group=group, version__strategy__in=list(strategies), lineage_id__in=ids
    )
    rows = rows.filter(withdrawn_at=None, erased_at=None).exclude(visibility=Visibility.SET_ASIDE)
    rows = rows.annotate(
        shown_at=Coalesce(first_shown, F("recorded_at"), output_field=DateTimeField())
    )
    shown, answered = Q(shown_at__lte=at), Q(answer__published_at__lte=at)
    if since is not None:
        shown &= Q(shown_at__gt=since)
        answered &= Q(answer__published_at__gt=since)
    rows = rows.filter(shown & Q(visibility__in=SHOWN) | answered)
    found = rows.select_related("group", "consultation", "version", "answer")
    return found.defer(*HEAVY_VERSION).order_by("number")


def _news(
    strategy: Strategy,
    way: _Way,
    spoken: Iterable[Submission],
    versions: Mapping[UUID, list[Version]],
    at: datetime,
    since: datetime | None,
) -> list[Item]:
    published = versions[strategy.pk]
    mine = [
        one
        for one in spoken
        if one.lineage_id in way.ids and one.version.strategy_id == strategy.pk
    ]
    items = [item for one in mine for item in _of_submission(one, strategy, published)]
    items += [item for row in way.steps if (item := _of_step(row, strategy, published))]
    within = [item for item in items if item.at <= at and (since is None or item.at > since)]
    return sorted(within, key=lambda item: (item.at, item.key), reverse=True)


def _of_submission(one: Submission, strategy: Strategy, published: Sequence[Version]) -> list[Item]:
    version = next(its for its in published if its.pk == one.version_id)
    place = passages.of(version).by_id[one.lineage_id].number
    facts = {"submission": one, "place": place}
    found = []
    if one.is_read:
        found.append(Item(uuid5(one.pk, "shown"), one.shown_at, "said", strategy, None, facts))
    answer = getattr(one, "answer", None)
    if answer is not None and answer.published_at is not None:
        its = {**facts, "answer": answer}
        found.append(Item(answer.pk, answer.published_at, "answered", strategy, None, its))
    return found


def _of_step(row: Passage, strategy: Strategy, published: Sequence[Version]) -> Item | None:
    """What became of the passage in one version; None when the version before is not there."""
    at = next((at for at, one in enumerate(published) if one.pk == row.version_id), 0)
    if at == 0:
        return None
    new, old = published[at], published[at - 1]
    held, stood = passages.of(new).by_id, passages.of(old).by_id.get(row.old_id)
    if stood is None:
        return None
    here = next((id for id in row.new_ids if id in held), "")
    facts = {
        "version": new,
        "before": old.number,
        "outcome": row.outcome,
        "lineage": here or row.old_id,
        "place": stood.number,
        "now": held[here].number if here else "",
        "words": held[here].text if here else "",
    }
    return Item(row.pk, new.published_at, "changed", strategy, None, facts)
