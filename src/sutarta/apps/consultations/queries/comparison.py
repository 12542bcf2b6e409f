"""Two versions of a strategy beside each other, every change with its reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import QuerySet

from sutarta.apps.consultations.models import ChangeCause
from sutarta.apps.consultations.queries import reasons
from sutarta.apps.consultations.queries.reasons import Reason
from sutarta.apps.strategies import queries as strategies
from sutarta.apps.strategies.models import Version
from sutarta.apps.tenants.models import Group
from sutarta.core.documents import Comparison, Kind, Pair

NONE = "NONE"  # among the causes: nobody has said why yet


@dataclass(frozen=True)
class Change:
    """A passage that changed, with every reason for it.

    since   how many passages stand unchanged between the change before it and this one
    """

    pair: Pair
    reasons: Sequence[Reason]
    since: int = 0

    @property
    def causes(self) -> set[str]:
        return {str(reason.cause) for reason in self.reasons} or {NONE}

    @property
    def number(self) -> str:
        """The printed number it is spoken of by: of the new version, else of the old one."""
        return (self.pair.new_numbers or self.pair.old_numbers)[0]

    @property
    def moved_from(self) -> str:
        return self.pair.old_numbers[0] if self.pair.is_moved else ""


@dataclass(frozen=True)
class Compared:
    """Everything that changed from `old` to `new`, in reading order.

    found   the two documents as one, the unchanged passages among them
    """

    old: Version
    new: Version
    found: Comparison
    changes: Sequence[Change]

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Cause -> changes that have it, in the order of the causes and NONE at the end.

        A change with several causes counts under each of them.
        """
        counted = Counter(cause for change in self.changes for cause in change.causes)
        return {cause: counted[cause] for cause in (*ChangeCause.values, NONE)}

    @property
    def unexplained(self) -> int:
        return self.counts[NONE]

    def because_of(self, cause: str) -> list[Change]:
        """The changes of one cause; all of them for ""."""
        return [change for change in self.changes if not cause or cause in change.causes]

    @cached_property
    def heads(self) -> Mapping[str, Sequence[str]]:
        """Id of a table -> the names of its columns, where its first row names them."""
        found: dict[str, list[str]] = {}
        for pair in self.found.pairs:
            block = (pair.new or pair.old)[0]
            if block.kind is Kind.ROW and block.header:
                found.setdefault(block.table, [cell.text for cell in block.cells])
        return found


def compared(old: Version, new: Version) -> Compared:
    """Two versions of one strategy, the older first; `new` may be the draft.

    At most five questions, however much changed; three when the process compared them before.
    """
    found = strategies.beside(old, new)
    return Compared(old, new, found, list(_changes(found, reasons.between(old, new))))


def _changes(found: Comparison, why: reasons.Reasons) -> Iterator[Change]:
    since = 0
    for pair in found.pairs:
        if pair.is_change:
            yield Change(pair, why.of(pair.ids), since)
            since = 0
        else:
            since += 1


def before(version: Version) -> Version | None:
    """The published version before this one, light."""
    return earlier(version).last()


def earlier(version: Version) -> QuerySet[Version]:
    """Published versions of the strategy before this one, oldest first, light."""
    return (
        strategies.published(version.strategy)
        .filter(number__lt=version.number)
        .select_related("strategy")
        .order_by("number")
    )


def explainable(group: Group) -> QuerySet[Version]:
    """Versions that changed something, drafts among them, the newest first, with strategy."""
    found = Version.objects.filter(group=group, number__gt=1)
    found = found.select_related("strategy", "group").defer("salts", "rendered", "content")
    return found.order_by("-strategy__number", "-number")
