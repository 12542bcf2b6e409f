"""A letter copied from a mail program's window."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from . import eml, headings
from .decoding import instant, likely, sender, tidy
from .letter import MAX_TEXT, Letter, Refused
from .quoting import cut

_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[ T,]+(?:\w+\.?,?\s+)?(\d\d:\d\d)")


def pasted(text: str, zone: str) -> Letter:
    """As `read`; what stands above the words as „Nuo: …“ is the sender, and so on.

    zone   whose clock an hour is read by when the letter does not say

    Where the source of the letter was pasted, it is read as such. Raises Refused("no_text")
    when there are no words.
    """
    words = tidy(text)[:MAX_TEXT].strip("\n")
    if not words.strip():
        raise Refused("no_text")
    try:
        return eml.read(words.encode("utf-8", "replace"))
    except Refused:
        lines = words.split("\n")
        facts, end = headings.block(lines)
        body = "\n".join(lines[end:])
    own, quoted = cut(body)
    if not own:  # somebody took the trouble to copy it
        own, quoted = body.strip("\n"), ""
    said = facts.get("from", "")
    name, address = sender(said)
    return Letter(
        sender_name=name or ("" if "@" in said else said[:120]),
        sender_address=address,
        subject=facts.get("subject", "")[:1000],
        sent_at=_sent(facts.get("date", ""), zone),
        text=own or facts.get("subject", ""),
        quoted=quoted,
    )


def _sent(said: str, zone: str) -> datetime | None:
    if exact := instant(said):
        return exact
    found = _ISO.search(said)
    if found is None:
        return None
    try:
        local = datetime.fromisoformat(f"{found[1]}T{found[2]}")
    except ValueError:
        return None
    return likely(local.replace(tzinfo=ZoneInfo(zone)))
