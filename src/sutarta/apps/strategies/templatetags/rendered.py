"""Putting rendered blocks on a page: {% load rendered %}."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from sutarta.apps.strategies.rendering import Piece, Rendered, heading_tag

register = template.Library()


@register.simple_tag
def inner(block: Rendered) -> SafeString:
    """{% inner block %}: what goes inside the block's own tag."""
    return mark_safe(block["html"])  # noqa: S308 - escaped by rendering.render


@register.simple_tag
def heading(block: Rendered) -> SafeString:
    """{% heading block %}: the words of a heading in the tag of its level."""
    tag = mark_safe(heading_tag(block["level"]))  # noqa: S308 - our own word
    return format_html('<{0} class="text">{1}</{0}>', tag, inner(block))


@register.simple_tag
def table(piece: Piece) -> SafeString:
    """{% table piece %}: the table with caption, head and rows; every row has its id."""
    caption = piece.block["html"]
    parts = [f"<caption>{caption}</caption>" if caption else ""]
    for tag, rows in (("thead", piece.heads), ("tbody", piece.rows)):
        if rows:
            parts += [f"<{tag}>", *map(_row, rows), f"</{tag}>"]
    whole = mark_safe("".join(parts))  # noqa: S308 - escaped by rendering.render
    return format_html('<table class="ds-table">{}</table>', whole)


def _row(row: Rendered) -> str:
    return format_html('<tr id="{}">{}</tr>', row["id"], inner(row))
