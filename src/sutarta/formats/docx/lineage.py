"""Bookmarks that carry lineage ids through Word and back.

A row and its table, a paragraph and the picture in it may begin at the same place, so each kind
has a prefix of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sutarta.core.documents import Block, Kind

from .findings import Place, PlaceMap

MARK, TABLE_MARK, FIGURE_MARK = "st_", "stt_", "stf_"
MARKS = (MARK, TABLE_MARK, FIGURE_MARK)
KEY_MARK = "stk_"
_PREFIX = {Kind.TABLE: TABLE_MARK, Kind.FIGURE: FIGURE_MARK}
LONGEST_KEY = 28  # a bookmark's name has 40 characters at most
_NAME = re.compile(r"(stt?_|stf_)([a-z0-9]{4,20})")
_KEY = re.compile(r"[A-Za-z0-9]+(?:/[A-Za-z0-9]+)*")
_KEY_NAME = re.compile(r"stk_([A-Za-z0-9]+(?:_[A-Za-z0-9]+)*)(?:__\d{1,4})?")


def prefix(kind: Kind) -> str:
    return _PREFIX.get(kind, MARK)


def key_name(key: str, copy: int = 1) -> str:
    """Name of the bookmark that carries a key, such as the number of a submission.

    key    letters and digits of ASCII, parted by single strokes; at most 28 characters
    copy   which passage of several that carry it, from 1

    Raises ValueError for another key.

    >>> key_name("p/17"), key_name("p/17", 2)
    ('stk_p_17', 'stk_p_17__2')
    """
    if not _KEY.fullmatch(key) or len(key) > LONGEST_KEY:
        raise ValueError(f"a bookmark cannot carry this key: {key!r}")
    return f"{KEY_MARK}{key.replace('/', '_')}" + (f"__{copy}" if copy > 1 else "")


def keys_told(places: PlaceMap, found: Mapping[str, Place]) -> dict[int, tuple[str, ...]]:
    """Index of a block -> keys that bookmarks in its paragraphs carry, in alphabetical order.

    places   where each paragraph went
    found    name of each bookmark -> where it stands
    """
    keys: dict[int, set[str]] = {}
    for name, place in found.items():
        block = places.at(place)
        if block is not None and (match := _KEY_NAME.fullmatch(name)):
            keys.setdefault(block, set()).add(match[1].replace("_", "/"))
    return {block: tuple(sorted(said)) for block, said in sorted(keys.items())}


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
