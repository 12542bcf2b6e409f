"""Why a file is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, TypeVar

EXIT_REFUSED = 3  # how a worker ends when it refuses a file


class Refusal(Exception):
    """A file that is refused; `code` is one of `reasons` and stable, str() is its sentence."""

    reasons: ClassVar[Mapping[str, str]] = {}

    def __init__(self, code: str) -> None:
        super().__init__(self.reasons[code])
        self.code = code


R = TypeVar("R", bound=Refusal)


def refusal(kind: type[R], code: str) -> R:
    """The refusal of that kind; every kind knows "broken" and "too_slow".

    A kind without a sentence for too much memory says that it took too long.
    """
    if code == "too_hungry" and code not in kind.reasons:
        code = "too_slow"
    return kind(code if code in kind.reasons else "broken")
