"""Why a written deadline was not understood."""

from __future__ import annotations

from typing import Literal, get_args

UnclearCode = Literal[
    "day_excluded",
    "day_or_month",
    "midnight",
    "no_date",
    "no_month",
    "no_such_date",
    "no_such_hour",
    "no_year",
    "several_dates",
    "several_hours",
    "unknown_words",
    "weekday",
    "zone",
]
UNCLEAR_CODES: tuple[UnclearCode, ...] = get_args(UnclearCode)


class Unclear(ValueError):
    """The wording does not name one instant beyond doubt; a person has to say it again.

    code   one of UNCLEAR_CODES; each is explained in docs/deadlines.md
    words  the words that were the trouble, folded and lower-cased; "" when there are none
    """

    def __init__(self, code: UnclearCode, words: str = "") -> None:
        super().__init__(f"{code}: {words}" if words else code)
        self.code = code
        self.words = words
