"""Paragraphs that look like headings although no style says so."""

from __future__ import annotations

import re
from collections import Counter

from sutarta.core.documents.blocks import Block, Kind

from .context import Context
from .numbering import BULLET
from .ooxml import W_P, W_R, W_T, Element, child
from .styles import BODY_LEVEL, Styles

LONGEST = 120
# Half points by which letters must be larger than the usual ones.
LARGER = 3
ENDS_OF_SENTENCES = (".", ",", ";", ":")


def usual_letters(root: Element, styles: Styles) -> int:
    """The size most letters of a part have, in half points."""
    sizes: Counter[int] = Counter()
    for paragraph in root.iter(W_P):
        style = styles.of(paragraph)
        for run in paragraph.iterchildren(W_R):
            length = sum(len(each.text or "") for each in run.iterchildren(W_T))
            if length:
                sizes[styles.half_points(child(run, "rPr"), style)] += length
    return sizes.most_common(1)[0][0] if sizes else 0


def guess_heading(paragraph: Element, block: Block, context: Context) -> None:
    """Tell of a short paragraph that is bold throughout or larger than the usual letters."""
    text = block.text
    if block.kind is Kind.HEADING or block.number == BULLET or not _is_titular(text):
        return
    if context.styles.is_caption(context.styles.of(paragraph)):
        return
    worded = [span for span in block.spans if span.text.strip() and not span.note]
    bold = all("bold" in span.marks for span in worded)
    large = _letters(paragraph, context) >= context.usual_letters + LARGER
    if bold or large:
        depth = typed_depth(f"{block.number} {text}".strip())
        level = str(depth or (1 if large else 2))
        context.note("heading.guessed", paragraph, text=text, level=level)


def _is_titular(text: str) -> bool:
    worded = re.search(r"[^\W\d_]{2}", text)
    return bool(worded) and len(text) <= LONGEST and not text.endswith(ENDS_OF_SENTENCES)


def _letters(paragraph: Element, context: Context) -> int:
    """Size of the first letters, in half points; 0 when there are none."""
    style = context.styles.of(paragraph)
    for run in paragraph.iter(W_R):
        if any((each.text or "").strip() for each in run.iterchildren(W_T)):
            return context.styles.half_points(child(run, "rPr"), style)
    return 0


def typed_depth(text: str) -> int:
    """Depth of a number typed by hand, 0 for none.

    >>> typed_depth("2.1. Tikslai"), typed_depth("Tikslai")
    (2, 0)
    """
    match = re.match(r"(\d+(?:\.\d+)*)[.)]?\s", text)
    return min(match[1].count(".") + 1, BODY_LEVEL) if match else 0
