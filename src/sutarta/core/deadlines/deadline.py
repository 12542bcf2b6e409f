"""A deadline once set, and the questions asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from sutarta.core.deadlines.instants import instant
from sutarta.core.deadlines.wording import Wording
from sutarta.core.deadlines.zones import TZ_VERSION


@dataclass(frozen=True)
class Deadline:
    """A deadline with the instant frozen when it was set.

    local_date  last day on the calendar of `zone`
    zone        IANA name
    instant     first moment that no longer counts; aware, UTC
    tz_version  edition of the zone data the instant was made with, such as "2026f"

    Later editions do not move the instant: what was announced stays. New deadlines are made
    with `Deadline.of`; the plain constructor is for stored ones. Raises ValueError when the
    instant is not in UTC.
    """

    local_date: date
    wording: Wording
    zone: str
    instant: datetime
    tz_version: str

    def __post_init__(self) -> None:
        if self.instant.utcoffset() != timedelta(0):
            raise ValueError("instant must be an aware datetime in UTC")

    @classmethod
    def of(cls, local_date: date, wording: Wording, zone: str) -> Deadline:
        """A new deadline by the zone data in force. Raises what `instant` raises.

        >>> Deadline.of(date(2026, 11, 30), Wording(17), "Europe/Vilnius").instant.isoformat()
        '2026-11-30T15:00:00+00:00'
        """
        return cls(local_date, wording, zone, instant(local_date, wording, zone), TZ_VERSION)


@dataclass(frozen=True)
class Ruling:
    """Whether a deadline may be moved.

    code  "allowed"; "closed": the old one has passed, so a new round is needed;
          "not_later": the new one does not come after the old one
    """

    allowed: bool
    code: Literal["allowed", "closed", "not_later"]

    def __bool__(self) -> bool:
        return self.allowed


@dataclass(frozen=True)
class Remaining:
    """Time left in whole minutes, rounded down: 24-hour days, then 0..23 hours, 0..59 minutes.

    All zero in the last minute as well as after it; `counts` tells the two apart.
    """

    days: int
    hours: int
    minutes: int


def counts(received_at: datetime, deadline: Deadline) -> bool:
    """Whether what was received at that moment is in time.

    received_at  when the request's headers or the letter arrived; aware, any zone

    Raises ValueError when `received_at` has no zone.

    >>> from datetime import UTC
    >>> deadline = Deadline.of(date(2026, 11, 30), Wording(17), "Europe/Vilnius")
    >>> counts(datetime(2026, 11, 30, 14, 59, 59, 999999, UTC), deadline)
    True
    >>> counts(datetime(2026, 11, 30, 15, tzinfo=UTC), deadline)
    False
    """
    return _aware(received_at) < deadline.instant


def lateness(received_at: datetime, deadline: Deadline) -> timedelta:
    """How long after the deadline it came; zero when in time or at the very instant.

    Raises ValueError when `received_at` has no zone.
    """
    return max(_aware(received_at) - deadline.instant, timedelta(0))


def may_extend(current: Deadline, new: Deadline, at: datetime) -> Ruling:
    """Whether `new` may replace `current` at the moment `at`: before the close, only later.

    Raises ValueError when `at` has no zone.
    """
    if not counts(at, current):
        return Ruling(False, "closed")
    if new.instant <= current.instant:
        return Ruling(False, "not_later")
    return Ruling(True, "allowed")


def remaining(at: datetime, deadline: Deadline) -> Remaining:
    """The time from `at` to the deadline. Raises ValueError when `at` has no zone.

    >>> from datetime import UTC
    >>> deadline = Deadline.of(date(2026, 11, 30), Wording(), "Europe/Vilnius")
    >>> remaining(datetime(2026, 11, 22, 16, tzinfo=UTC), deadline)
    Remaining(days=8, hours=6, minutes=0)
    """
    left = max(deadline.instant - _aware(at), timedelta(0))
    hours, minutes = divmod(left.seconds // 60, 60)
    return Remaining(left.days, hours, minutes)


def _aware(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("a moment needs its zone")
    return at
