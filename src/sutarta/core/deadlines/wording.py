"""What a notice says about the last day: that all of it counts, or until which hour."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CODE = re.compile(r"(BEFORE|THROUGH) (\d\d):(\d\d)")


@dataclass(frozen=True)
class Wording:
    """An hour of the last day, or the whole of it when `hour` is None.

    hour     0..23 on the local clock; None: the whole day counts ("iki 24.00 val.", "imtinai")
    minute   0..59; 0 without an hour
    through  with an hour: its minute still counts ("iki 17.00 val. imtinai")

    00:00 is refused, for nobody knows which night it means: say the end of the day before.
    Raises ValueError when a part is out of range.

    >>> Wording(17, 30).code
    'BEFORE 17:30'
    """

    hour: int | None = None
    minute: int = 0
    through: bool = False

    def __post_init__(self) -> None:
        if self.hour is None:
            if self.minute or self.through:
                raise ValueError("minute and through need an hour")
        elif not (0 <= self.hour <= 23 and 0 <= self.minute <= 59):
            raise ValueError("hour must be 0..23 and minute 0..59")
        elif self.hour == self.minute == 0:
            raise ValueError("00:00 is ambiguous; use the end of the day before")

    @property
    def code(self) -> str:
        """How the wording is stored: "END_OF_DAY", "BEFORE 17:30" or "THROUGH 17:30"."""
        if self.hour is None:
            return "END_OF_DAY"
        return f"{'THROUGH' if self.through else 'BEFORE'} {self.hour:02}:{self.minute:02}"

    @classmethod
    def from_code(cls, code: str) -> Wording:
        """The wording stored as `code`. Raises ValueError when it is none.

        >>> Wording.from_code("THROUGH 17:00")
        Wording(hour=17, minute=0, through=True)
        """
        if code == "END_OF_DAY":
            return END_OF_DAY
        if (found := _CODE.fullmatch(code)) is None:
            raise ValueError(f"not a wording: {code!r}")
        return cls(int(found[2]), int(found[3]), through=found[1] == "THROUGH")


END_OF_DAY = Wording()
