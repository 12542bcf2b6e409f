"""Atom that holds any words: XML knows no control characters, and staff paste some unseen."""

from __future__ import annotations

import re
from typing import Any

from django.utils.feedgenerator import Atom1Feed

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Feed(Atom1Feed):
    """Atom1Feed without the letters that would break the whole feed for everybody."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(**_fit(facts))

    def add_item(self, **facts: Any) -> None:  # type: ignore[override]
        super().add_item(**_fit(facts))


def _fit(facts: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _UNFIT.sub("", str(value)) if isinstance(value, str) else value
        for name, value in facts.items()
    }
