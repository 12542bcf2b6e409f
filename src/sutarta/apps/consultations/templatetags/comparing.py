"""What pages ask that show changes and their reasons: {% load comparing %}."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from sutarta.apps.consultations import redlines
from sutarta.apps.consultations.causes import CAUSES
from sutarta.apps.consultations.queries.reasons import Reason
from sutarta.apps.ui import icons, wording
from sutarta.apps.ui.marks import STATUSES
from sutarta.core.documents import Change, Pair

register = template.Library()


@register.simple_tag
def redlined(changes: Iterable[Change], side: str = "") -> SafeString:
    """{% redlined pair.words %}, {% redlined pair.words "old" %}: what came and what went."""
    return redlines.marked(changes, side)


@register.simple_tag
def cause(code: str) -> SafeString:
    """{% cause "NONE" %}: icon and word."""
    mark = CAUSES[code]
    return format_html("{}<span>{}</span>", icons.icon(mark.icon), mark.word)


@register.simple_tag
def because(reason: Reason) -> SafeString:
    """{% because reason %}: icon and word of its cause, a proposal with its number and outcome."""
    if reason.number is None:
        return cause(reason.cause)
    mark = STATUSES.get(reason.outcome)
    outcome = f", {str(mark.word).lower()}" if mark else ""
    return format_html(
        "{}<span>{} {}{}</span>",
        icons.icon(mark.icon if mark else "comment"),
        CAUSES[reason.cause].word,
        wording.nr(reason.number),
        outcome,
    )


@register.filter
def named_cells(pair: Pair, heads: dict[str, Sequence[str]]) -> list[tuple[str, Sequence[Change]]]:
    """{{ pair|named_cells:heads }}: every cell of a row with the name of its column, or ""."""
    block = (pair.new or pair.old)[0]
    names = heads.get(block.table, ())
    known = names if len(names) == len(block.cells) else [""] * len(block.cells)
    places = [new for _old, new in pair.beside] or range(len(block.cells))
    named = ["" if place is None else known[place] for place in places]
    return list(zip(named, pair.cells, strict=True))
