"""The fixed words of a comparison: given by whoever makes it, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sutarta.core.documents import Comparison

from .laying import Sayings


def counted(comparison: Comparison) -> dict[str, int]:
    """How many passages of each turn, by its value, and of how many only "numbers" differ."""
    counts = {turn.value: count for turn, count in comparison.counts.items()}
    return counts | {"numbers": sum(pair.is_numbers for pair in comparison.changes)}


@dataclass(frozen=True)
class Wording:
    """What a page says beside the two texts.

    turns      sutarta.core.documents.Turn -> a word for a passage of which that became
    numbers    for a reworded passage whose numbers alone differ
    counts     what is counted, as `counted` has it -> its name
    inserted, removed   said in front of such words to whoever hears the page
    passage    "{number}" in it
    looks      heading of the passages that look otherwise and say the same, "{n}" in it
    """

    sayings: Sayings
    language: str
    title: str
    turns: Mapping[str, str]
    numbers: str
    counts: Mapping[str, str]
    inserted: str
    removed: str
    how: str
    struck: str
    underlined: str
    changes: str
    no_changes: str
    text: str
    to_changes: str
    to_text: str
    next: str
    passage: str
    looks: str
    other_picture: str
