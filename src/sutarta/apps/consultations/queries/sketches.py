"""Submissions as sets of keyed numbers of their word stems: likes without reading words again."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Sequence

from sutarta.apps.consultations.models import Sketch, Submission
from sutarta.apps.consultations.queries import receipts, sealed
from sutarta.apps.tenants.models import Group
from sutarta.core.text import tokens, word_keys

LONGEST = 20_000  # characters looked at: who writes more is found by these
SHORTEST = 4  # letters of a stem
PURPOSE = "sutarta.sketch/1"
# What `state` needs, and what the words for the desk are.
STATE = ("number", "kind", "visibility", "digest", "shown_digest")
WORDS = (
    "body", "proposed", "why", "place", "public_body", "public_proposed", "public_why",
    "public_place",
)  # fmt: skip


def state(row: Submission) -> str:
    """Names the words that the desk reads of a submission: changes with each of them."""
    if sealed.is_sealed(row):
        return f"s{row.shown_digest[:31]}"
    return f"w{row.digest[:31]}"


def words(row: Submission) -> str:
    """What is compared: the parts as the desk reads them, one after the other."""
    said = sealed.words_for_desk(row)
    return "\n\n".join(part for part in (said.body, said.proposed, said.why) if part.strip())


def stems(group: Group, rows: Iterable[Submission]) -> list[frozenset[int]]:
    """The numbers of each row's word stems of four letters or more."""
    key = receipts.derived_secret(PURPOSE, group, "").encode()
    known: dict[str, int | None] = {}
    return [
        frozenset(
            number
            for token in tokens(words(row)[:LONGEST])
            if (number := _number(token, key, known)) is not None
        )
        for row in rows
    ]


def _number(token: str, key: bytes, known: dict[str, int | None]) -> int | None:
    if token not in known:
        stem = word_keys(token)[-1]
        digest = hashlib.blake2b(stem.encode(), key=key, digest_size=4).digest()
        known[token] = int.from_bytes(digest, "little") if len(stem) >= SHORTEST else None
    return known[token]


def packed(numbers: Iterable[int]) -> bytes:
    """As a sketch keeps them.

    >>> sorted(unpacked(packed({7, 4_000_000_000})))
    [7, 4000000000]
    """
    return array("I", sorted(numbers)).tobytes()


def unpacked(data: bytes) -> frozenset[int]:
    """What `packed` put together."""
    return frozenset(array("I", bytes(data)))


def of(group: Group, rows: Sequence[Submission]) -> dict[object, frozenset[int]]:
    """Key of each row -> its numbers; the words are read only where no sketch is up to date.

    rows   of one group, with STATE and their sketch, if they have one
    """
    found = {}
    for row in rows:
        sketch: Sketch | None = getattr(row, "sketch", None)
        if sketch is not None and sketch.of == state(row):
            found[row.pk] = unpacked(sketch.stems)
    lacking = [row.pk for row in rows if row.pk not in found]
    if lacking:
        read = list(Submission.objects.filter(pk__in=lacking).only(*STATE, *WORDS))
        found |= dict(zip((row.pk for row in read), stems(group, read), strict=True))
    return found
