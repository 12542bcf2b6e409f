"""Places in a title where no line may break: before „m.“, inside a span of years, after an initial.

For display only: what is stored keeps the spaces its authors typed.
"""

from __future__ import annotations

import re

NBSP = "\N{NO-BREAK SPACE}"
JOINER = "\N{WORD JOINER}"  # takes no room and forbids a break after the dash

_UNIT = re.compile(r"(?<=\d) (?=(?:m|d|val|min|proc|p|Eur|eur[ųaoui]*|km|ha)\b)")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_INITIAL = re.compile(r"(?<!\w)([^\W\d_]\.) (?=[^\W\d_])")
_SPAN = re.compile(r"(?<=[\dIVX])[-–](?=[\dIVX])")


def unbroken(text: object) -> str:
    """The text with its numbers, units and initials tied together.

    >>> unbroken("Alksnių 2023–2029 m. strategija").split()
    ['Alksnių', '2023–\u20602029', 'm.', 'strategija']
    >>> unbroken("A. B. Petraitis, 5 val.").count(NBSP)
    3
    """
    tied = _THOUSANDS.sub(NBSP, _UNIT.sub(NBSP, str(text)))
    tied = _INITIAL.sub(lambda found: found[1] + NBSP if found[1][0].isupper() else found[0], tied)
    return _SPAN.sub(lambda found: found[0] + JOINER, tied)
