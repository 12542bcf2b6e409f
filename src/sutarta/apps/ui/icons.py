"""Our icons, read once from icons.svg, which any picture viewer can open."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_SHEET = Path(__file__).with_name("icons.svg")
_SYMBOL = re.compile(r'<symbol id="i-([a-z]+)" viewBox="0 0 24 24">(.*?)</symbol>')


@cache
def drawings() -> dict[str, SafeString]:
    """Name -> the lines of the drawing on a square of 24 by 24."""
    found = _SYMBOL.findall(_SHEET.read_text(encoding="utf-8"))
    return {name: mark_safe(lines) for name, lines in found}  # noqa: S308 - our own file


@cache
def icon(name: str) -> SafeString:
    """The icon as a picture beside a word; screen readers pass over it.

    Raises KeyError when there is no such icon.
    """
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{}</svg>',
        drawings()[name],
    )


@cache
def symbol(name: str) -> SafeString:
    """The icon put aside once, for a page that shows it hundreds of times with `use`."""
    return format_html('<symbol id="i-{}" viewBox="0 0 24 24">{}</symbol>', name, drawings()[name])


@cache
def use(name: str) -> SafeString:
    """The icon by reference to a `symbol` on the same page."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-{}"></use></svg>',
        name,
    )
