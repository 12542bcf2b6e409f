"""How letters hang together: our own ids, and the ids of the letters ours answer (RFC 5322)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.conf import settings

# As servers take them back; what is none of it could begin a header line of its own.
_ID = re.compile(r"[\x21-\x3b\x3d\x3f-\x7e]{1,250}@[\x21-\x3b\x3d\x3f-\x7e]{1,250}")
LONGEST = 20  # ids of one thread that are named: the first and the newest, as RFC 5322 advises


def own_id(key: object) -> str:
    """The id of our letter of that key."""
    return f"<{key}@{_domain()}>"


def own_keys(ids: Iterable[str]) -> list[UUID]:
    """Keys of those of our letters that are among the ids."""
    found = []
    for one in ids:
        key, _at, domain = one.strip("<> ").rpartition("@")
        if domain.lower() == _domain():
            try:
                found.append(UUID(key))
            except ValueError:
                continue
    return found


def is_ours(address: str) -> bool:
    """Whether it is the address our letters come from."""
    return address.lower() == settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> ").lower()


def joined(thread: Sequence[str]) -> str:
    """Ids as a letter keeps them, each once; what is no id is left out."""
    each_once = dict.fromkeys(one.strip("<> ") for one in thread)
    known = [one for one in each_once if _ID.fullmatch(one)]
    if len(known) > LONGEST:
        known = [known[0], *known[1 - LONGEST :]]
    return " ".join(known)


def headers(thread: str) -> dict[str, str]:
    """Header lines of a letter that answers the last of the thread; of one that answers none.

    Either way it says that a program wrote it, so that no program answers (RFC 3834).
    """
    ids = [f"<{one}>" for one in thread.split()]
    if not ids:
        return {"Auto-Submitted": "auto-generated"}
    answered = {"In-Reply-To": ids[-1], "References": " ".join(ids)}
    return {**answered, "Auto-Submitted": "auto-replied"}


def _domain() -> str:
    return settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].strip("<> ").lower()
