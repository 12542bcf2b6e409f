"""Similar submissions that get one answer, told together; each keeps its own row and number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sutarta.apps.consultations.models import Submission, Visibility
from sutarta.apps.consultations.queries import public, showing, tallies
from sutarta.apps.tenants.models import Group

SHOWN = 10  # members named one by one; the others are behind a link


@dataclass(frozen=True)
class Member:
    """One of the others of a bundle, in a line."""

    submission: Submission
    state: str
    author: str

    @property
    def number(self) -> int:
        return self.submission.number


@dataclass(frozen=True)
class Bundled:
    """The others that said the same as one submission.

    first      lowest number of the bundle: names it in an address
    others     how many besides the one shown; `named`: the first of them, one by one
    persons    e-mail addresses, and every submission without one counted as one person: nobody
               knows more, for who leaves no address may speak twice. None when the addresses
               are forgotten by rule, for then it would claim more than is known
    texts      different texts, whatever their punctuation and capitals
    answered   whether all of them have their answer
    """

    first: int
    others: int
    named: list[Member]
    persons: int | None
    texts: int
    answered: bool

    @property
    def size(self) -> int:
        return self.others + 1


def beside(
    group: Group, heads: Iterable[Submission], forgotten_before: datetime
) -> dict[object, Bundled]:
    """Key of each head that has a bundle -> the others of it; in one question, or none.

    forgotten_before   consultations answered before this instant have lost their addresses
    """
    found = {head.bundle_id: head for head in heads if head.bundle_id is not None}
    if not found:
        return {}
    rows: defaultdict[object, list[Submission]] = defaultdict(list)
    members = public.submissions(group).filter(bundle__in=list(found))
    for row in members.exclude(visibility=Visibility.SET_ASIDE).order_by("number"):
        rows[row.bundle_id].append(row)
    return {
        head.pk: _bundled(head, rows[bundle], forgotten_before)
        for bundle, head in found.items()
        if len(rows[bundle]) > 1
    }


def _bundled(head: Submission, rows: list[Submission], forgotten_before: datetime) -> Bundled:
    others = [row for row in rows if row.pk != head.pk]
    answered_at = head.consultation.answered_at
    is_forgotten = answered_at is not None and answered_at <= forgotten_before
    return Bundled(
        first=rows[0].number,
        others=len(others),
        named=[
            Member(row, showing.state(row), showing.author(row, own=False))
            for row in others[:SHOWN]
        ],
        persons=None if is_forgotten else tallies.people(rows),
        texts=tallies.texts(rows),
        answered=all(showing.published_answer(row) for row in rows),
    )
