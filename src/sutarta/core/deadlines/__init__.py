"""Deadlines: a local date, a wording and a zone become one exclusive instant.

The instant is the first moment that no longer counts. Which wording means which instant, and
why, stands in docs/deadlines.md.
"""

from sutarta.core.deadlines.deadline import (
    Deadline,
    Remaining,
    Ruling,
    counts,
    lateness,
    may_extend,
    remaining,
)
from sutarta.core.deadlines.grammar import nearest_language, say, say_day
from sutarta.core.deadlines.holidays import public_holidays, working_day
from sutarta.core.deadlines.instants import instant
from sutarta.core.deadlines.reading import parse
from sutarta.core.deadlines.unclear import UNCLEAR_CODES, Unclear
from sutarta.core.deadlines.wording import END_OF_DAY, Wording
from sutarta.core.deadlines.zones import TZ_VERSION, UnknownZone

__all__ = [
    "END_OF_DAY",
    "TZ_VERSION",
    "UNCLEAR_CODES",
    "Deadline",
    "Remaining",
    "Ruling",
    "Unclear",
    "UnknownZone",
    "Wording",
    "counts",
    "instant",
    "lateness",
    "may_extend",
    "nearest_language",
    "parse",
    "public_holidays",
    "remaining",
    "say",
    "say_day",
    "working_day",
]
