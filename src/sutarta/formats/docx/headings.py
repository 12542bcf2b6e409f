"""Paragraphs that look like headings although no style says so."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from sutarta.core.documents.blocks import Block, Kind, Span

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
    if context.styles.is_caption(context.styles.of(paragraph)):
        return
    large = _letters(paragraph, context) >= context.usual_letters + LARGER
    if level := guessed_level(block, large=large):
        context.note("heading.guessed", paragraph, text=block.text, level=str(level))


def guessed_level(block: Block, *, large: bool) -> int:
    """Level the block would have if it were a heading; 0 when it does not look like one.

    large  whether its letters are larger than the usual ones
    """
    if block.kind is Kind.HEADING or block.number == BULLET or not _is_titular(block.text):
        return 0
    worded = [span for span in block.spans if span.text.strip() and not span.note]
    if not large and not all("bold" in span.marks for span in worded):
        return 0
    return typed_depth(f"{block.number} {block.text}".strip()) or (1 if large else 2)


def plain_throughout(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """A heading whose every word is bold is a bold heading, not a heading with bold words."""
    worded = [span for span in spans if span.text.strip() and not span.note]
    common = set.intersection(*(set(span.marks) for span in worded)) if worded else set()
    return tuple(
        replace(span, marks=tuple(mark for mark in span.marks if mark not in common))
        for span in spans
    )


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
