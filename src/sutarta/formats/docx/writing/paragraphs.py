"""Paragraphs that come, go, move and change inside whatever holds them, as tracked changes."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence

from lxml import etree

from sutarta.core.documents import Span
from sutarta.core.documents.columns import side_by_side
from sutarta.formats.docx.ooxml import (
    OBJECTS,
    PARA_ID,
    TEXT_BOX,
    W_P,
    W_R,
    W_T,
    Element,
    child,
    drop,
    q,
)
from sutarta.formats.docx.runs import MATH, REFERENCES
from sutarta.formats.docx.tracked import INVISIBLE, visible_after, visible_before

from .hands import Pen
from .inline import Scribe, own_runs, wrap
from .making import w
from .shapes import mark_end
from .steps import without_numeral

Spans = tuple[Span, ...]
SPOKEN = (W_T, q("w:sym"), q("w:noBreakHyphen"), *REFERENCES, *MATH)
# What a copy of a paragraph must not carry a second time.
ONCE = tuple(
    q(f"w:{name}")
    for name in (
        "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd",
        "commentReference", "permStart", "permEnd", "sectPr",
    )
)  # fmt: skip
IDENTITIES = (PARA_ID, q("w14:textId"))


def says_something(paragraph: Element) -> bool:
    """Whether the paragraph itself has words, or a note."""
    for leaf in paragraph.iter(*SPOKEN):
        if next(leaf.iterancestors(W_P)) is paragraph and (leaf.tag != W_T or _is_said(leaf)):
            return True
    return False


def _is_said(leaf: Element) -> bool:
    return bool((leaf.text or "").strip())


def _is_spare(paragraph: Element) -> bool:
    """Whether it only stands in for a text box where that cannot be shown."""
    return next(paragraph.iterancestors(q("mc:Fallback")), None) is not None


def holds_objects(paragraph: Element) -> bool:
    """Whether a picture, a text box or another object hangs on it."""
    return next(paragraph.iter(*OBJECTS), None) is not None


def take_out(paragraph: Element, scribe: Scribe, pen: Pen, name: str = "del") -> None:
    """Strike a paragraph with its end; the end stays where more than words hangs on it."""
    scribe.strike(paragraph, pen, name, drawn=False)
    outer = paragraph.getparent()
    alone = outer is not None and outer.tag == q("w:tc") and len(outer.findall(W_P)) == 1
    section = child(child(paragraph, "pPr"), "sectPr")
    if not alone and section is None and not holds_objects(paragraph):
        mark_end(paragraph, pen.mark(name))


def put_in(shape: Element, spans: Spans, scribe: Scribe, pen: Pen, name: str = "ins") -> Element:
    """A new paragraph, marked as put in."""
    made = w("p", shape)
    scribe.write(made, spans, pen, name)
    mark_end(made, pen.mark(name))
    return made


def copied(paragraph: Element) -> Element:
    """A copy without what a file may have once only, and without objects."""
    made = copy.deepcopy(paragraph)
    made.tail = None
    for each in list(made.iter(*ONCE)):
        drop(each)
    for run in list(made.iter(W_R)):
        if next(run.iter(*OBJECTS, q("mc:AlternateContent"), TEXT_BOX), None) is not None:
            drop(run)
    forget_identity(made)
    return made


def forget_identity(element: Element) -> None:
    """Take the numbers Word knows a paragraph or row by off a copy of it."""
    for name in IDENTITIES:
        if name in element.attrib:
            del element.attrib[name]


def as_moved(paragraph: Element, pen: Pen) -> None:
    """Mark a paragraph, reworded already, as moved here; what was struck is left out."""
    for each in list(paragraph.iter(q("w:del"))):
        drop(each)
    for run in own_runs(paragraph):
        if next(run.iterancestors(q("w:ins")), None) is None:
            wrap(run, pen, "moveTo")
    mark_end(paragraph, pen.mark("moveTo"))


def run_together(root: Element) -> None:
    """Let words that came at the end of a paragraph and paragraphs that came behind be one change.

    So Word itself marks what is typed there: the end of the first paragraph came, that of the
    last was there. Told otherwise, LibreOffice loses an end when such changes are refused, and an
    empty paragraph is left at the end of a cell. Only where both paragraphs look alike, as an end
    keeps the look of its own.
    """
    for paragraph in list(root.iter(W_P)):
        before = visible_before(paragraph)
        mark = _end(paragraph)
        if mark is None or before is None or before.tag != W_P or _end(before) is not None:
            continue
        last = _last_that_came(paragraph)
        touches = _says_at_end(before, mark.tag) or _is_last(last)
        if touches and not _goes(before) and _shown(before) == _shown(last):
            end = _end(last)
            if end is not None:
                mark_end(before, end)


def _says_at_end(paragraph: Element, tag: str) -> bool:
    """Whether what the paragraph says last stands in such a mark."""
    silent = {*INVISIBLE, *map(q, ("w:proofErr", "w:permStart", "w:permEnd"))}
    last = next((each for each in reversed(paragraph) if each.tag not in silent), None)
    return last is not None and last.tag == tag


def _is_last(paragraph: Element) -> bool:
    after = visible_after(paragraph)
    return after is None or after.tag == q("w:sectPr")


def _goes(paragraph: Element) -> bool:
    """Whether the end of the paragraph is marked as gone, or moved away or here."""
    look = child(child(paragraph, "pPr"), "rPr")
    marks = tuple(map(q, ("w:del", "w:moveFrom", "w:moveTo")))
    return look is not None and next(look.iterchildren(*marks), None) is not None


def _end(paragraph: Element) -> Element | None:
    """The mark on the end of a paragraph that came."""
    return child(child(child(paragraph, "pPr"), "rPr"), "ins")


def _last_that_came(paragraph: Element) -> Element:
    while (after := visible_after(paragraph)) is not None and after.tag == W_P:
        if _end(after) is None:
            break
        paragraph = after
    return paragraph


def _shown(paragraph: Element) -> list[bytes]:
    """How the paragraph itself looks, its letters aside."""
    shape = child(paragraph, "pPr")
    aside = (q("w:rPr"), q("w:pPrChange"))
    told = [] if shape is None else [each for each in shape if each.tag not in aside]
    return [etree.tostring(each, method="c14n") for each in told]


def retell(
    container: Element,
    olds: Sequence[Spans],
    news: Sequence[Spans],
    scribe: Scribe,
    pen: Pen,
    *,
    is_cell: bool,
) -> None:
    """Let the paragraphs of a cell or note say `news` where they said `olds`."""
    paragraphs = [each for each in container.iter(W_P) if not _is_spare(each)]
    worded = [
        each for each in paragraphs if says_something(each) or (is_cell and scribe.is_counted(each))
    ]
    if len(worded) != len(olds):
        _anew(worded or paragraphs[:1], news, scribe, pen)
        return
    last: Element | None = None
    for at, spans in _pairs(olds, news):
        if at is not None and spans is not None:
            last = worded[at]
            if not scribe.says(olds[at], spans):
                scribe.reword(last, olds[at], spans, pen, is_cell=is_cell)
        elif at is not None:
            last = worded[at]
            take_out(last, scribe, pen)
        elif spans is not None:
            last = _add(spans, last, worded or paragraphs[:1], scribe, pen)


def _anew(paragraphs: list[Element], news: Sequence[Spans], scribe: Scribe, pen: Pen) -> None:
    """Strike everything and write all of it behind; for a file that reads otherwise than told."""
    for paragraph in paragraphs:
        if says_something(paragraph):
            scribe.strike(paragraph, pen, drawn=False)
    first, *others = news or ((),)
    scribe.write(paragraphs[0], first, pen)
    last: Element | None = paragraphs[0]
    for spans in others:
        last = _add(spans, last, paragraphs, scribe, pen)


def _add(
    spans: Spans, last: Element | None, known: list[Element], scribe: Scribe, pen: Pen
) -> Element:
    """A further paragraph behind `last`; into an empty one where nothing is said yet."""
    if last is None and not says_something(known[0]):
        scribe.write(known[0], spans, pen)
        return known[0]
    shape = child(copied(last if last is not None else known[0]), "pPr")
    is_counted = scribe.is_counted(last if last is not None else known[0])
    told = without_numeral(spans) if is_counted else spans
    made = put_in(w("pPr") if shape is None else _plain(shape), told, scribe, pen)
    if last is None:
        known[0].addprevious(made)
    else:
        last.addnext(made)
    return made


def _plain(shape: Element) -> Element:
    for each in shape.findall(q("w:rPr")) + shape.findall(q("w:pPrChange")):
        drop(each)
    return shape


Pair = tuple[int | None, Spans | None]


def _pairs(olds: Sequence[Spans], news: Sequence[Spans]) -> Iterator[Pair]:
    """Old paragraphs by position beside new ones: the same words together, the rest in order."""
    told = [["".join(span.text for span in spans) for spans in side] for side in (olds, news)]
    for old, new in side_by_side(*told):
        yield old, None if new is None else news[new]
