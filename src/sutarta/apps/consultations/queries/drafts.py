"""Passages of any version, the private draft included."""

from __future__ import annotations

from collections.abc import Mapping

from sutarta.apps.consultations.queries import passages
from sutarta.apps.consultations.queries.passages import Passage
from sutarta.apps.strategies.models import Version
from sutarta.core.documents import display_numbers


def words_of(version: Version) -> Mapping[str, Passage]:
    """Lineage id -> passage. A draft may change any time, so it is read anew."""
    if version.is_published:
        return passages.of(version).by_id
    numbers = display_numbers(version.document)
    return {
        block.id: Passage(block.id, numbers[block.id], block.kind, block.text, place, "")
        for place, block in enumerate(version.document.blocks)
    }
