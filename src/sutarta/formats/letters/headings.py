"""The lines „Nuo: …“, „Išsiųsta: …“ that mail programs put above a letter they quote or pass on."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NAMES = {
    "from": ("nuo", "from", "siuntėjas", "от", "von", "od"),
    "date": (
        "išsiųsta", "data", "sent", "date", "siuntimo data", "siųsta", "gauta", "laikas",
        "отправлено", "дата", "gesendet", "datum", "wysłano",
    ),
    "subject": ("tema", "subject", "тема", "betreff", "temat"),
    "to": (
        "kam", "iki", "to", "gavėjas", "gavėjai", "cc", "bcc", "kopija", "slapta kopija", "kopijos",
        "кому", "копия", "an", "do", "dw",
    ),
    "other": (
        "svarba", "importance", "priedai", "attachments", "atsakyti", "reply-to", "pirmumas",
        "priority", "jautrumas", "sensitivity",
    ),
}  # fmt: skip
_KNOWN = {word: name for name, words in _NAMES.items() for word in words}
_LINE = re.compile(r"\s*[*_]*([^\W\d_][^:\n]{1,20}?)\s*[*_]*:[*_]*\s*(.*)$")
_LOOKS_LIKE_ADDRESSES = re.compile(r".*(?:@|;\s*$)|\s+\S")
FEWEST = 2  # lines of such a block: from whom, and when, to whom or about what
FARTHEST = 8  # lines within which a block says when it was sent


def named(line: str) -> tuple[str, str]:
    """What the line states, as "from", "date", "subject", "to" or "other", and its words.

    >>> named("*Išsiųsta:* 2026-11-20 10:12"), named("Prašau: keltuvo.")
    (('date', '2026-11-20 10:12'), ('', ''))
    """
    found = _LINE.match(line)
    name = _KNOWN.get(found[1].strip().lower(), "") if found else ""
    return (name, found[2].strip()) if found and name else ("", "")


def block(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """The facts stated by the lines at the top, and how many lines they take.

    An address list that runs on over the next line is taken along. Without a sender there are
    no facts, and such lines are words like others.
    """
    facts: dict[str, str] = {}
    last = ""
    end = 0
    for line in lines:
        name, words = named(line)
        if name:
            facts.setdefault(name, words)
        elif not (last == "to" and line.strip() and _LOOKS_LIKE_ADDRESSES.match(line)):
            break
        last, end = name or last, end + 1
    return (facts, end) if facts.get("from") else ({}, 0)


def begins(lines: Sequence[str], at: int) -> bool:
    """Whether a block of a quoted letter begins here: from whom, and soon after when.

    „Nuo: ryto iki vakaro triukšmas“ alone is what somebody wrote.
    """
    if named(lines[at])[0] != "from":
        return False
    facts, _end = block(lines[at : at + FARTHEST])
    return bool(facts.get("date"))
