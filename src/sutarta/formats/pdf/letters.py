"""Which letters our fonts can draw; a letter of another script becomes a box."""

from __future__ import annotations

import json
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).resolve().parent / "fonts" / "manifest.json"
BOX = "□"


def without_strangers(value: Any) -> Any:
    """The same JSON value, every letter that no face of Inter has put as a box."""
    if isinstance(value, str):
        return "".join(letter if is_drawn(letter) else BOX for letter in value)
    if isinstance(value, list):
        return [without_strangers(each) for each in value]
    if isinstance(value, dict):
        return {key: without_strangers(each) for key, each in value.items()}
    return value


def is_drawn(letter: str) -> bool:
    """Whether every face has the letter; a line's end is none.

    >>> is_drawn("ė"), is_drawn("中")
    (True, False)
    """
    starts, ends = _ranges()
    at = bisect_right(starts, ord(letter)) - 1
    return letter == "\n" or (at >= 0 and ord(letter) <= ends[at])


@lru_cache(maxsize=1)
def _ranges() -> tuple[list[int], list[int]]:
    ranges = json.loads(MANIFEST.read_text(encoding="utf-8"))["letters"]
    return [first for first, _last in ranges], [last for _first, last in ranges]
