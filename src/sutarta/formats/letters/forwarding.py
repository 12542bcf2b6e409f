"""Whose words are whose in a letter that passes another one on."""

from __future__ import annotations

import re

from . import headings
from .decoding import sender
from .letter import Forwarded
from .quoting import cut, passes_on

_SUBJECT = re.compile(r"\s*(?:fwd?|pers|persl|persiųsta|persiunčiu|wg|tr|i)\s*:", re.IGNORECASE)
_REPLIES = re.compile(r"original|pradin|pirmin|исходн|ursprüng", re.IGNORECASE)
_MARK = re.compile(r"\s?> ?")
_NEAR = 4  # lines between the line that says so and the facts


def passed_on(text: str, subject: str) -> Forwarded | None:
    """The letter passed on in `text`, or None when there is none.

    A block „Nuo: … Išsiųsta: …“ stands above a letter answered as above one passed on; what
    tells them apart is the line above it, the subject, or that the sender wrote nothing else.
    """
    lines = text.split("\n")
    for at, line in enumerate(lines):
        rest = _unmarked(lines[at : at + headings.FARTHEST])
        says_so = passes_on(rest[0]) and not _REPLIES.search(line)
        if not (says_so or headings.begins(rest, 0)):
            continue
        if says_so or _SUBJECT.match(subject) or not cut("\n".join(lines[:at]))[0]:
            return _letter(_unmarked(lines[at + 1 :] if says_so else lines[at:]))
        return None
    return None


def _letter(lines: list[str]) -> Forwarded | None:
    start = next((n for n, line in enumerate(lines[:_NEAR]) if headings.named(line)[0]), 0)
    facts, end = headings.block(lines[start:])
    if not facts:
        return None
    name, address = sender(facts["from"])
    words, _quoted = cut("\n".join(lines[start + end :]))
    return Forwarded(
        sender_name=name or ("" if "@" in facts["from"] else facts["from"][:120]),
        sender_address=address,
        subject=facts.get("subject", "")[:1000],
        sent=facts.get("date", "")[:200],
        text=words,
    )


def _unmarked(lines: list[str]) -> list[str]:
    """The lines without one „> “ each, where the first that says something bears one."""
    first = next((line for line in lines if line.strip()), "")
    if not _MARK.match(first):
        return lines
    return [_MARK.sub("", line, count=1) for line in lines]
