"""Words of a published passage covered, so that everything made of the version honours it."""

from __future__ import annotations

from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from sutarta.core.documents import Block, Document, Kind, Span


def covered(document: Document, lineage_id: str, reason: str) -> Document:
    """The document with the reason in place of that passage's words, picture and links.

    Its kind, place, number and the shape of a row stay: nothing else moves.
    """
    with translation.override(document.language):
        sign = (Span(_("[not shown: %(reason)s]") % {"reason": reason}),)
    blocks = (_cover(one, sign) if one.id == lineage_id else one for one in document.blocks)
    return replace(document, blocks=tuple(blocks))


def restored(document: Document, block: Block) -> Document:
    """The document with that passage as it was."""
    blocks = (block if one.id == block.id else one for one in document.blocks)
    return replace(document, blocks=tuple(blocks))


def _cover(block: Block, sign: tuple[Span, ...]) -> Block:
    if block.kind is Kind.ROW:
        cells = (replace(cell, paragraphs=(sign,)) for cell in block.cells)
        return replace(block, cells=tuple(cells))
    return replace(block, spans=sign, image="", alt=sign[0].text if block.image else "")
