"""What the front page tells: what is going on, what became of proposals, what happened last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from sutarta.apps.consultations.models import Consultation, Stage
from sutarta.apps.consultations.queries import counts, public
from sutarta.apps.publishing.queries.news import Item
from sutarta.apps.strategies.models import Strategy, Version
from sutarta.apps.tenants.models import Group
from sutarta.apps.ui import wording

AHEAD = {Stage.OPEN, Stage.ANNOUNCED}
ACTS = 6  # of the latest news on the front page


@dataclass(frozen=True)
class Figures:
    """Counts of all submissions of the group; what was withdrawn or set aside is received only."""

    received: int
    answered: int
    changed: int
    waiting: int
    by_channel: list[tuple[str, int]]

    @property
    def unchanged(self) -> int:
        return self.answered - self.changed


def announced(group: Group) -> list[Consultation]:
    """Every announced consultation, oldest first, with its strategy, version and deadlines."""
    return list(public.announced(group).order_by("opens_at", "number"))


def strategy_shown(
    versions: Sequence[Version], chosen: Consultation | None, at: datetime
) -> Strategy | None:
    """The strategy that the page is about: that of the discussion ahead, else the newest.

    versions   every public one of the group, newest first
    """
    if chosen is not None and (chosen.stage(at) in AHEAD or not versions):
        return chosen.strategy
    return versions[0].strategy if versions else None


def until(
    consultations: Iterable[Consultation], shown: Consultation | None, at: datetime
) -> datetime:
    """Until when the front page reads the same: the card counts hours, at last minutes."""
    change = public.next_change(consultations, at)
    if shown is None or shown.stage(at) is not Stage.OPEN:
        return change
    closes_at = shown.deadline.closes_at
    return min(change, closes_at - wording.next_remaining(closes_at - at))


def figures(group: Group) -> Figures:
    """What became of everything that was handed over; counted in one question."""
    totals = counts.totals(group)
    return Figures(
        received=totals.received,
        answered=totals.answered,
        changed=totals.changed,
        waiting=totals.waiting,
        by_channel=list(totals.by_channel.items()),
    )


def latest(items: Iterable[Item]) -> list[Item]:
    """The newest acts; what is only planned stands in the path above them."""
    done = (item for item in items if item.code != "step" or item.facts["step"].done_on)
    return list(islice(done, ACTS))


def changed(items: Iterable[Item]) -> dict[object, int]:
    """Version -> how many of its passages do not stand as they stood, from the news of it."""
    return {
        item.facts["version"].pk: item.facts["changed"] for item in items if item.code == "version"
    }
