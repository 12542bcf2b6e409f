"""Counts the public reads, each from one place, so that they agree wherever they stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from sutarta.apps.consultations.models import Channel, Outcome, Submission, Visibility
from sutarta.apps.tenants.models import Group

ASIDE = Q(visibility=Visibility.SET_ASIDE)
ANSWERED = Q(answer__published_at__isnull=False)
# Every submission that is not set aside is in one of: an outcome, waiting, withdrawn, erased.
STATES = {
    **{outcome.lower(): ANSWERED & Q(answer__outcome=outcome) for outcome in Outcome.values},
    "waiting": ~ANSWERED & Q(withdrawn_at=None, erased_at=None),
    "late": Q(is_late=True),
    "withdrawn": Q(withdrawn_at__isnull=False),
    "erased": Q(erased_at__isnull=False),
}


def by_state(asked: Q) -> dict[str, Count]:
    """For `aggregate`: "state_NAME" -> how many of those listed under `asked` are in it."""
    return {
        f"state_{name}": Count("id", filter=asked & ~ASIDE & state)
        for name, state in STATES.items()
    }


@dataclass(frozen=True)
class Totals:
    """All submissions of a group.

    received    every one, spam and what was withdrawn included: nothing vanishes
    aside       set aside as spam or abuse; not listed, so in none of the following
    answered    with a published answer; changed: those whose answer changes the text
    waiting     neither answered, withdrawn nor erased
    by_channel  code -> how many of `received`
    """

    received: int
    aside: int
    answered: int
    changed: int
    waiting: int
    by_channel: dict[str, int]


def totals(group: Group) -> Totals:
    """Counted in one question."""
    rows = list(
        Submission.objects.filter(group=group)
        .values("channel")
        .annotate(
            received=Count("id"),
            aside=Count("id", filter=ASIDE),
            answered=Count("id", filter=~ASIDE & ANSWERED),
            changed=Count("id", filter=~ASIDE & ANSWERED & ~Q(answer__changed=[])),
            waiting=Count("id", filter=~ASIDE & STATES["waiting"]),
        )
    )
    names = ("received", "aside", "answered", "changed", "waiting")
    summed = {name: sum(row[name] for row in rows) for name in names}
    channels = {row["channel"]: row["received"] for row in rows}
    return Totals(
        **summed, by_channel={code: channels[code] for code in Channel.values if code in channels}
    )
