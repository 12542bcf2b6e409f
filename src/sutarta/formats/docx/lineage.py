"""Bookmarks that carry lineage ids through Word and back.

A row and its table, a paragraph and the picture in it may begin at the same place, so each kind
has a prefix of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sutarta.core.documents import Block, Kind

from .findings import Place

MARK, TABLE_MARK, FIGURE_MARK = "st_", "stt_", "stf_"
_PREFIX = {Kind.TABLE: TABLE_MARK, Kind.FIGURE: FIGURE_MARK}


_NAME = re.compile(r"(stt?_|stf_)([a-z0-9]{4,20})")


def prefix(kind: Kind) -> str:
    return _PREFIX.get(kind, MARK)


def told(blocks: Sequence[Block], found: Mapping[str, Place]) -> dict[int, str]:
    """Index of a block -> lineage id that a bookmark says of it.

    found   name of each bookmark -> where it stands

    Only a bookmark in the very paragraph counts: what is left of a paragraph taken out says
    nothing of the next one. Where several claim one block, none counts.
    """
    claims: dict[tuple[str, Place], list[str]] = {}
    for name, place in found.items():
        if match := _NAME.fullmatch(name):
            claims.setdefault((match[1], place), []).append(match[2])
    said: dict[int, str] = {}
    for index, block in enumerate(blocks):
        if block.source is None:
            continue
        place = Place(block.source.part, block.source.index)
        ids = claims.pop((prefix(block.kind), place), [])
        if len(ids) == 1:
            said[index] = ids[0]
    return said
