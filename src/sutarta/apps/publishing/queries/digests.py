"""What a follower's letter holds: the news of everything one address follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sutarta.apps.consultations.models import Consultation
from sutarta.apps.consultations.queries import public, register
from sutarta.apps.publishing.models import About, Follow
from sutarta.apps.publishing.queries import following, news, tracing
from sutarta.apps.publishing.queries.news import Item
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.models import Group

MOST = 10  # pieces of news about one thing in one letter; its page has them all


@dataclass(frozen=True)
class Section:
    """One followed thing and its news, oldest first. more: how many are left out of the letter."""

    name: str
    path: str
    items: Sequence[Item]
    more: int


@dataclass(frozen=True)
class Gathered:
    """The news of a group that some followers may not have heard, read once for all of them."""

    items: Sequence[Item]
    consultations: Mapping[UUID, Consultation]
    versions: Mapping[UUID, Sequence[Version]]  # of each strategy, newest first
    passages: Mapping[tuple[UUID, str], Sequence[Item]]


def gathered(group: Group, follows: Sequence[Follow], until: datetime) -> Gathered:
    """Everything that the owners of `follows` can have to hear; a fixed number of questions."""
    since = min(follow.told_until for follow in follows)
    consultations = list(public.announced(group))
    public_versions = register.versions_of(group)
    known = news.known(group, consultations, public_versions)
    items = news.happened(known, until, since)
    items += [item for item in news.reminders(consultations, until) if item.at > since]
    wanted = [(one.strategy, one.lineage_id) for one in follows if one.about == About.PASSAGE]
    versions: dict[UUID, list[Version]] = {}
    for version in public_versions:
        versions.setdefault(version.strategy_id, []).append(version)
    return Gathered(
        items=items,
        consultations={one.pk: one for one in consultations},
        versions=versions,
        passages=tracing.happened(group, wanted, until, since),
    )


def sections(follows: Sequence[Follow], known: Gathered) -> list[Section]:
    """What one address has to hear, by what it follows; nothing is told twice in one letter."""
    order = About.values
    found, told = [], set()
    for follow in sorted(follows, key=lambda one: order.index(one.about)):
        fresh = [
            item
            for item in _about(follow, known)
            if item.at > follow.told_until and item.key not in told
        ]
        told |= {item.key for item in fresh}
        if fresh:
            found.append(_section(follow, fresh, known))
    return found


def _section(follow: Follow, fresh: Sequence[Item], known: Gathered) -> Section:
    subject, versions = following.subject_of(follow), known.versions.get(follow.strategy_id, ())
    items = sorted(fresh, key=lambda item: (item.at, item.key))
    return Section(
        name=subject.name(versions),
        path=subject.path(versions),
        items=items[-MOST:],
        more=max(0, len(items) - MOST),
    )


def _about(follow: Follow, known: Gathered) -> Sequence[Item]:
    if follow.about == About.PASSAGE:
        return known.passages.get((follow.strategy_id, follow.lineage_id), ())
    if consultation := known.consultations.get(follow.consultation_id):
        numbers = [one.number for one in known.versions.get(follow.strategy_id, ())]
        return news.about_consultation(known.items, consultation, numbers)
    return news.about_strategy(known.items, follow.strategy)
