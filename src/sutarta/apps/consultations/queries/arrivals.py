"""Letters that came by mail, as the desk sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from sutarta.apps.consultations.models import Arrival, Reason, Submission, Tie
from sutarta.apps.mail.models import RawState
from sutarta.apps.tenants.models import Group

TO_SORT = Q(letter__state=RawState.TO_SORT)
UNREADABLE = Q(letter__state=RawState.UNREADABLE)
SHOWN: dict[str, Q] = {
    "sort": TO_SORT,
    "unreadable": UNREADABLE,
    "aside": Q(letter__state=RawState.SET_ASIDE),
    "taken": Q(letter__state=RawState.TAKEN),
}
FIRST = "sort"
SORT_WITHIN = timedelta(days=2)  # then the desk says so in red: their authors have no number yet


@dataclass(frozen=True)
class Waiting:
    """How many letters wait for a person; overdue: of them, those that have waited too long."""

    to_sort: int
    unreadable: int
    overdue: int

    @property
    def all(self) -> int:
        return self.to_sort + self.unreadable


def of(group: Group) -> QuerySet[Arrival]:
    """Every letter of the group that was looked at, the newest first."""
    rows = Arrival.objects.filter(group=group).select_related(
        "letter__mailbox", "group", "settled_by", "same_as"
    )
    return rows.select_related("submission__consultation").order_by("-letter__received_at", "-id")


def shown(group: Group, chosen: str) -> QuerySet[Arrival]:
    """Those of one tab; of an unknown one those to sort. What waits longest stands first."""
    rows = of(group).filter(SHOWN.get(chosen, SHOWN[FIRST]))
    if chosen in {"aside", "taken"}:
        return rows
    return rows.order_by("letter__received_at", "id")


def counts(group: Group) -> dict[str, int]:
    """Tab -> how many, in one query."""
    asked = {name: Count("id", filter=wanted) for name, wanted in SHOWN.items()}
    return Arrival.objects.filter(group=group).aggregate(**asked)


def waiting(group: Group, at: datetime) -> Waiting:
    """What waits for a person, in one query. An unreadable letter waits until it is typed in."""
    late = (TO_SORT | UNREADABLE) & Q(letter__received_at__lt=at - SORT_WITHIN)
    found = Arrival.objects.filter(group=group).aggregate(
        to_sort=Count("id", filter=TO_SORT),
        unreadable=Count("id", filter=UNREADABLE),
        overdue=Count("id", filter=late),
    )
    return Waiting(**found)


def why(arrival: Arrival) -> str:
    """The sentence beside its state, "" for none."""
    code = arrival.letter.reason
    return str(Reason(code).label) if code in Reason.values else ""


def became(submission: Submission) -> Arrival | None:
    """The letter a submission came in, None for one that came another way."""
    return of(submission.group).filter(submission=submission, tie=Tie.BECAME).first()


def threads(submissions: Iterable[Submission]) -> dict[object, str]:
    """Key of a submission that came by mail -> the id of its letter, in one query."""
    rows = Arrival.objects.filter(submission__in=submissions, tie=Tie.BECAME)
    return dict(rows.exclude(message_id="").values_list("submission_id", "message_id"))


def beside(submission: Submission) -> QuerySet[Arrival]:
    """Letters that answer ours about it, and copies, the oldest first."""
    rows = of(submission.group).filter(submission=submission).exclude(tie=Tie.BECAME)
    return rows.order_by("letter__received_at", "id")


def hanging(submission: Submission) -> QuerySet[Arrival]:
    """Every letter that hangs together with it: also a copy that was set aside before the first
    was in the register, and so names only that.
    """
    tied = Q(submission=submission) | Q(submission=None, same_as__submission=submission)
    return Arrival.objects.filter(tied).select_related("letter").order_by("letter__received_at")


def erasable(submission: Submission) -> QuerySet[Arrival]:
    """Those of them whose bytes are still there, but for what waits to be sorted: that may be
    another submission.
    """
    return hanging(submission).filter(letter__removed_at=None).exclude(TO_SORT)


def others_by(arrival: Arrival) -> QuerySet[Submission]:
    """What the same address has handed over before, the newest first."""
    rows = Submission.objects.filter(group=arrival.group, email__iexact=arrival.sender_address)
    rows = rows.filter(erased_at=None).select_related("consultation")
    return rows.order_by("-number") if arrival.sender_address else rows.none()
