"""Puts other words into a paragraph of somebody else's file, with the look of its first words."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Sequence

from sutarta.core.documents import Span
from sutarta.formats.docx.ooxml import OBJECTS, W_P, W_R, W_T, Element, child, q
from sutarta.formats.docx.runs import REFERENCES

from .making import w, words
from .story import cleaned_lines, mark_elements

_KEPT = (*OBJECTS, q("w:commentReference"))
_STARTS = frozenset(map(q, ("w:bookmarkStart", "w:commentRangeStart")))
_ENDS = frozenset(map(q, ("w:bookmarkEnd", "w:commentRangeEnd")))
_LOOKS = frozenset(q(f"w:{name}") for name in ("b", "i", "strike", "u", "vertAlign"))
_CHANGED = frozenset(map(q, ("w:del", "w:moveFrom")))


def own_text(paragraph: Element) -> str:
    """Its words as they stand in the file: no automatic number, nothing struck."""
    gone = {each for mark in _CHANGED for run in paragraph.iter(mark) for each in run.iter(W_T)}
    return "".join(each.text or "" for each in paragraph.iter(W_T) if each not in gone)


def reword(
    paragraph: Element, old: Sequence[Span], new: Sequence[Span], *, keep_looks: bool = False
) -> None:
    """Let the paragraph say `new` where it said `old`.

    keep_looks   for headings, whose words all look as the first ones do

    Pictures, marks of comments and bookmarks stay; a note keeps its reference as long as its
    label is still said.
    """
    base = _look(paragraph, keep_looks)
    labels = (span.note for span in old if span.note)
    notes = dict(zip(labels, _runs(paragraph, REFERENCES), strict=False))
    objects = _runs(paragraph, _KEPT)
    starts = [each for each in paragraph if each.tag in _STARTS]
    ends = [each for each in paragraph if each.tag in _ENDS]
    for each in list(paragraph):
        if each.tag != q("w:pPr"):
            paragraph.remove(each)
    made = [_run(span, base, notes) for span in new if span.text]
    paragraph.extend([*starts, *made, *objects, *ends])


def _look(paragraph: Element, keep_looks: bool) -> Element:
    """How its first words look, without what spans say themselves."""
    first = next((run for run in paragraph.iter(W_R) if child(run, "t") is not None), None)
    found = child(first, "rPr")
    look = w("rPr") if found is None else copy.deepcopy(found)
    for each in list(look):
        if each.tag in _LOOKS and not keep_looks:
            look.remove(each)
    return look


def _run(span: Span, base: Element, notes: dict[str, Element]) -> Element:
    if span.note in notes:
        return notes.pop(span.note)
    look = copy.deepcopy(base)
    look.extend(mark_elements(span.marks))
    return w("r", look, *words(cleaned_lines(span.text)))


def _runs(paragraph: Element, holding: Iterable[str]) -> list[Element]:
    """Runs of the paragraph itself that hold one of these, in order."""
    own = (run for run in paragraph.iter(W_R) if next(run.iterancestors(W_P)) is paragraph)
    return [run for run in own if next(run.iter(*holding), None) is not None]
