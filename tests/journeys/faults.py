"""What a machine can say against a page: broken rules of accessibility, and scrolling sideways."""

from __future__ import annotations

from typing import Any


def faults(axe: Any, way: Any) -> tuple[list[tuple[str, list[str]]], bool]:
    """Rules broken, with the elements that break them; whether the page scrolls sideways."""
    found = axe.run(way.page).response["violations"]
    wide = way.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found], wide
