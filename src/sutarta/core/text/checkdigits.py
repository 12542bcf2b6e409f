"""A digit after a number that shows whether the number was copied rightly."""

from __future__ import annotations

# An anti-symmetric quasigroup of order 10 with zeros along the diagonal: the row is the state, the
# column the next digit. H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004.
_TABLE = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def check_digit(number: int) -> int:
    """The digit that makes every single wrong digit, and every two swapped neighbours, show.

    Zeros before the number change nothing, so it may be printed with as many as look well.
    Raises ValueError below 0.

    >>> check_digit(572), check_digit(42)
    (4, 7)
    """
    if number < 0:
        raise ValueError("a number to be copied is 0 or more")
    return _state(str(number))


def checked(digits: str) -> int | None:
    """The number before its check digit; None when it was copied wrongly or is no number.

    >>> checked("00427"), checked("00247"), checked("7")
    (42, None, None)
    """
    plain = digits.isascii() and digits.isdigit() and len(digits) > 1
    return int(digits[:-1]) if plain and _state(digits) == 0 else None


def _state(digits: str) -> int:
    state = 0
    for digit in digits:
        state = int(_TABLE[state][int(digit)])
    return state
