"""Footnotes of somebody else's file: known by what they say, added and copied."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from sutarta.core.documents import Document, Kind, Span
from sutarta.formats.docx.ooxml import W_ID, W_P, Element, child, number, q
from sutarta.formats.docx.runs import REFERENCES

from .making import root, w, words
from .parts import Parts
from .story import cleaned_lines, mark_elements

_ROMAN = re.compile("[ivxlc]+")  # as endnotes are numbered
_TYPE = q("w:type")  # of the lines that part notes from the text
FIRST_SIGN = 0xF0000  # a private plane: no document says these


class Notes:
    """The notes of the old and of the new text.

    A note is spoken of by a sign, the same in both texts, whatever its label has become.

    made   label in the new text -> first paragraph of a note that was put into the file
    """

    def __init__(self, parts: Parts, old: Document, new: Document) -> None:
        self._parts = parts
        self._old, self._new = _labels(old), _labels(new)
        self._words = {b.label: b.spans for b in new.blocks if b.kind is Kind.FOOTNOTE}
        self._signs: dict[str, str] = {}
        self.made: dict[str, Element] = {}
        self._changed: dict[str, Element] = {}

    def old_sign(self, label: str) -> str:
        return self._sign(self._old.get(label, f"old {label}"))

    def new_sign(self, label: str) -> str:
        return self._sign(self._new.get(label, f"new {label}"))

    def _sign(self, id: str) -> str:
        return self._signs.setdefault(id, chr(FIRST_SIGN + len(self._signs)))

    def referring(self, label: str) -> Element | None:
        """A run that refers to a note with the words the new text has for `label`."""
        if label not in self._words:
            return None
        kind = "endnote" if _ROMAN.fullmatch(label) else "footnote"
        notes = self._notes(kind)
        shape = next(
            (child(p, "pPr") for p in notes.iter(W_P) if child(p, "pPr") is not None), None
        )
        made = w(kind, id=self._next(notes))
        for at, line in enumerate(lines(self._words[label])):
            paragraph = w("p", None if shape is None else copy.deepcopy(shape))
            if at == 0:
                paragraph.append(w("r", _raised(), w(f"{kind}Ref")))
                paragraph.append(w("r", *words(" ")))
            paragraph.extend(_runs(line))
            made.append(paragraph)
            self.made.setdefault(label, paragraph)
        notes.append(made)
        return w("r", _raised(), w(f"{kind}Reference", id=made.get(W_ID)))

    def copy_within(self, paragraph: Element) -> None:
        """Let the copy of a paragraph refer to copies of its notes: each has one reference."""
        for reference in list(paragraph.iter(*REFERENCES)):
            kind = REFERENCES[str(reference.tag)]
            notes = self._notes(kind)
            known = (each for each in notes if each.get(W_ID) == reference.get(W_ID))
            note = next(known, None)
            if note is not None:
                made = copy.deepcopy(note)
                made.set(W_ID, str(self._next(notes)))
                notes.append(made)
                reference.set(W_ID, str(made.get(W_ID)))

    def settle(self, roots: Sequence[Element]) -> None:
        """Let the notes stand and count as they are referred to, which some programs rely on."""
        for reference, notes in self._changed.items():
            found = [each for root in roots for each in root.iter(reference)]
            ids = dict.fromkeys(str(each.get(W_ID)) for each in found)
            told = {str(note.get(W_ID)): note for note in notes if note.get(_TYPE) is None}
            order = [id for id in ids if id in told] + [id for id in told if id not in ids]
            numbers = {id: str(at) for at, id in enumerate(order, start=1)}
            for id, at in numbers.items():
                notes.append(told[id])
                told[id].set(W_ID, at)
            for each in found:
                each.set(W_ID, numbers.get(str(each.get(W_ID)), str(each.get(W_ID))))

    def _notes(self, kind: str) -> Element:
        edges = [
            w(kind, w("p", w("r", w(name))), id=at, type=name)
            for at, name in ((-1, "separator"), (0, "continuationSeparator"))
        ]
        _name, notes = self._parts.own(f"{kind}s", root(f"{kind}s", *edges))
        self._changed[q(f"w:{kind}Reference")] = notes
        return notes

    def _next(self, notes: Element) -> int:
        return max((number(each.get(W_ID), 0) for each in notes), default=0) + 1


def lines(spans: Sequence[Span]) -> list[tuple[Span, ...]]:
    """Spans parted at line ends that are spans of their own, as a note's paragraphs are.

    >>> lines((Span("a"), Span("\\n"), Span("b")))
    [(Span(text='a', marks=(), link='', note=''),), (Span(text='b', marks=(), link='', note=''),)]
    """
    parted: list[tuple[Span, ...]] = [()]
    for span in spans:
        for at, text in enumerate(span.text.split("\n")):
            if at:
                parted.append(())
            if text:
                parted[-1] += (Span(text, span.marks, span.link, span.note),)
    return parted


def _labels(document: Document) -> Mapping[str, str]:
    return {block.label: block.id for block in document.blocks if block.kind is Kind.FOOTNOTE}


def _raised() -> Element:
    return w("rPr", w("vertAlign", val="superscript"))


def _runs(spans: Sequence[Span]) -> Iterator[Element]:
    for marks, run in groupby(spans, key=lambda span: span.marks):
        look = w("rPr", *mark_elements(marks))
        yield w("r", look, *words(cleaned_lines("".join(span.text for span in run))))
